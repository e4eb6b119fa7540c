import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';

import { AppError } from '../../bridge/errors';
import { billKey } from '../../lib/bill';
import { everything, partsOf, readFilter } from '../../lib/filter';
import { formatMoney } from '../../lib/money';
import { createRecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { BillsPage } from './BillsPage';

const user = userEvent.setup({ delay: null });

// Working out which of many cells a screen reader sees is slow in jsdom.
configure({ defaultHidden: true });

const november = { provider: 'AWS', billingAccount: '418273645501', month: '2026-11' };
const october = { provider: 'Microsoft Azure', billingAccount: '7190435', month: '2026-10' };

const addressOf = (bill: typeof november) => `/bills?bill=${encodeURIComponent(billKey(bill))}`;

function render(address: string, bridge = createRecordedBridge('invoices')) {
  return { bridge, page: renderPage(<BillsPage />, { bridge, address }) };
}

async function shownGrid() {
  const grid = await screen.findByRole('grid', { name: 'Bills' });
  await waitFor(() => expect(grid.querySelectorAll('[role=gridcell]').length).toBeGreaterThan(5));
  return grid;
}

describe('the list of bills', () => {
  test('says which export is used, what it costs and what is not counted', async () => {
    const { bridge } = render('/bills?month=2026-10&provider=Microsoft+Azure');
    const grid = await shownGrid();
    const info = (await bridge.bills.List()).find((one) => billKey(one) === billKey(october));
    const billed = info?.totals.find((total) => total.metric === 'BilledCost' && total.currency === 'EUR')?.amount ?? null;
    const row = within(grid).getAllByRole('row')[1]!;
    await waitFor(() => expect(row).toHaveTextContent(/Oct 2026.*Microsoft Azure.*Northwind Europe 7190435.*FOCUS/));
    expect(within(row).getByTitle(/azure-2026-10\.csv/)).toBeVisible();
    expect(row).toHaveTextContent(formatMoney(billed, 'EUR'));
    expect(row).toHaveTextContent('1 not counted');
  });

  test('narrows by month and by import, keeps it in the address and gives it up', async () => {
    const { page } = render('/bills?import=2');
    await shownGrid();
    expect(screen.getByText('1 bill')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Remove filter: import 2' }));
    await user.click(screen.getByRole('button', { name: 'Month: All months' }));
    await user.click(screen.getByRole('menuitem', { name: 'Oct 2026' }));
    expect(page.address()).toBe('/bills?month=2026-10');
    expect(screen.getByText('2 bills')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show all' }));
    expect(page.address()).toBe('/bills');
  });

  test('opens a bill with Enter and with a click, and closes it', async () => {
    const { page } = render('/bills?month=2026-11');
    const grid = await shownGrid();
    grid.focus();
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('dialog', { name: 'AWS, Northwind Retail (418273645501), Nov 2026' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(page.address()).not.toContain('bill=');
    await user.click(within(grid).getByText('418273645501'));
    expect(await screen.findByRole('dialog', { name: 'AWS, Northwind Retail (418273645501), Nov 2026' })).toBeVisible();
  });

  test('exports the history of what it shows', async () => {
    const { bridge } = render('/bills?month=2026-11');
    const asked: unknown[] = [];
    bridge.bills.Export = (...args) => {
      asked.push(args);
      return Promise.resolve('/home/nora/history.csv');
    };
    await shownGrid();
    await user.click(screen.getByRole('button', { name: 'Export history' }));
    await user.click(await screen.findByRole('menuitem', { name: 'CSV file' }));
    expect(await screen.findByText('Saved as /home/nora/history.csv')).toBeVisible();
    expect(asked).toEqual([[{ month: '2026-11', provider: null, account: null, importId: null }, 'csv']]);
  });

  test('of an empty ledger says what to do', async () => {
    render('/bills', createRecordedBridge('empty'));
    expect(await screen.findByText('No bills yet')).toBeVisible();
  });

  test('shows the error message of the program and tries again', async () => {
    const bridge = createRecordedBridge('invoices');
    const list = bridge.bills.List.bind(bridge.bills);
    let broken = true;
    bridge.bills.List = () => (broken ? Promise.reject(new AppError('unavailable', 'The workspace file is on a drive that is not connected.')) : list());
    render('/bills', bridge);
    expect(await screen.findByText('The workspace file is on a drive that is not connected.')).toBeVisible();
    broken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await shownGrid();
  });
});

describe('a bill', () => {
  test('has its history: both versions with their state, and what changed between them', async () => {
    const { bridge, page } = render(addressOf(november));
    const versions = await screen.findByRole('list', { name: 'Versions, the newest first' });
    const [newest, oldest] = within(versions).getAllByRole('listitem');
    expect(newest).toHaveTextContent(/FOCUSCounted.*by nora/);
    expect(oldest).toHaveTextContent('Replaced by import 2');
    await user.click(within(newest!).getByRole('button', { name: 'What changed with import 2' }));
    expect(page.address()).toContain('version=2');
    const why = await screen.findByRole('table', { name: 'Lines by kind of change' });
    const change = await bridge.bills.Changes(november, 1, 2);
    expect(within(why).getByRole('row', { name: new RegExp(`^New ${change.new.lines} `) })).toBeInTheDocument();
  });

  test('leads to its charge lines', async () => {
    render(addressOf(november));
    const link = await screen.findByRole('link', { name: 'Charge lines' });
    const query = new URLSearchParams(link.getAttribute('href')?.split('?')[1]);
    expect(link.getAttribute('href')).toMatch(/^\/charges\?/);
    expect([query.get('from'), query.get('currency')]).toEqual(['2026-11-01', 'USD']);
    const where = readFilter(query.get('where') ?? '');
    expect(partsOf(where ?? everything).map((part) => part.condition)).toEqual([
      { column: 'Provider', op: 'in', values: ['AWS'] },
      { column: 'BillingAccount', op: 'in', values: ['418273645501'] },
      { column: 'BillingPeriodStart', op: 'contains', values: ['2026-11'] },
    ]);
  });

  test('of two exports says which is used, and uses the other after one question, and back', async () => {
    const { bridge } = render(addressOf(october));
    const choose = vi.spyOn(bridge.bills, 'UseExport');
    const exports = await screen.findByRole('region', { name: 'This bill comes from 2 exports' });
    const rows = () => within(exports).getAllByRole('listitem').map((item) => item.textContent);
    expect(rows()).toEqual([expect.stringMatching(/^FOCUSUsed/), expect.stringMatching(/^Azure.*Not used.*Use this export$/)]);
    await user.click(within(exports).getByRole('button', { name: /^Use this export: Azure/ }));
    const dialog = screen.getByRole('dialog', { name: /^Use Azure.* for this bill\?$/ });
    expect(within(dialog).getByRole('table', { name: 'What changes' })).toHaveTextContent('Azure');
    expect(choose).not.toHaveBeenCalled();
    await user.click(within(dialog).getByRole('button', { name: /^Use Azure/ }));
    expect(choose).toHaveBeenCalledWith(october, 'azure-export');
    await waitFor(() => expect(rows()).toEqual([expect.stringMatching(/^Azure.*Used/), expect.stringMatching(/^FOCUSNot used/)]));
    await user.click(within(exports).getByRole('button', { name: 'Use this export: FOCUS' }));
    await user.click(screen.getByRole('button', { name: 'Use FOCUS' }));
    await waitFor(() => expect(rows()).toEqual([expect.stringMatching(/^FOCUSUsed/), expect.stringMatching(/Not used/)]));
    choose.mockResolvedValueOnce(undefined);
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(choose).toHaveBeenLastCalledWith(october, 'azure-export');
  });

  test('counts both only behind a warning', async () => {
    const { bridge } = render(addressOf(october));
    const before = (await bridge.ledger.State()).lines;
    await user.click(await screen.findByRole('button', { name: 'Count both…' }));
    const dialog = screen.getByRole('dialog', { name: 'Count all exports?' });
    expect(dialog).toHaveTextContent('its cost is doubled');
    await user.click(within(dialog).getByRole('button', { name: 'Count all exports' }));
    expect(await screen.findByText(/The costs of all exports are added/)).toBeVisible();
    expect((await bridge.ledger.State()).lines).toBeGreaterThan(before);
    expect(screen.getAllByRole('button', { name: /^Use this export/ })).toHaveLength(2);
  });

  test('that is not there says so', async () => {
    render(addressOf({ ...november, billingAccount: 'nobody' }));
    expect(await screen.findByText('There is no such bill')).toBeVisible();
  });
});
