import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';

import { createFakeBridge } from '../../bridge/fake';
import { renderPage } from '../../test/renderPage';
import { encodeKey } from './model';
import { ReconciliationPage } from './ReconciliationPage';

const user = userEvent.setup({ delay: null });

// Working out which of many cells a screen reader sees is slow in jsdom.
configure({ defaultHidden: true });

async function firstClosed(bridge: ReturnType<typeof createFakeBridge>) {
  const all = await bridge.reconciliation.List();
  const one = all.find(({ key, ledger }) => key.month === '2026-10' && ledger !== '0');
  if (!one) throw new Error('the fake holds no bill of October');
  return one;
}

function addressOf(key: Parameters<typeof encodeKey>[0]): string {
  return `/reconciliation?${new URLSearchParams({ invoice: encodeKey(key) }).toString()}`;
}

function field(name: string): HTMLElement {
  return screen.getByRole('textbox', { name });
}

describe('the list', () => {
  test('shows every bill of the ledger that waits for its figure, and narrows', async () => {
    const bridge = createFakeBridge();
    const all = await bridge.reconciliation.List();
    const page = renderPage(<ReconciliationPage />, { bridge, address: '/reconciliation' });
    expect(await screen.findByText(`0 of ${all.length} entered, 0 tie or are explained`)).toBeVisible();
    expect(within(await screen.findByRole('grid', { name: 'Invoices beside the ledger' })).getAllByText('To enter').length).toBeGreaterThan(2);
    await user.click(screen.getByRole('button', { name: 'Not explained' }));
    expect(await screen.findByText('None of them')).toBeVisible();
    expect(page.address()).toContain('show=open');
  });

  test('leads to the bridge of a row', async () => {
    const bridge = createFakeBridge();
    const page = renderPage(<ReconciliationPage />, { bridge, address: '/reconciliation' });
    const grid = await screen.findByRole('grid', { name: 'Invoices beside the ledger' });
    grid.focus();
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('table', { name: 'Bridge from the ledger to the invoice' })).toBeVisible();
    expect(page.address()).toContain('invoice=');
  });

  test('saves what it lists with every digit', async () => {
    const bridge = createFakeBridge();
    const one = await firstClosed(bridge);
    renderPage(<ReconciliationPage />, { bridge, address: '/reconciliation' });
    await user.click(await screen.findByRole('button', { name: 'Export' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Excel workbook' }));
    expect(await screen.findByText(/^Saved as .*reconciliation\.xlsx$/)).toBeVisible();
    expect(bridge.exported[0]?.table).toMatchObject({ rows: expect.arrayContaining([expect.arrayContaining([one.ledger])]) as unknown });
  });

  test('asks how amounts are written when the file leaves it open', async () => {
    const bridge = createFakeBridge();
    const imported = vi.spyOn(bridge.reconciliation, 'Import');
    renderPage(<ReconciliationPage />, { bridge, address: '/reconciliation' });
    await user.click(await screen.findByRole('button', { name: 'Import CSV' }));
    const dialog = await screen.findByRole('dialog', { name: 'The figures were not taken' });
    expect(dialog).toHaveTextContent('can be read in two ways');
    await user.click(within(dialog).getByRole('button', { name: 'Read as 1.200,50' }));
    expect(await screen.findByText(/1 new figure.*2 lines without amounts left out.*decimal comma/)).toBeVisible();
    expect(imported).toHaveBeenLastCalledWith('/home/nora/Documents/invoices.csv', 'comma');
  });

  test('says what to do in an empty workspace', async () => {
    renderPage(<ReconciliationPage />, { bridge: createFakeBridge({ start: 'empty' }), address: '/reconciliation' });
    expect(await screen.findByText('Nothing to reconcile yet')).toBeVisible();
  });
});

describe('one invoice', () => {
  test('is typed, ties, and is deleted again', async () => {
    const bridge = createFakeBridge();
    const one = await firstClosed(bridge);
    renderPage(<ReconciliationPage />, { bridge, address: addressOf(one.key) });
    const table = await screen.findByRole('table', { name: 'Bridge from the ledger to the invoice' });
    expect(within(table).getByRole('row', { name: /^Usage/ })).toBeVisible();
    await user.type(field('Total'), one.ledger);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect((await screen.findAllByText('Ties')).length).toBeGreaterThan(0);
    expect(within(table).getByRole('row', { name: /^Invoice/ })).toBeVisible();

    await user.click(screen.getByRole('button', { name: 'Delete' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete the figure' }));
    expect((await screen.findAllByText('To enter')).length).toBeGreaterThan(0);
  });

  test('tells at the field what cannot be read, and keeps nothing', async () => {
    const bridge = createFakeBridge();
    const one = await firstClosed(bridge);
    renderPage(<ReconciliationPage />, { bridge, address: addressOf(one.key) });
    await screen.findByRole('table', { name: 'Bridge from the ledger to the invoice' });
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Type the total of the invoice: the amount to pay.')).toBeVisible();
    await user.type(field('Total'), '100.00');
    await user.type(field('Tax'), '1,234');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/^"1,234" can be read in two ways/)).toBeVisible();
    expect(field('Tax')).toHaveAccessibleDescription(/two ways/);
    expect((await bridge.reconciliation.List()).every(({ figure }) => figure === null)).toBe(true);
  });

  test('names a rest and what the ledger tells about it', async () => {
    const bridge = createFakeBridge();
    const one = await firstClosed(bridge);
    await bridge.reconciliation.Save({ id: 0, version: 0, key: one.key, total: '1.00', tax: '0', credits: '', marketplace: '', other: '', note: '' });
    renderPage(<ReconciliationPage />, { bridge, address: addressOf(one.key) });
    const table = await screen.findByRole('table', { name: 'Bridge from the ledger to the invoice' });
    expect(within(table).getByRole('row', { name: /^Not explained/ })).toBeVisible();
    expect(within(table).getByRole('row', { name: /^Tax ?Invoice 0\.00, ledger/ })).toBeVisible();
    expect(screen.getByRole('region', { name: 'What the ledger tells about the rest' })).toHaveTextContent('typed as other');
  });

  test('leads from a step to its lines', async () => {
    const bridge = createFakeBridge();
    const one = await firstClosed(bridge);
    renderPage(<ReconciliationPage />, { bridge, address: addressOf(one.key) });
    const link = await screen.findByRole('link', { name: /charge lines: Usage$/ });
    const params = new URLSearchParams(link.getAttribute('href')?.split('?')[1]);
    expect(params.get('metric')).toBe('BilledCost');
    expect(params.get('where')).toContain('{"column":"ChargeCategory","op":"in","values":["Usage"]}');
  });

  test('goes on to the next invoice that waits', async () => {
    const bridge = createFakeBridge();
    const one = await firstClosed(bridge);
    const page = renderPage(<ReconciliationPage />, { bridge, address: addressOf(one.key) });
    await screen.findByRole('button', { name: 'Save and next' });
    await user.type(field('Total'), one.ledger);
    await user.click(screen.getByRole('button', { name: 'Save and next' }));
    await waitFor(() => expect(page.address()).not.toBe(addressOf(one.key)));
    await waitFor(() => expect(field('Total')).toHaveValue(''));
  });

  test('leaves as a document of its own', async () => {
    const bridge = createFakeBridge();
    const one = await firstClosed(bridge);
    await bridge.reconciliation.Save({ id: 0, version: 0, key: one.key, total: one.ledger, tax: '', credits: '', marketplace: '', other: '', note: '<img src=x onerror=alert(1)>' });
    renderPage(<ReconciliationPage />, { bridge, address: addressOf(one.key) });
    await user.click(await screen.findByRole('button', { name: 'Save as HTML' }));
    await waitFor(() => expect(bridge.saved).toHaveLength(1));
    const text = bridge.saved[0]?.text ?? '';
    expect(bridge.saved[0]?.name).toMatch(/^reconciliation .*2026-10\.html$/);
    expect(text).toContain('&lt;img src=x');
    expect(text).not.toContain('<img');
    expect(text).toContain('Ledger, billed cost');
    expect(text).not.toContain('display: none');
  });

  test('is printed by the system', async () => {
    const bridge = createFakeBridge();
    const one = await firstClosed(bridge);
    const print = vi.spyOn(window, 'print').mockImplementation(() => undefined);
    renderPage(<ReconciliationPage />, { bridge, address: addressOf(one.key) });
    await user.click(await screen.findByRole('button', { name: 'Print' }));
    expect(print).toHaveBeenCalledOnce();
  });

  test('is printed as a whole list by a web view that never tells when it prints', async () => {
    const bridge = createFakeBridge();
    const invoices = await bridge.reconciliation.List();
    vi.spyOn(window, 'print').mockImplementation(() => undefined);
    renderPage(<ReconciliationPage />, { bridge, address: '/reconciliation' });
    await user.click(await screen.findByRole('button', { name: 'Print' }));
    await waitFor(() => expect(document.getElementById('reconciliation-sheet')?.querySelectorAll('tbody tr')).toHaveLength(invoices.length));
  });
});

test('an invoice that the ledger does not list is added', async () => {
  const bridge = createFakeBridge();
  const page = renderPage(<ReconciliationPage />, { bridge, address: '/reconciliation?invoice=new' });
  await user.type(await screen.findByRole('textbox', { name: 'Provider' }), 'Hetzner');
  await user.type(field('Account'), '77');
  await user.type(field('Month'), '2026-10');
  await user.type(field('Currency'), 'EUR');
  await user.type(field('Total'), '12.00');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(page.address()).toContain('Hetzner'));
  expect((await screen.findAllByText('No data')).length).toBeGreaterThan(0);
});
