import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';

import { createFakeBridge } from '../../bridge/fake';
import { billKey } from '../../lib/bill';
import { everything, partsOf, readFilter } from '../../lib/filter';
import { formatMoney } from '../../lib/money';
import { renderPage } from '../../test/renderPage';
import { BillsPage } from './BillsPage';

const user = userEvent.setup({ delay: null });

// Working out which of many cells a screen reader sees is slow in jsdom.
configure({ defaultHidden: true });

const november = { provider: 'AWS', account: 'aw-payer', month: '2026-11' };
const october = { provider: 'Microsoft', account: 'mi-payer', month: '2026-10' };

const addressOf = (bill: typeof november) => `/bills?bill=${encodeURIComponent(billKey(bill))}`;

async function shownGrid() {
  const grid = await screen.findByRole('grid', { name: 'Bills' });
  await waitFor(() => expect(grid.querySelectorAll('[role=gridcell]').length).toBeGreaterThan(5));
  return grid;
}

describe('the list of bills', () => {
  test('says which source is used, what it costs and what is not counted', async () => {
    const bridge = createFakeBridge();
    renderPage(<BillsPage />, { bridge, address: '/bills?month=2026-10&provider=Microsoft' });
    const grid = await shownGrid();
    const info = (await bridge.bills.List()).find((one) => billKey(one.bill) === billKey(october));
    const billed = info?.totals.find((total) => total.metric === 'BilledCost' && total.currency === 'USD')?.amount ?? null;
    const row = within(grid).getAllByRole('row')[1]!;
    await waitFor(() => expect(row).toHaveTextContent(/Oct 2026.*Microsoft.*Northwind Retail mi-payer.*FOCUS/));
    expect(within(row).getByTitle(/part-0-0001\.csv/)).toBeVisible();
    expect(row).toHaveTextContent(formatMoney(billed, 'USD'));
    expect(row).toHaveTextContent('1 not counted');
  });

  test('narrows by month, keeps it in the address and gives it up', async () => {
    const page = renderPage(<BillsPage />, { address: '/bills' });
    await shownGrid();
    await user.click(screen.getByRole('button', { name: 'Month: All months' }));
    await user.click(screen.getByRole('menuitem', { name: 'Sep 2026' }));
    expect(page.address()).toBe('/bills?month=2026-09');
    expect(screen.getByText('3 bills')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show all' }));
    expect(page.address()).toBe('/bills');
  });

  test('shows the bills of one import', async () => {
    renderPage(<BillsPage />, { address: '/bills?import=4' });
    await shownGrid();
    expect(screen.getByText('1 bill')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Remove filter: import 4' }));
    await waitFor(() => expect(screen.queryByText('1 bill')).toBeNull());
  });

  test('opens a bill with Enter and with a click, and closes it', async () => {
    const page = renderPage(<BillsPage />, { address: '/bills?month=2026-11&provider=AWS' });
    const grid = await shownGrid();
    grid.focus();
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('dialog', { name: 'AWS, Northwind Retail (aw-payer), Nov 2026' })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(page.address()).not.toContain('bill=');
    await user.click(within(grid).getByText('aw-payer'));
    expect(await screen.findByRole('dialog', { name: 'AWS, Northwind Retail (aw-payer), Nov 2026' })).toBeVisible();
  });

  test('exports the history of what it shows', async () => {
    const bridge = createFakeBridge();
    renderPage(<BillsPage />, { bridge, address: '/bills?month=2026-11&provider=AWS' });
    await shownGrid();
    await user.click(screen.getByRole('button', { name: 'Export history' }));
    await user.click(await screen.findByRole('menuitem', { name: 'CSV file' }));
    await waitFor(() => expect(bridge.exported).toHaveLength(1));
    const [file] = bridge.exported;
    expect(file).toMatchObject({ name: 'history of bills', format: 'csv' });
    expect(file && 'rows' in file.table ? file.table.rows.map((row) => row[8]) : []).toEqual(['Counted', 'Replaced by import 1']);
  });

  test('of an empty ledger says what to do', async () => {
    renderPage(<BillsPage />, { bridge: createFakeBridge({ start: 'empty' }), address: '/bills' });
    expect(await screen.findByText('No bills yet')).toBeVisible();
  });

  test('tells a failure in the words of the program and tries again', async () => {
    const bridge = createFakeBridge();
    const list = bridge.bills.List.bind(bridge.bills);
    let broken = true;
    bridge.bills.List = () => (broken ? Promise.reject(new Error('The workspace file is on a drive that is not connected.')) : list());
    renderPage(<BillsPage />, { bridge, address: '/bills' });
    expect(await screen.findByText('The workspace file is on a drive that is not connected.')).toBeVisible();
    broken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await shownGrid();
  });
});

describe('a bill', () => {
  test('has its history: both versions with their state, and what changed between them', async () => {
    const bridge = createFakeBridge();
    const page = renderPage(<BillsPage />, { bridge, address: addressOf(november) });
    const versions = await screen.findByRole('list', { name: 'Versions, the newest first' });
    const [newest, oldest] = within(versions).getAllByRole('listitem');
    expect(newest).toHaveTextContent(/FOCUSCounted.*by nora/);
    expect(oldest).toHaveTextContent('Replaced by import 1');
    await user.click(within(newest!).getByRole('button', { name: 'What changed with import 1' }));
    expect(page.address()).toContain('version=1');
    const change = await bridge.bills.Changes(november, 4, 1);
    const why = await screen.findByRole('table', { name: 'What became of the lines' });
    expect(within(why).getByRole('row', { name: new RegExp(`^New ${change.new.lines} `) })).toBeInTheDocument();
    expect(within(why).getByRole('row', { name: new RegExp(`reported late ${change.late.lines} `) })).toBeInTheDocument();
    expect(within(screen.getByRole('table', { name: 'Before and now' })).getByRole('rowheader', { name: /^Credits/ })).toBeInTheDocument();
  });

  test('leads to its charge lines', async () => {
    renderPage(<BillsPage />, { address: addressOf(november) });
    const link = await screen.findByRole('link', { name: 'Charge lines' });
    const query = new URLSearchParams(link.getAttribute('href')?.split('?')[1]);
    expect(link.getAttribute('href')).toMatch(/^\/charges\?/);
    expect([query.get('from'), query.get('to'), query.get('currency')]).toEqual(['2026-11-01', '2026-11-20', 'USD']);
    const where = readFilter(query.get('where') ?? '');
    expect(partsOf(where ?? everything).map((part) => part.condition)).toEqual([
      { column: 'Provider', op: 'in', values: ['AWS'] },
      { column: 'BillingAccount', op: 'in', values: ['aw-payer'] },
      { column: 'BillingPeriodStart', op: 'contains', values: ['2026-11'] },
    ]);
  });

  test('uses the other export after one question, and back', async () => {
    const bridge = createFakeBridge();
    const choose = vi.spyOn(bridge.bills, 'UseExport');
    renderPage(<BillsPage />, { bridge, address: addressOf(october) });
    await user.click(await screen.findByRole('button', { name: 'Use this export' }));
    const dialog = screen.getByRole('dialog', { name: 'Use Azure, amortized costs for this bill?' });
    expect(within(dialog).getByRole('table', { name: 'What changes' })).toHaveTextContent('Azure, amortized costs');
    expect(choose).not.toHaveBeenCalled();
    await user.click(within(dialog).getByRole('button', { name: 'Use Azure, amortized costs' }));
    expect(choose).toHaveBeenCalledWith(october, 'azure-export');
    expect(await screen.findByText('Source: Azure, amortized costs')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Use this export' }));
    await user.click(screen.getByRole('button', { name: 'Use FOCUS' }));
    expect(await screen.findByText('Source: FOCUS')).toBeVisible();
  });

  test('counts both only behind a warning', async () => {
    const bridge = createFakeBridge();
    const before = (await bridge.ledger.State()).lines;
    renderPage(<BillsPage />, { bridge, address: addressOf(october) });
    await user.click(await screen.findByRole('button', { name: 'Count both…' }));
    const dialog = screen.getByRole('dialog', { name: 'Count all exports?' });
    expect(dialog).toHaveTextContent('its cost is doubled');
    await user.click(within(dialog).getByRole('button', { name: 'Count all exports' }));
    expect(await screen.findByText(/The costs of all exports are added/)).toBeVisible();
    expect((await bridge.ledger.State()).lines).toBeGreaterThan(before);
    expect(screen.getAllByRole('button', { name: 'Use this export' })).toHaveLength(2);
  });

  test('that is not there says so', async () => {
    renderPage(<BillsPage />, { address: addressOf({ ...november, account: 'nobody' }) });
    expect(await screen.findByText('There is no such bill')).toBeVisible();
  });
});
