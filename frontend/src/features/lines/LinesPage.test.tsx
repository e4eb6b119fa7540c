import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';

import { createFakeBridge } from '../../bridge/fake';
import { formatCounted } from '../../lib/money';
import { renderPage } from '../../test/renderPage';
import { LinesPage } from './LinesPage';
import { defaultColumns, jsonPairs, tellTime } from './model';

const user = userEvent.setup({ delay: null });

// Working out which of many cells a screen reader sees is slow in jsdom.
vi.setConfig({ testTimeout: 30_000 });
configure({ defaultHidden: true, asyncUtilTimeout: 8_000 });

async function shownGrid() {
  const grid = await screen.findByRole('grid', { name: 'Charge lines' });
  await waitFor(() => expect(grid.querySelectorAll('[role=gridcell]').length).toBeGreaterThan(10));
  return grid;
}

async function linesOf(bridge: ReturnType<typeof createFakeBridge>, where: { column: string; op: 'in' | 'not_in' | 'contains'; values: (string | null)[] }[], search = '') {
  return bridge.ledger.Lines({ where, from: '2026-10-01', to: '2026-10-31', currency: 'USD', columns: [], sortBy: '', sortDesc: false, search, offset: 0, limit: 0 });
}

const october = '/charges?from=2026-10-01&to=2026-10-31&currency=USD';

describe('the page of charges', () => {
  test('tells how many lines there are and their totals as the ledger summed them', async () => {
    const bridge = createFakeBridge();
    const { total } = await linesOf(bridge, []);
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
    const { total } = await linesOf(bridge, [], 'BigQuery');
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
    const where = [{ column: 'ServiceName', op: 'in' as const, values: ['BigQuery'] }];
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
    await user.click(screen.getByRole('checkbox', { name: /SkuId/ }));
    expect(page.address()).toContain('col=SkuId');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(within(grid).getByRole('columnheader', { name: 'SkuId', hidden: true })).toBeInTheDocument());
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
    await user.click(screen.getByRole('button', { name: 'Export CSV' }));
    expect(await screen.findByText(/^Saved as .*charges\.csv$/)).toBeVisible();
    expect(exported).toHaveBeenCalledWith(expect.objectContaining({ search: 'BigQuery', from: '2026-10-01', currency: 'USD' }));
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

test('instants at midnight are told as days, all others in full', () => {
  expect(tellTime('2026-11-01T00:00:00Z')).toBe('1 Nov 2026');
  expect(tellTime('2026-11-01')).toBe('1 Nov 2026');
  expect(tellTime('2026-11-01T05:30:00Z')).toBe('2026-11-01 05:30:00 UTC');
});

test('only JSON objects are told in pairs', () => {
  expect(jsonPairs('{"team":"web","n":1}')).toEqual([['team', 'web'], ['n', '1']]);
  expect(jsonPairs('[1]')).toBeNull();
  expect(jsonPairs('{broken')).toBeNull();
});

test('the newer name of the provider takes the place of the older', () => {
  const column = (name: string) => ({ name, focus: true, kind: 'text' as const });
  expect(defaultColumns([column('ProviderName'), column('ServiceProviderName'), column('ServiceName')])).toEqual(['ServiceProviderName', 'ServiceName']);
  expect(defaultColumns([column('Custom')])).toEqual(['Custom']);
});
