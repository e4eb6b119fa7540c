import { configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { AppError } from '../../bridge/errors';
import { setNumberLocale } from '../../lib/money';
import { createRecordedBridge, type RecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { LinesPage } from './LinesPage';

const user = userEvent.setup({ delay: null });

// Working out which of many cells a screen reader sees is slow in jsdom.
configure({ defaultHidden: true });

beforeEach(() => setNumberLocale('en-US'));
afterEach(() => setNumberLocale(undefined));

const october = '/charges?from=2026-10-01&to=2026-10-31&currency=USD';
const hoster = `${october}&f=${encodeURIComponent('["Provider","in","Hoster"]')}`;

async function openPage(address = hoster, bridge: RecordedBridge = createRecordedBridge('charges')) {
  const page = renderPage(<LinesPage />, { bridge, address });
  const grid = await screen.findByRole('grid', { name: 'Charge lines' });
  const row = (line: number) => within(grid).getAllByRole('row')[line]!;
  return { ...page, bridge, grid, row };
}

const summary = () => screen.getByRole('group', { name: 'Totals of these lines' });

describe('the page of charges', () => {
  test('shows each total once, the largest cost first', async () => {
    const { row } = await openPage(`${hoster}&col=ServiceName&col=BilledCost&col=ListCost`);
    expect(row(1)).toHaveTextContent('1Web server950.001.50');
    expect(row(2)).toHaveTextContent('844.9412.00');
    expect(screen.getByRole('row', { name: /^Total/ })).toHaveTextContent('Total1,774.79');
    expect(summary()).toHaveTextContent(/^4 linesEffective 1,679\.95 USDContracted 1,774\.79 USD$/);
    expect(screen.queryAllByText('4 lines')).toHaveLength(1);
  });

  test('shows the shape of the table until the first lines are there', async () => {
    const bridge = createRecordedBridge('charges');
    const real = bridge.ledger.Lines.bind(bridge.ledger);
    let answer: () => void = () => undefined;
    bridge.ledger.Lines = (question) => new Promise((resolve) => (answer = () => resolve(real(question))));
    renderPage(<LinesPage />, { bridge, address: hoster });
    expect(await screen.findByRole('status', { name: 'Loading the charge lines' })).toBeVisible();
    expect(screen.queryByRole('grid')).toBeNull();
    expect(screen.queryByText('0 lines')).toBeNull();
    await waitFor(() => {
      answer();
      expect(screen.getByRole('grid', { name: 'Charge lines' })).toBeVisible();
    });
  });

  test('finds words and amounts across columns; "/" goes to the search', async () => {
    const { address } = await openPage();
    await user.keyboard('/844.94 web{Enter}');
    await waitFor(() => expect(summary()).toHaveTextContent('1 line'));
    expect(address()).toContain('q=844.94+web');
    await user.clear(screen.getByRole('textbox', { name: 'Search the lines' }));
    await user.keyboard('nosuchthing{Enter}');
    expect(await screen.findByText('No line matches')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Show all lines' }));
    await waitFor(() => expect(summary()).not.toHaveTextContent('1 line'));
  });

  test('adds what is selected, exactly, and copies it with headers', async () => {
    const { grid } = await openPage(`${hoster}&col=x_Formula&col=BilledCost`);
    grid.focus();
    await user.keyboard('{Control>}a{/Control}');
    expect(await screen.findByText('Billed cost, USD: sum 1,774.79, average 443.70, 4 values')).toBeVisible();
    await user.keyboard('{Control>}{Shift>}c{/Shift}{/Control}');
    await screen.findByText('Copied 4 rows × 2 columns with headers.');
    expect((await navigator.clipboard.readText()).split('\r\n')).toEqual(['x_Formula\tBilled cost, USD', "'=1+1\t950.004", '\t844.938', "'@x\t0.1", '-5\t-20.25']);
  });

  test('filters by the value of a cell, with the pointer and by keyboard', async () => {
    const { grid, address } = await openPage(`${hoster}&col=ServiceName&col=BilledCost`);
    fireEvent.contextMenu(within(grid).getAllByText('Web server')[0]!);
    await user.click(await screen.findByRole('menuitem', { name: 'Filter by this value: Web server' }));
    await waitFor(() => expect(summary()).toHaveTextContent('2 lines'));
    expect(decodeURIComponent(address())).toContain('"ServiceName"');
    await user.click(screen.getByRole('button', { name: 'Remove filter: Service is Web server' }));
    await waitFor(() => expect(summary()).toHaveTextContent('4 lines'));
    screen.getByRole('grid').focus();
    await user.keyboard('{Control>}{Home}{/Control}{Shift>}{F10}{/Shift}');
    await user.click(await screen.findByRole('menuitem', { name: 'Leave out this value: Web server' }));
    await waitFor(() => expect(summary()).toHaveTextContent('2 lines'));
  });

  test('opens a line by what its columns are about, without the empty ones until asked', async () => {
    const { grid } = await openPage();
    grid.focus();
    await user.keyboard('{Enter}');
    const drawer = await screen.findByRole('dialog', { name: 'Line 1' });
    await within(drawer).findByRole('region', { name: 'Cost' });
    expect(within(drawer).getAllByRole('region').map((region) => region.getAttribute('aria-label'))).toEqual(['Cost', 'What', 'Where', 'Price', 'Tags', 'Source', 'Other columns of the file']);
    expect(within(within(drawer).getByRole('region', { name: 'Cost' })).getAllByText('950.004 USD')[0]).toBeVisible();
    const source = within(drawer).getByRole('region', { name: 'Source' });
    expect(await within(source).findByText('hoster-2026-10.csv')).toBeVisible();
    expect(source).toHaveTextContent('Line number2');
    expect(within(source).getByRole('link', { name: 'Import 2' })).toHaveAttribute('href', '/bills?import=2');
    expect(within(source).getByRole('link', { name: /Hoster.*Oct 2026/ })).toHaveAttribute('href', expect.stringContaining('/bills?bill='));
    expect(within(drawer).queryByText('no value')).toBeNull();
    await user.click(within(drawer).getByRole('switch', { name: 'Empty fields' }));
    expect(within(drawer).getAllByText('no value').length).toBeGreaterThan(0);
  });

  test('asks the ledger to sort, and keeps order and columns in the address', async () => {
    const { bridge, grid, address } = await openPage();
    const asked = vi.spyOn(bridge.ledger, 'Lines');
    await user.click(within(grid).getByRole('columnheader', { name: 'Service' }));
    await waitFor(() => expect(asked).toHaveBeenCalledWith(expect.objectContaining({ sortBy: 'ServiceName', sortDesc: false })));
    await user.click(screen.getByRole('button', { name: 'Columns' }));
    await user.type(screen.getByRole('textbox', { name: 'Find a column' }), 'ListUnitPrice');
    await user.click(screen.getByRole('checkbox', { name: /List unit price.*ListUnitPrice/ }));
    expect(address()).toMatch(/sort=ServiceName.*col=ListUnitPrice/);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(within(grid).getByRole('columnheader', { name: 'List unit price' })).toBeInTheDocument());
  });

  test('exports what it shows and says where it went', async () => {
    const bridge = createRecordedBridge('charges');
    const exported = vi.fn(() => Promise.resolve('/home/nora/Documents/charges.csv'));
    bridge.ledger.ExportLines = exported;
    await openPage(`${hoster}&q=web`, bridge);
    await user.click(screen.getByRole('button', { name: 'Export' }));
    await user.click(await screen.findByRole('menuitem', { name: 'CSV file' }));
    expect(await screen.findByText(/^Saved as .*charges\.csv$/)).toBeVisible();
    expect(exported).toHaveBeenCalledWith(expect.objectContaining({ search: 'web', from: '2026-10-01', currency: 'USD' }), 'csv');
  });

  test('shows the error message of the program and tries again', async () => {
    const bridge = createRecordedBridge('charges');
    const real = bridge.ledger.Lines.bind(bridge.ledger);
    let broken = true;
    bridge.ledger.Lines = (question) => (broken ? Promise.reject(new AppError('unavailable', 'The workspace file is on a drive that is not connected.')) : real(question));
    renderPage(<LinesPage />, { bridge, address: hoster });
    expect(await screen.findByText('The workspace file is on a drive that is not connected.')).toBeVisible();
    broken = false;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('grid', { name: 'Charge lines' })).toBeVisible();
  });
});
