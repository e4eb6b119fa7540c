import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';

import { createFakeBridge } from '../../bridge/fake';
import { conditionFilter, everything } from '../../lib/filter';
import type { Filter } from '../../lib/wire';
import { formatCounted } from '../../lib/money';
import { renderPage } from '../../test/renderPage';
import { lineColumns } from './columns';
import { LinesPage } from './LinesPage';
import { askedColumns, columnsOf, defaultColumns, jsonPairs, describeTime, describeValue } from './model';

const column = (name: string) => ({ name, focus: true, kind: 'text' as const });

const user = userEvent.setup({ delay: null });

// Working out which of many cells a screen reader sees is slow in jsdom.
configure({ defaultHidden: true });

async function shownGrid() {
  const grid = await screen.findByRole('grid', { name: 'Charge lines' });
  await waitFor(() => expect(grid.querySelectorAll('[role=gridcell]').length).toBeGreaterThan(10));
  return grid;
}

async function linesOf(bridge: ReturnType<typeof createFakeBridge>, where: Filter, search = '') {
  return bridge.ledger.Lines({ where, from: '2026-10-01', to: '2026-10-31', currency: 'USD', columns: [], sortBy: '', sortDesc: false, search, offset: 0, limit: 0 });
}

const october = '/charges?from=2026-10-01&to=2026-10-31&currency=USD';

describe('the page of charges', () => {
  test('tells how many lines there are and their totals as the ledger summed them', async () => {
    const bridge = createFakeBridge();
    const { total } = await linesOf(bridge, everything);
    renderPage(<LinesPage />, { bridge, address: october });
    await shownGrid();
    const summary = screen.getByRole('group', { name: 'Totals of these lines' });
    expect(summary).toHaveTextContent(formatCounted(total, 'line'));
    expect(summary).toHaveTextContent(/Billed [\d,]+\.\d\d.*Effective [\d,]+\.\d\d.*List [\d,]+\.\d\d.*Contracted [\d,]+\.\d\d/);
  });

  test('asks the ledger to sort, dearest first, and keeps another order in the address', async () => {
    const bridge = createFakeBridge();
    const asked = vi.spyOn(bridge.ledger, 'Lines');
    const page = renderPage(<LinesPage />, { bridge, address: october });
    const grid = await shownGrid();
    expect(asked).toHaveBeenCalledWith(expect.objectContaining({ sortBy: 'EffectiveCost', sortDesc: true }));
    await user.click(within(grid).getByRole('columnheader', { name: 'Service' }));
    await waitFor(() => expect(asked).toHaveBeenCalledWith(expect.objectContaining({ sortBy: 'ServiceName', sortDesc: false })));
    expect(page.address()).toContain('sort=ServiceName');
  });

  test('finds lines by text, "/" goes to the search', async () => {
    const bridge = createFakeBridge();
    const { total } = await linesOf(bridge, everything, 'BigQuery');
    renderPage(<LinesPage />, { bridge, address: october });
    await shownGrid();
    await user.keyboard('/BigQuery{Enter}');
    await waitFor(() => expect(screen.getByRole('group', { name: 'Totals of these lines' })).toHaveTextContent(formatCounted(total, 'line')));
    expect(total).toBeGreaterThan(0);
  });

  test('says so when nothing matches and offers the way back', async () => {
    renderPage(<LinesPage />, { address: `${october}&q=nosuchthing` });
    expect(await screen.findByText('No line matches')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Show all lines' }));
    await shownGrid();
  });

  test('takes filters from the address and gives them up', async () => {
    const bridge = createFakeBridge();
    const where = conditionFilter({ column: 'ServiceName', op: 'in', values: ['BigQuery'] });
    const { total } = await linesOf(bridge, where);
    const page = renderPage(<LinesPage />, { bridge, address: `${october}&f=${encodeURIComponent('["ServiceName","in","BigQuery"]')}` });
    await shownGrid();
    expect(screen.getByRole('group', { name: 'Totals of these lines' })).toHaveTextContent(formatCounted(total, 'line'));
    await user.click(screen.getByRole('button', { name: /Remove filter: Service is BigQuery/ }));
    await waitFor(() => expect(page.address()).not.toContain('BigQuery'));
  });

  test('shows the chosen columns and keeps them in the address', async () => {
    const page = renderPage(<LinesPage />, { address: october });
    const grid = await shownGrid();
    await user.click(screen.getByRole('button', { name: 'Columns' }));
    await user.type(screen.getByRole('textbox', { name: 'Find a column' }), 'SkuId');
    await user.click(screen.getByRole('checkbox', { name: /SKU ID/ }));
    expect(page.address()).toContain('col=SkuId');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(within(grid).getByRole('columnheader', { name: 'SKU ID', hidden: true })).toBeInTheDocument());
  });

  test('opens a line with every column and says where there is no value', async () => {
    renderPage(<LinesPage />, { address: `${october}&sort=ChargeCategory` });
    const grid = await shownGrid();
    grid.focus();
    await user.keyboard('{Enter}');
    const drawer = await screen.findByRole('dialog', { name: 'Line 1' });
    expect(await within(drawer).findByText('CommitmentDiscountId')).toBeVisible();
    expect(within(drawer).getAllByText('no value').length).toBeGreaterThan(0);
  });

  test('exports what it shows and says where it went', async () => {
    const bridge = createFakeBridge();
    const exported = vi.spyOn(bridge.ledger, 'ExportLines');
    renderPage(<LinesPage />, { bridge, address: `${october}&q=BigQuery` });
    await shownGrid();
    await user.click(screen.getByRole('button', { name: 'Export' }));
    await user.click(await screen.findByRole('menuitem', { name: 'CSV file' }));
    expect(await screen.findByText(/^Saved as .*charges\.csv$/)).toBeVisible();
    expect(exported).toHaveBeenCalledWith(expect.objectContaining({ search: 'BigQuery', from: '2026-10-01', currency: 'USD' }), 'csv');
    await user.click(screen.getByRole('button', { name: 'Export' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Excel workbook' }));
    expect(await screen.findByText(/^Saved as .*charges\.xlsx$/)).toBeVisible();
  });

  test('tells a failure in the words of the program and tries again', async () => {
    const bridge = createFakeBridge();
    const real = bridge.ledger.Lines.bind(bridge.ledger);
    let broken = true;
    bridge.ledger.Lines = (question) => (broken ? Promise.reject(new Error('The workspace file is on a drive that is not connected.')) : real(question));
    renderPage(<LinesPage />, { bridge, address: october });
    expect(await screen.findByText('The workspace file is on a drive that is not connected.')).toBeVisible();
    broken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await shownGrid();
  });
});

test('a charge period shows its hours where it is not whole days', () => {
  const columns = ['ChargePeriodStart', 'ChargePeriodEnd', 'BillingPeriodEnd'];
  const row = { at: new Map(columns.map((name, index) => [name, index])), cells: ['2026-11-01T05:00:00Z', '2026-11-01T06:00:00Z', '2026-12-01T00:00:00Z'] };
  expect(columns.map((name) => describeTime(row, name))).toEqual(['1 Nov 2026 05:00–06:00', '1 Nov 2026 06:00', '30 Nov 2026']);
  expect(askedColumns(['ChargePeriodStart', 'BilledCost'], [column('ChargePeriodStart'), column('ChargePeriodEnd')])).toEqual(['ChargePeriodStart', 'BilledCost', 'ChargePeriodEnd']);
  expect(askedColumns(['ChargePeriodStart'], [column('ChargePeriodStart')])).toEqual(['ChargePeriodStart']);
});

test('only JSON objects are told in pairs', () => {
  expect(jsonPairs('{"team":"web","n":1}')).toEqual([['team', 'web'], ['n', '1']]);
  expect(jsonPairs('[1]')).toBeNull();
  expect(jsonPairs('{broken')).toBeNull();
});

test('provider and account are read from all columns that name them', () => {
  const all = columnsOf({ dimensions: ['Provider', 'Account'], columns: [column('ProviderName'), column('ServiceName')] }, [{ name: 'Team', problem: '' }, { name: 'Broken', problem: 'It cannot be read.' }]);
  expect(all.map(({ name }) => name)).toEqual(['Provider', 'Account', 'Dim/Team', 'ProviderName', 'ServiceName']);
  expect(defaultColumns(all)).toEqual(['Provider', 'Account', 'ServiceName']);
  expect(defaultColumns([column('Custom')])).toEqual(['Custom']);
});

test('an account is shown by its name, and found by it', () => {
  const row = { at: new Map([['Account', 0]]), cells: ['111122223333'] };
  const nameOf = (name: string) => (name === 'Account' ? 'payments-prod' : '');
  const [shown] = lineColumns([column('Account')], ['Account'], { currency: 'USD', nameOf, hours: false });
  expect([shown?.value(row), shown?.display?.(row), shown?.title?.(row)]).toEqual(['111122223333', 'payments-prod', 'payments-prod · 111122223333']);
  expect(describeValue(row, column('Account'), 'USD', nameOf)).toBe('payments-prod · 111122223333');
});
