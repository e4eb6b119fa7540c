import { configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test, vi } from 'vitest';

import { AppError } from '../../bridge/errors';
import type { FigureInput } from '../../lib/wire';
import { createRecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { forgetRead } from './drafts';
import { encodeKey } from './model';
import { ReconciliationPage } from './ReconciliationPage';

const user = userEvent.setup({ delay: null });

// Working out which of many cells a screen reader sees is slow in jsdom.
configure({ defaultHidden: true });

beforeEach(() => {
  sessionStorage.clear();
  forgetRead();
});

const october = { provider: 'AWS', billingAccount: '418273645501', month: '2026-10', invoiceId: '', currency: 'USD' };
const azure = { provider: 'Microsoft Azure', billingAccount: '7190435', month: '2026-10', invoiceId: '', currency: 'EUR' };

function addressOf(key: Parameters<typeof encodeKey>[0]): string {
  return `/reconciliation?${new URLSearchParams({ invoice: encodeKey(key) }).toString()}`;
}

function field(name: string): HTMLElement {
  return screen.getByRole('textbox', { name });
}

function render(address: string) {
  const bridge = createRecordedBridge('invoices');
  return { bridge, page: renderPage(<ReconciliationPage />, { bridge, address }) };
}

const shownGrid = () => screen.findByRole('grid', { name: 'Invoices and the ledger' });
const steps = () => screen.findByRole('table', { name: 'Steps from the ledger to the invoice' });

describe('the list', () => {
  test('shows every bill of the ledger whose amount is missing, narrows, and leads to an invoice', async () => {
    const { page } = render('/reconciliation');
    expect(await screen.findByText('0 of 3 invoice amounts entered, 0 match or are explained')).toBeVisible();
    const grid = await shownGrid();
    expect(within(grid).getAllByTitle(/^Invoice amount missing/)).toHaveLength(3);
    grid.focus();
    await user.keyboard('{Enter}');
    expect(await steps()).toBeVisible();
    await user.click(screen.getByRole('link', { name: 'All invoices' }));
    await user.click(await screen.findByRole('button', { name: 'Unexplained' }));
    expect(await screen.findByText('No matching invoices')).toBeVisible();
    expect(page.address()).toContain('show=open');
  });

  test('takes typed amounts, Enter goes down, and all are saved at once; those refused say why', async () => {
    const { bridge } = render('/reconciliation');
    const saved = vi.spyOn(bridge.reconciliation, 'SaveAll');
    const grid = await shownGrid();
    grid.focus();
    const header = within(grid).getAllByRole('columnheader').findIndex((one) => one.textContent.startsWith('Invoice total'));
    await user.keyboard('{ArrowRight}'.repeat(header - 1));
    await user.keyboard('15,41{Enter}');
    await user.keyboard('5x{Enter}');
    expect(screen.getByText('2 amounts entered, not saved')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Save 2 amounts' }));
    expect(await screen.findByText(/^Oct 2026, AWS, 418273645501: "5x" is not an amount/)).toBeVisible();
    expect(saved.mock.calls[0]?.[0].map(({ total }) => total)).toEqual(['15,41', '5x']);
    expect(screen.getByText('1 amount entered, not saved')).toBeVisible();
    expect(await within(grid).findByTitle(/^Unexplained difference/)).toBeVisible();
  });

  test('takes a pasted column and keeps it through a reload', async () => {
    const { page } = render('/reconciliation');
    const grid = await shownGrid();
    grid.focus();
    fireEvent.paste(grid, { clipboardData: { getData: () => '1.234,50\r\n7,00 €\r\n3\r\n4\r\n' } });
    expect(await screen.findByText('3 amounts entered, not saved')).toBeVisible();
    expect(screen.getByText('The list ends before the last pasted amount.')).toBeVisible();
    page.unmount();
    forgetRead();
    render('/reconciliation');
    expect(await screen.findByText('3 amounts entered, not saved')).toBeVisible();
    expect(within(await shownGrid()).getByText('1.234,50')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    await waitFor(() => expect(screen.queryByText('3 amounts entered, not saved')).toBeNull());
  });

  test('has the program save what it lists', async () => {
    const { bridge } = render('/reconciliation?show=missing');
    const exported: unknown[] = [];
    bridge.reconciliation.ExportList = (statuses, format) => {
      exported.push([statuses, format]);
      return Promise.resolve('/home/nora/Documents/reconciliation.xlsx');
    };
    await user.click(await screen.findByRole('button', { name: 'Export' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Excel workbook' }));
    expect(await screen.findByText(/^Saved as .*reconciliation\.xlsx$/)).toBeVisible();
    expect(exported).toEqual([[['no_figure'], 'xlsx']]);
  });

  test('reads a file of amounts, asks how they are written, and saves what can be saved', async () => {
    render('/reconciliation');
    await user.click(await screen.findByRole('button', { name: 'Import CSV' }));
    const dialog = await screen.findByRole('dialog', { name: 'Invoice amounts in invoices.csv' });
    expect(await within(dialog).findByText(/can be read in two ways/)).toBeVisible();
    expect(within(dialog).getByRole('button', { name: 'Save 0 amounts' })).toBeDisabled();
    await user.click(within(dialog).getByRole('button', { name: '1.200,50' }));
    expect(await within(dialog).findByText(/^1 new.*2 lines without amounts left out.*decimal comma/)).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: 'Save 1 amount' }));
    expect(await screen.findByText('1 of 3 invoice amounts entered, 0 match or are explained')).toBeVisible();
  });

  test('offers to preview a file that has no invoice amounts as a bill', async () => {
    const bridge = createRecordedBridge('invoices');
    bridge.reconciliation.ChooseFile = () => Promise.resolve('/home/nora/Downloads/2/aws-2026-11.csv');
    const page = renderPage(<ReconciliationPage />, { bridge, address: '/reconciliation' });
    await user.click(await screen.findByRole('button', { name: 'Import CSV' }));
    expect(await screen.findByText(/^This is not a list of invoice amounts\./)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Preview as a bill' }));
    await waitFor(() => expect(page.address()).toBe('/imports?preview'));
  });

  test('is printed as a whole by a web view that never announces that it prints', async () => {
    vi.spyOn(window, 'print').mockImplementation(() => undefined);
    render('/reconciliation');
    await user.click(await screen.findByRole('button', { name: 'Print' }));
    await waitFor(() => expect(document.getElementById('reconciliation-sheet')?.querySelectorAll('tbody tr')).toHaveLength(3));
  });

  test('says what to do in an empty workspace', async () => {
    renderPage(<ReconciliationPage />, { bridge: createRecordedBridge('empty'), address: '/reconciliation' });
    expect(await screen.findByText('Nothing to reconcile yet')).toBeVisible();
  });
});

describe('one invoice', () => {
  test('is entered, matches, and its amount is deleted again', async () => {
    const { bridge } = render(addressOf(october));
    const table = await steps();
    expect(within(table).getByRole('row', { name: /^Usage/ })).toBeVisible();
    const invoice = await bridge.reconciliation.Bridge(october);
    await user.type(field('Total'), invoice.ledger ?? '');
    expect(screen.getByText('Not saved yet')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect((await screen.findAllByText('Matches')).length).toBeGreaterThan(0);
    expect(screen.queryByText('Not saved yet')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Delete' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete the amount' }));
    expect((await screen.findAllByText('Invoice amount missing')).length).toBeGreaterThan(0);
  });

  test('says at the field what cannot be read, and keeps what was typed when the page is left', async () => {
    const { page } = render(addressOf(october));
    await steps();
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Enter the amount to pay.')).toBeVisible();
    await user.type(field('Total'), '100.00');
    await user.type(field('Tax'), '1,234');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/^"1,234" can be read in two ways/)).toBeVisible();
    expect(field('Tax')).toHaveAccessibleDescription(/two ways/);
    page.unmount();
    forgetRead();
    render(addressOf(october));
    await steps();
    expect([field('Total'), field('Tax')].map((one) => one.getAttribute('value'))).toEqual(['100.00', '1,234']);
  });

  test('goes on to the next missing amount, also when the invoice is shown anew before the list', async () => {
    const bridge = createRecordedBridge('invoices');
    const list = bridge.reconciliation.List.bind(bridge.reconciliation);
    let saved = false;
    let release = () => undefined as void;
    const held = new Promise<void>((resolve) => (release = resolve));
    bridge.reconciliation.List = async () => {
      if (saved) await held;
      return list();
    };
    const page = renderPage(<ReconciliationPage />, { bridge, address: addressOf(october) });
    await user.type(await screen.findByRole('textbox', { name: 'Total' }), '100.00');
    const next = await screen.findByRole('button', { name: 'Save and next' });
    saved = true;
    await user.click(next);
    // The steps with the new amount arrive first.
    expect(await within(await steps()).findByRole('row', { name: /^Invoice/ })).toBeVisible();
    release();
    await waitFor(() => expect(page.address()).toContain('7190435'));
    await waitFor(() => expect(field('Total')).toHaveValue(''));
  });

  test('names an unexplained difference and its possible causes', async () => {
    const { bridge } = render(addressOf(azure));
    await bridge.reconciliation.Save({ id: 0, version: 0, key: azure, total: '1.00', tax: '0', credits: '', marketplace: '', other: '', note: '' });
    const table = await steps();
    expect(await within(table).findByRole('row', { name: /^Unexplained difference/ })).toBeVisible();
    expect(screen.getByRole('region', { name: 'Possible causes' })).toBeVisible();
  });

  test('shows both amounts when somebody else entered another, and stores the one that is chosen', async () => {
    const bridge = createRecordedBridge('invoices');
    renderPage(<ReconciliationPage />, { bridge, address: addressOf(october) });
    await steps();
    await user.type(field('Total'), '7.00');
    const asked: FigureInput[] = [];
    bridge.reconciliation.Save = (input) => {
      asked.push(input);
      const side = { text: 'Total 9.00 USD', version: 3, changedAt: '2026-11-22T09:30:00Z', changedBy: 'ben' };
      return asked.length === 1 ? Promise.reject(new AppError('conflict', 'Changed.', '', { have: side, want: { ...side, text: 'Total 7.00 USD' } })) : Promise.resolve(input.key);
    };
    await user.click(screen.getByRole('button', { name: 'Save' }));
    const dialog = await screen.findByRole('dialog', { name: 'Which version should be kept?' });
    expect(dialog).toHaveTextContent(/Total 9\.00 USD.*Total 7\.00 USD/);
    await user.click(within(dialog).getByRole('button', { name: 'Save my version' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(asked.map(({ version, total }) => [version, total])).toEqual([[0, '7.00'], [3, '7.00']]);
  });

  test('leads from a step to its lines, and leaves as a document of its own', async () => {
    const { bridge } = render(addressOf(october));
    const link = await screen.findByRole('link', { name: /charge lines: Usage$/ });
    const params = new URLSearchParams(link.getAttribute('href')?.split('?')[1]);
    expect(params.get('metric')).toBe('BilledCost');
    expect(params.get('where')).toContain('{"column":"ChargeCategory","op":"in","values":["Usage"]}');
    await user.click(screen.getByRole('button', { name: 'Save as HTML' }));
    await waitFor(() => expect(bridge.saved).toHaveLength(1));
    expect(bridge.saved[0]?.name).toMatch(/^reconciliation .*2026-10.*\.html$/);
    expect(bridge.saved[0]?.text).toContain('Ledger, billed cost');
    expect(bridge.saved[0]?.text).not.toContain('display: none');
  });
});

test('an invoice that the ledger does not list is added with values from lists', async () => {
  const { page } = render('/reconciliation?invoice=new');
  await user.type(await screen.findByRole('combobox', { name: 'Provider' }), 'Hetzner');
  await user.type(screen.getByRole('combobox', { name: 'Account' }), '77');
  await user.type(screen.getByRole('combobox', { name: 'Month' }), '2026-10');
  expect(screen.getByRole('combobox', { name: 'Month' })).toHaveValue('Oct 2026');
  await user.type(field('Total'), '12.00');
  await user.type(screen.getByRole('combobox', { name: 'Currency' }), '15,41');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('"15,41" is not a currency code. Enter three letters, such as USD or EUR.')).toBeVisible();
  await user.clear(screen.getByRole('combobox', { name: 'Currency' }));
  await user.click(await screen.findByRole('option', { name: 'EUR' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(page.address()).toContain('Hetzner'));
  expect((await screen.findAllByText('No charges in the ledger')).length).toBeGreaterThan(0);
});
