import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter } from 'react-router';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { AppError } from '../bridge/errors';
import { conditionFilter, readFilter } from '../lib/filter';
import { setNumberLocale } from '../lib/money';
import { createRecordedBridge, type RecordedBridge } from '../test/recorded';
import { App } from './App';
import { routes } from './routes';

beforeEach(() => setNumberLocale('en-US'));
afterEach(() => setNumberLocale(undefined));

function openApp(address = '/', bridge: RecordedBridge = createRecordedBridge('overview')) {
  // Jobs keep the time of the clock and are not recorded: none runs, and no preview ends.
  bridge.jobs.List = () => Promise.resolve([]);
  bridge.imports.Preview = () => new Promise(() => undefined);
  const router = createMemoryRouter(routes, { initialEntries: [address] });
  render(<App bridge={bridge} router={router} />);
  const address_ = () => router.state.location.pathname + router.state.location.search;
  return { bridge, router, address: address_, user: userEvent.setup() };
}

/** The program as it starts the first time after a workspace was closed. */
async function closed(): Promise<RecordedBridge> {
  const bridge = createRecordedBridge('overview');
  await bridge.workspaces.Close();
  return bridge;
}

const machines = 'Amazon Elastic Compute Cloud';
const onlyMachines = conditionFilter({ column: 'ServiceName', op: 'in', values: [machines] });

/** What AWS charged for 1 to 5 November, by hand: five days of a machine and a bucket, a function and a credit. */
const total = '22.24';

describe('the window', () => {
  test('shows the total in the headline and in the table, and over which days it is compared', async () => {
    openApp();
    const figures = await screen.findByRole('region', { name: 'Key figures' });
    expect(await within(figures).findByText(total)).toBeVisible();
    expect(within(figures).getByText(/AWS 4 Oct/)).toBeVisible();
    const row = await screen.findByRole('row', { name: /^Total/ });
    expect(within(row).getByText(total)).toBeVisible();
  });

  test('another metric asks the ledger anew and stands in the address', async () => {
    const { address, user } = openApp();
    await user.click(await screen.findByRole('button', { name: 'List' }));
    // The machine costs 6.00 a day by the list.
    expect(await within(await screen.findByRole('region', { name: 'Key figures' })).findByText('27.94')).toBeVisible();
    expect(address()).toBe('/?metric=ListCost');
  });

  test('a click on a row filters the page, and the chip takes it back', async () => {
    const { address, user } = openApp();
    const table = await screen.findByRole('table', { name: 'services' });
    await user.click(within(table).getByRole('button', { name: machines }));
    expect(await within(screen.getByRole('region', { name: 'Key figures' })).findByText('24.30')).toBeVisible();
    expect(readFilter(new URLSearchParams(address().slice(1)).get('where')!)).toEqual(onlyMachines);
    await user.click(screen.getByRole('button', { name: `Remove filter: Service is ${machines}` }));
    expect(address()).toBe('/');
  });

  test('the way to the charge lines carries the filters of the row', async () => {
    openApp('/?period=3m');
    const table = await screen.findByRole('table', { name: 'services' });
    const link = within(table).getByRole('link', { name: `Charge lines of ${machines}` });
    const target = new URL(link.getAttribute('href') ?? '', 'http://window');
    expect(target.pathname).toBe('/charges');
    expect(target.searchParams.get('period')).toBe('3m');
    expect(readFilter(target.searchParams.get('where')!)).toEqual(onlyMachines);
  });

  test('says what is in the other currency and never adds it', async () => {
    const { user, address } = openApp('/?period=all');
    // Azure in October: three days at 1.50 and two at 2.25.
    await user.click(within(await screen.findByRole('note')).getByRole('button', { name: '9.00 EUR' }));
    expect(address()).toBe('/?period=all&currency=EUR');
  });

  test('saves the breakdown of what it shows', async () => {
    const { bridge, user } = openApp();
    await screen.findByRole('table', { name: 'services' });
    await user.click(screen.getByRole('button', { name: 'Export' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Excel workbook' }));
    await waitFor(() => expect(bridge.exported).toHaveLength(1));
    const [file] = bridge.exported;
    expect(file).toMatchObject({ name: 'services 2026-11-01 to 2026-11-05', format: 'xlsx' });
    expect(file?.table).toMatchObject({ column: 'ServiceName', beside: ['ServiceCategory'], metric: 'EffectiveCost', currency: 'USD', from: '2026-11-01', to: '2026-11-05' });
    expect(await screen.findByText(/^Saved as .*services .*\.xlsx$/)).toBeVisible();
  });

  test('an empty ledger offers the one next step, which leads to the preview', async () => {
    const { user, address, router } = openApp('/', createRecordedBridge('empty'));
    await user.click(await screen.findByRole('button', { name: 'Import billing files' }));
    await waitFor(() => expect(address()).toBe('/imports?preview'));
    expect(router.state.location.state).toEqual({ paths: ['/home/nora/Documents/invoices.csv'] });
  });

  test('while the first bills are fetched an empty ledger says how far that is', async () => {
    const bridge = createRecordedBridge('empty');
    const { user, address } = openApp('/', bridge);
    bridge.jobs.List = () => Promise.resolve([{ id: '7', kind: 'sync', title: 'Sync Main', state: 'running', done: 786_000, total: 12_900_000, unit: 'bytes', lines: 0, linesPerSecond: 0, secondsLeft: null, message: 'Fetching Nov 2026 of focus/daily, 1 of 13', error: null, result: null, prompt: null, outcome: null, kept: true, pauses: true, again: true, attempts: 1, user: 'nora', paths: [], connection: 'c', startedAt: '', endedAt: '' }]);
    expect(await screen.findByText(/786 kB of 12\.9 MB · Fetching Nov 2026 of focus\/daily, 1 of 13/)).toBeVisible();
    await user.click(screen.getByRole('link', { name: 'Go to Sources' }));
    await waitFor(() => expect(address()).toBe('/sources'));
  });

  test('an empty ledger leads to where bills come from by themselves', async () => {
    const { user, address } = openApp('/', createRecordedBridge('empty'));
    await user.click(await screen.findByRole('link', { name: 'Connect a cloud account' }));
    await waitFor(() => expect(address()).toBe('/sources'));
  });

  test('dropped files lead to the preview with their paths', async () => {
    const { bridge, address, router } = openApp('/', createRecordedBridge('empty'));
    await screen.findByRole('heading', { name: 'Overview' });
    bridge.events.emit('files:dropped', ['/tmp/a.csv']);
    await waitFor(() => expect(address()).toBe('/imports?preview'));
    expect(router.state.location.state).toEqual({ paths: ['/tmp/a.csv'] });
  });

  test('files dropped on Savings go where they belong, also while nothing is shown there', async () => {
    const { bridge, address, router } = openApp('/savings', createRecordedBridge('empty'));
    bridge.documents.Recognise = (paths) => Promise.resolve(paths.filter((path) => path.endsWith('.json')));
    bridge.savings.Find = () => new Promise(() => undefined);
    bridge.documents.Add = () => Promise.resolve([]);
    bridge.documents.List = () => Promise.resolve([]);
    bridge.documents.Packs = () => Promise.resolve([]);
    await screen.findByRole('heading', { level: 1, name: 'Savings' });
    act(() => bridge.events.emit('files:dropped', ['/tmp/volumes.json']));
    expect(await screen.findByRole('dialog', { name: 'Client documents' })).toBeVisible();
    expect(address()).toBe('/savings?documents=1');

    await act(() => router.navigate('/savings'));
    act(() => bridge.events.emit('files:dropped', ['/tmp/bill.csv']));
    await waitFor(() => expect(address()).toBe('/imports?preview'));
    expect(router.state.location.state).toEqual({ paths: ['/tmp/bill.csv'] });
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
    const { user } = openApp('/', await closed());
    await user.click(await screen.findByRole('button', { name: /New client workspace/ }));
    await user.type(await screen.findByLabelText('Name'), 'Tailspin');
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(await screen.findByText('No charges yet')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Workspace Tailspin' })).toBeVisible();
  });

  test('a client whose bills a provider has is named first, and the way leads to Sources', async () => {
    const { user, address } = openApp('/', await closed());
    await user.click(await screen.findByRole('button', { name: /Connect a cloud account/ }));
    await user.type(await screen.findByLabelText('Name'), 'Tailspin');
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    await waitFor(() => expect(address()).toBe('/sources'));
    expect(await screen.findByRole('button', { name: 'Workspace Tailspin' })).toBeVisible();
  });

  test('files that are dropped are of a client that is named first, and are looked at', async () => {
    const bridge = await closed();
    const { user, address } = openApp('/', bridge);
    await screen.findByRole('heading', { name: 'Drop billing files here' });
    act(() => bridge.events.emit('files:dropped', ['/bills/october.csv']));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByLabelText('Name'), 'Tailspin');
    await user.click(within(dialog).getByRole('button', { name: 'Continue' }));
    await waitFor(() => expect(address()).toBe('/imports?preview'));
    expect((await bridge.workspaces.Current())?.name).toBe('Tailspin');
  });

  test('a workspace that cannot be made is refused in words, and the dialog stays', async () => {
    const bridge = await closed();
    bridge.workspaces.Create = () => Promise.reject(new AppError('denied', 'The folder of workspaces cannot be written.'));
    const { user } = openApp('/', bridge);
    await user.click(await screen.findByRole('button', { name: /New client workspace/ }));
    await user.type(await screen.findByLabelText('Name'), 'Tailspin');
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(await screen.findByText('The folder of workspaces cannot be written.')).toBeVisible();
    expect(screen.getByRole('dialog')).toBeVisible();
  });

  test('a workspace that the program opens by itself is shown', async () => {
    const bridge = await closed();
    openApp('/', bridge);
    const [recent] = await bridge.workspaces.Recent();
    await screen.findByRole('button', { name: /New client workspace/ });
    await bridge.workspaces.Open(recent?.path ?? '');
    expect(await screen.findByRole('button', { name: 'Workspace Northwind' })).toBeVisible();
  });

  test('the trash is asked for once, naming what goes', async () => {
    const { user, bridge } = openApp('/', createRecordedBridge('empty'));
    await user.click(await screen.findByRole('button', { name: 'Workspace Northwind' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Move to trash…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Move “Northwind” to the trash?' });
    expect(within(dialog).getByText(/charge lines and the history of its imports/)).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: 'Move to trash' }));
    expect(await screen.findByRole('heading', { name: 'Cloud Intelligence' })).toBeVisible();
    expect(await bridge.workspaces.Current()).toBeNull();
  });
});
