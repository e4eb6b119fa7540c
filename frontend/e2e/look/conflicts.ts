import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { expect, type Page, type TestInfo } from '@playwright/test';

import { button, manageScopes, press } from './actions';
import { type View } from './views';

const program = process.env.APP_PROGRAM ?? resolve('../build/.cache/cloud-intelligence-dev');

type ProgramWindow = Window & { go: { desktop: { Workspaces: { Current(): Promise<{ path: string } | null> } } } };

/** Writes files for the second writer to read, and says where they are. */
type Files = (name: string, content: string) => string;

/** What one step of the second writer needs. `any` runs a command whose failure does not matter. */
type Second = { run: (...args: string[]) => string; any: (...args: string[]) => void; file: Files };

/**
 * One kind of data that two people change: how it is made, changed and deleted by the command line, which is the second
 * person, and where the page edits and deletes it. `edit` stops before the button that saves, `remove` before the one that deletes.
 */
type Kind = {
  name: string;
  address: string;
  make: (second: Second) => void;
  change: (second: Second) => void;
  gone?: (second: Second) => void;
  edit: (page: Page) => Promise<unknown>;
  save?: (page: Page) => Promise<unknown>;
  remove?: (page: Page) => Promise<unknown>;
  confirm?: (page: Page) => Promise<unknown>;
};

const fill = (label: string | RegExp, text: string) => (page: Page) => page.getByRole('textbox', { name: label }).first().fill(text);

const inTurn =
  (...steps: ((page: Page) => Promise<unknown>)[]) =>
  async (page: Page) => {
    for (const step of steps) await step(page);
  };

const invoice = ['--provider', 'Hetzner', '--account', '77', '--month', '2026-10', '--currency', 'EUR'];

const openHetzner = (page: Page) => press(page.getByRole('grid', { name: 'Invoices and the ledger' }).getByRole('row', { name: /Hetzner/ }).getByRole('link'));

const dimension = (value: string, byDefault: string) =>
  JSON.stringify({ name: 'Crew', description: 'Who pays', rules: [{ where: 'ServiceName contains "Compute" and Provider = "AWS"', value }, { where: 'Tags/env = "prod"', value: 'Operations' }], default: byDefault });

const mapping = (product: string) =>
  JSON.stringify({
    format: 'cloud-intelligence-mapping', version: 1, name: 'Hoster', header: ['betrageur', 'datum', 'produkt', 'projekt'],
    columns: { BilledCost: { column: 'Betrag (EUR)' }, BillingCurrency: { text: 'EUR' }, ChargePeriodStart: { column: 'Datum' }, ProviderName: { text: 'Hoster' }, ServiceName: { column: product } },
    dates: 'day-first', decimal: 'comma',
  });

/** The finding that is decided about. */
let finding = '';

const kinds: Kind[] = [
  {
    name: 'budget',
    address: '/budgets?budget=Platform',
    make: ({ run }) => run('budgets', 'set', 'Platform', '--currency', 'USD', '--period', '2026', '--total', '120000', '--reason', 'Board, May'),
    change: ({ run }) => run('budgets', 'set', 'Platform', '--currency', 'USD', '--amount', '2026-11=14250.50', '--amount', '2026-12=9000', '--where', 'Provider = "AWS"', '--threshold', 'actual=90', '--reason', 'Cut after the review'),
    gone: ({ run }) => run('budgets', 'delete', 'Platform'),
    edit: inTurn(button('Edit'), fill('Amount 1', '11500'), fill('Reason', 'Approved by finance')),
    save: (page) => press(page.getByRole('button', { name: 'Save', exact: true })),
    remove: button('Delete'),
    confirm: (page) => page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click(),
  },
  {
    name: 'dimension',
    address: '/dimensions',
    make: ({ run, file }) => run('dimensions', 'set', 'Crew', '--file', file('crew.json', dimension('Platform', 'nobody'))),
    change: ({ run, file }) => run('dimensions', 'set', 'Crew', '--file', file('crew2.json', dimension('Core', 'to be assigned'))),
    gone: ({ run }) => run('dimensions', 'delete', 'Crew'),
    edit: inTurn(button('Edit Crew'), fill('Default value', 'unassigned')),
    remove: button('Delete Crew'),
    confirm: button('Delete'),
  },
  {
    name: 'scope',
    address: '/',
    make: ({ run }) => run('scopes', 'set', 'Web shop', '--where', 'Tags/env in ("prod", "stage") and Provider = "AWS"'),
    change: ({ run }) => run('scopes', 'set', 'Web shop', '--where', 'Tags/env = "prod" and not RegionId startswith "eu-"'),
    gone: ({ run }) => run('scopes', 'delete', 'Web shop'),
    edit: inTurn(manageScopes, button('Edit Web shop'), button('Text'), fill('Filter', 'Tags/env in ("prod", "stage", "test")')),
    remove: inTurn(manageScopes, button('Delete Web shop')),
    confirm: button('Delete'),
  },
  {
    name: 'alert-rule',
    address: '/alerts?tab=rules',
    make: ({ run }) => run('alerts', 'rules', 'set', 'Late exports', '--kind', 'late', '--days', '3', '--off=false'),
    change: ({ run }) => run('alerts', 'rules', 'set', 'Late exports', '--kind', 'late', '--days', '7', '--off'),
    gone: ({ any }) => any('alerts', 'rules', 'delete', 'Late exports'),
    edit: inTurn(button('Edit Late exports'), fill('Days', '5')),
    save: (page) => page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click(),
    remove: button('Delete Late exports'),
    confirm: button('Delete the rule'),
  },
  {
    name: 'channel',
    address: '/alerts?tab=channels',
    make: ({ any, run }) => {
      any('alerts', 'channels', 'add', 'Night watch', '--kind', 'desktop');
      run('alerts', 'channels', 'set', 'Night watch', '--digest', 'none', '--quiet', '20:00-07:00');
    },
    change: ({ run }) => run('alerts', 'channels', 'set', 'Night watch', '--digest', '08:00', '--quiet', 'none'),
    edit: inTurn(button('Change when Night watch sends'), fill('Quiet until', '06:00')),
    save: (page) => page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click(),
    remove: button('Remove Night watch'),
    confirm: button('Remove it'),
  },
  {
    name: 'finding',
    address: '/savings',
    make: ({ run }) => {
      finding = firstFinding(run);
      run('findings', 'set', finding, '--state', 'open', '--owner', '', '--note', '');
    },
    change: ({ run }) => run('findings', 'set', finding, '--state', 'dismissed', '--reason', 'Kept for the audit', '--until', '2027-03-31', '--owner', 'Nora Weiss'),
    edit: async (page) => {
      await page.goto(`/#/savings?finding=${finding}`);
      await button('Decide')(page);
      const dialog = page.getByRole('dialog', { name: 'Decide about the finding' });
      await dialog.getByRole('combobox', { name: 'State' }).click();
      await page.getByRole('option', { name: 'Accepted' }).click();
      await dialog.getByRole('textbox', { name: 'Owner' }).fill('Ben');
      await dialog.getByLabel('Due').fill('2026-12-15');
    },
    save: (page) => page.getByRole('dialog', { name: 'Decide about the finding' }).getByRole('button', { name: 'Save', exact: true }).click(),
  },
  {
    name: 'invoice',
    address: '/reconciliation',
    make: ({ run }) => run('reconcile', 'set', ...invoice, '--total', '5412.90', '--tax', '0'),
    change: ({ run }) => run('reconcile', 'set', ...invoice, '--total', '5500', '--tax', '864.30', '--note', 'Corrected invoice of 12 Nov'),
    gone: ({ run }) => run('reconcile', 'delete', ...invoice),
    edit: inTurn(openHetzner, fill('Total', '12.50')),
    remove: inTurn(openHetzner, button(/^Delete/)),
    confirm: button('Delete the amount'),
  },
  {
    name: 'planned',
    address: '/forecast',
    make: ({ run }) => run('forecast', 'planned', 'set', 'New shop', '--kind', 'launch', '--from', '2027-01-01', '--monthly', '2400', '--currency', 'USD', '--note', 'Approved in May'),
    change: ({ run }) => run('forecast', 'planned', 'set', 'New shop', '--kind', 'shutdown', '--from', '2027-02-01', '--percent', '50', '--where', 'Provider = "AWS"'),
    gone: ({ run }) => run('forecast', 'planned', 'delete', 'New shop'),
    edit: inTurn(button('Edit New shop'), fill(/^Amount a month/, '3000')),
    save: (page) => page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click(),
    remove: async (page) => { await expect(page.getByRole('button', { name: 'Delete New shop' })).toBeVisible(); },
    confirm: button('Delete New shop'),
  },
  {
    name: 'mapping',
    address: '/imports/map',
    make: ({ run, file }) => run('mapping', 'save', 'Hoster', '--replace', '--file', file('hoster.json', mapping('Produkt'))),
    change: ({ run, file }) => run('mapping', 'save', 'Hoster', '--replace', '--file', file('hoster2.json', mapping('Projekt'))),
    gone: ({ run }) => run('mapping', 'delete', 'Hoster'),
    edit: async (page) => {
      await press(page.getByRole('link', { name: 'Edit Hoster' }));
      const service = page.getByRole('combobox', { name: 'ServiceName' });
      await service.fill('Projekt');
      await page.keyboard.press('Tab');
      await expect(page.getByText('Complete', { exact: true })).toBeVisible();
    },
    remove: button('Delete Hoster'),
    confirm: button('Delete'),
  },
  {
    name: 'assessment',
    address: '/migration?assessment=Data+centre&step=organization',
    make: ({ any, run, file }) => {
      any('migrate', 'delete', 'Data centre');
      run('migrate', 'new', 'Data centre', '--file', file('profile.json', profile(['web', 'database'])));
    },
    change: ({ run, file }) => run('migrate', 'new', 'Data centre', '--version', '1', '--file', file('profile2.json', profile(['web', 'database', 'cache', 'batch']))),
    gone: ({ run }) => run('migrate', 'delete', 'Data centre'),
    edit: async (page) => { await expect(page.getByRole('heading', { name: 'Data centre' })).toBeVisible(); },
    save: fill('People in the team', '12'),
    remove: inTurn((page) => page.goto('/#/migration'), button('Delete Data centre')),
    confirm: (page) => page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click(),
  },
];

function profile(workloads: string[]): string {
  return JSON.stringify({ organization: { name: 'Acme', countries: ['DE'], team_size: 8 }, workloads: workloads.map((name) => ({ name, count: 2, vcpu: 4, memory_gib: 16 })) });
}

function firstFinding(run: Second['run']): string {
  const { findings } = JSON.parse(run('findings', '--json')) as { findings: { id: string }[] };
  return findings[0]?.id ?? '';
}

async function secondOf(page: Page, info: TestInfo): Promise<Second> {
  const path = await page.evaluate(() => (window as unknown as ProgramWindow).go.desktop.Workspaces.Current().then((open) => open?.path ?? ''));
  const run = (...args: string[]) => execFileSync(program, ['--workspace', path, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 64 << 20 });
  return {
    run,
    any: (...args) => {
      try {
        run(...args);
      } catch {
        // It was not there, or was already.
      }
    },
    file: (name, content) => {
      const to = info.outputPath(name);
      writeFileSync(to, content);
      return to;
    },
  };
}

/** Whether both values are there to choose between. */
const asked = (page: Page) => expect(page.getByRole('dialog', { name: /Which version should be kept|Save it again|Delete it all the same/ })).toBeVisible();

const saves = button('Save');

/**
 * What a person sees who saves or deletes something that somebody else changed or deleted meanwhile. That somebody is the
 * command line, in the same workspace.
 */
export const conflictViews: View[] = kinds.flatMap((kind): View[] => {
  const after = (first: (page: Page) => Promise<unknown>, meanwhile: (second: Second) => void, then: (page: Page) => Promise<unknown>) => async (page: Page, info: TestInfo) => {
    const second = await secondOf(page, info);
    kind.make(second);
    await page.goto('about:blank');
    await page.goto(`/#${kind.address}`);
    await first(page);
    meanwhile(second);
    await then(page);
    await asked(page);
  };
  const view = (ending: string, show: NonNullable<View['show']>): View => ({ name: `conflict-${kind.name}${ending}`, place: 'client', address: '/imports', show });
  return [
    view('', after(kind.edit, kind.change, kind.save ?? saves)),
    ...(kind.gone ? [view('-deleted', after(kind.edit, kind.gone, kind.save ?? saves))] : []),
    ...(kind.remove && kind.confirm ? [view('-delete', after(kind.remove, kind.change, kind.confirm))] : []),
  ];
});
