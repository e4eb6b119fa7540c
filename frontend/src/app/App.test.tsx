import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter } from 'react-router';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { createFakeBridge, type FakeOptions } from '../bridge/fake';
import { conditionFilter, everything, readFilter } from '../lib/filter';
import { formatMoney, setNumberLocale } from '../lib/money';
import { formatRatio } from '../lib/percent';
import { App } from './App';
import { routes } from './routes';

beforeEach(() => setNumberLocale('en-US'));
afterEach(() => setNumberLocale(undefined));

function openApp(address = '/', options: FakeOptions = {}) {
  const bridge = createFakeBridge(options);
  const router = createMemoryRouter(routes, { initialEntries: [address] });
  render(<App bridge={bridge} router={router} />);
  const address_ = () => router.state.location.pathname + router.state.location.search;
  return { bridge, router, address: address_, user: userEvent.setup() };
}

const bigQuery = conditionFilter({ column: 'ServiceName', op: 'in', values: ['BigQuery'] });
const november = { metrics: ['EffectiveCost'], groupBy: [], where: everything, from: '2026-11-01', to: '2026-11-20', grain: '' as const, currency: 'USD', limit: 0, sort: '' as const };
const byProvider = { metric: 'EffectiveCost', currency: 'USD', from: '2026-11-01', to: '2026-11-20', base: 'previous' as const, compareFrom: '', compareTo: '', column: 'Provider', grain: '' as const };

describe('the window', () => {
  test('shows the total and the shares that were answered, in the headline and in the table', async () => {
    const { bridge } = openApp();
    const figures = await screen.findByRole('region', { name: 'Key figures' });
    await waitFor(() => expect(bridge.spendAsked).toContainEqual(expect.objectContaining(byProvider)));
    const [spend] = await bridge.ledger.Spend([{ ...byProvider, where: everything, nameColumn: '', beside: [], top: 0, context: true }]);
    const total = formatMoney(spend?.total.amount ?? null, 'USD');
    await waitFor(() => expect(within(figures).getByText(total)).toBeVisible());
    expect(within(figures).getByText('Missing: Microsoft Azure 19–20 Nov')).toBeVisible();
    const row = await screen.findByRole('row', { name: /^Total/ });
    expect(within(row).getByText(total)).toBeVisible();
    expect(within(row).getByText(formatRatio(spend?.total.share ?? '') ?? 'no share')).toBeVisible();
    expect(spend?.total.relative).toBe('0.295825');
    expect(within(row).getByText('+29.6 %')).toBeVisible();
  });

  test('another metric asks the ledger anew and stands in the address', async () => {
    const { bridge, address, user } = openApp();
    await user.click(await screen.findByRole('button', { name: 'List' }));
    await waitFor(() => expect(bridge.spendAsked).toContainEqual(expect.objectContaining({ ...byProvider, metric: 'ListCost' })));
    expect(address()).toBe('/?metric=ListCost');
  });

  test('a click on a row filters the page, and the chip takes it back', async () => {
    const { bridge, address, user } = openApp();
    const table = await screen.findByRole('table', { name: 'services' });
    await user.click(within(table).getByRole('button', { name: 'BigQuery' }));
    await waitFor(() => expect(bridge.spendAsked).toContainEqual(expect.objectContaining({ ...byProvider, where: bigQuery })));
    expect(readFilter(new URLSearchParams(address().slice(1)).get('where')!)).toEqual(bigQuery);
    await user.click(screen.getByRole('button', { name: 'Remove filter: Service is BigQuery' }));
    expect(address()).toBe('/');
  });

  test('the way to the charge lines carries the filters of the row', async () => {
    openApp('/?period=3m');
    const table = await screen.findByRole('table', { name: 'services' });
    const link = within(table).getByRole('link', { name: 'Charge lines of BigQuery' });
    const target = new URL(link.getAttribute('href') ?? '', 'http://window');
    expect(target.pathname).toBe('/charges');
    expect(target.searchParams.get('period')).toBe('3m');
    expect(readFilter(target.searchParams.get('where')!)).toEqual(bigQuery);
  });

  test('says what is in the other currency and never adds it', async () => {
    const { bridge, user, address } = openApp();
    const euros = await bridge.ledger.Ask({ ...november, currency: 'EUR' });
    const note = await screen.findByRole('note');
    const amount = formatMoney(euros.totals[0]?.amounts[0] ?? null, 'EUR');
    await user.click(within(note).getByRole('button', { name: `${amount} EUR` }));
    expect(address()).toBe('/?currency=EUR');
  });

  test('saves the breakdown of what it shows', async () => {
    const { bridge, user } = openApp();
    await screen.findByRole('table', { name: 'services' });
    await user.click(screen.getByRole('button', { name: 'Export' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Excel workbook' }));
    await waitFor(() => expect(bridge.exported).toHaveLength(1));
    const [file] = bridge.exported;
    expect(file).toMatchObject({ name: 'services 2026-11-01 to 2026-11-20', format: 'xlsx' });
    expect(file?.table).toMatchObject({ column: 'ServiceName', beside: ['ServiceCategory'], metric: november.metrics[0], currency: november.currency, from: '2026-11-01', to: '2026-11-20' });
    expect(await screen.findByText(/^Saved as .*services .*\.xlsx$/)).toBeVisible();
  });

  test('an empty ledger offers the one next step, which leads to the preview', async () => {
    const { user, address, router } = openApp('/', { start: 'empty' });
    await user.click(await screen.findByRole('button', { name: 'Import billing files' }));
    await waitFor(() => expect(address()).toBe('/imports?preview'));
    expect(router.state.location.state).toEqual({ paths: ['/home/nora/Downloads/focus-2026-11.csv'] });
  });

  test('dropped files lead to the preview with their paths', async () => {
    const { bridge, address, router } = openApp();
    await screen.findByRole('heading', { name: 'Overview' });
    bridge.events.emit('files:dropped', ['/tmp/a.csv']);
    await waitFor(() => expect(address()).toBe('/imports?preview'));
    expect(router.state.location.state).toEqual({ paths: ['/tmp/a.csv'] });
  });

  test('the palette finds a command by its words and runs it with Enter', async () => {
    const { user, address } = openApp();
    await screen.findByRole('heading', { name: 'Overview' });
    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByRole('combobox', { name: 'Command' }), '6 months');
    expect(screen.getAllByRole('option')).toHaveLength(1);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(address()).toBe('/?period=6m'));
  });
});

describe('without a workspace', () => {
  test('welcomes, and a new client begins with an empty ledger', async () => {
    const { user } = openApp('/', { start: 'none' });
    await user.click(await screen.findByRole('button', { name: /New client workspace/ }));
    await user.type(await screen.findByLabelText('Name'), 'Tailspin');
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(await screen.findByText('This ledger is empty')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Workspace Tailspin' })).toBeVisible();
  });

  test('files that are dropped are of a client that is named first, and are looked at', async () => {
    const { user, bridge, address } = openApp('/', { start: 'none' });
    await screen.findByRole('heading', { name: 'Drop billing files here' });
    act(() => bridge.events.emit('files:dropped', ['/bills/october.csv']));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByLabelText('Name'), 'Tailspin');
    await user.click(within(dialog).getByRole('button', { name: 'Continue' }));
    await waitFor(() => expect(address()).toBe('/imports?preview'));
    expect((await bridge.workspaces.Current())?.name).toBe('Tailspin');
  });

  test('a name that is taken is refused in words, and the dialog stays', async () => {
    const { user } = openApp('/', { start: 'none' });
    await user.click(await screen.findByRole('button', { name: /New client workspace/ }));
    await user.type(await screen.findByLabelText('Name'), 'Contoso Logistics');
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(await screen.findByText(/already a workspace named “Contoso Logistics”/)).toBeVisible();
  });

  test('the demo client opens when its job ends', async () => {
    const { user } = openApp('/', { start: 'none' });
    await user.click(await screen.findByRole('button', { name: /Open the demo client/ }));
    expect(await screen.findByRole('button', { name: 'Workspace Demo client' })).toBeVisible();
  });

  test('the trash is asked for once, naming what goes', async () => {
    const { user, bridge } = openApp();
    await user.click(await screen.findByRole('button', { name: 'Workspace Northwind Retail' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Move to trash…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Move “Northwind Retail” to the trash?' });
    expect(within(dialog).getByText(/charge lines and the history of its imports/)).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: 'Move to trash' }));
    expect(await screen.findByRole('heading', { name: 'Cloud Intelligence' })).toBeVisible();
    expect(await bridge.workspaces.Current()).toBeNull();
  });
});
