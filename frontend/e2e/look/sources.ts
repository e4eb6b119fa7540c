import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, type Page, type TestInfo } from '@playwright/test';

import { billText, charge } from '../bill';
import { press } from './actions';
import { answer, running } from './states';

type Draft = { name: string; kind: string; from: string; values: { name: string; value: string }[]; newSecrets: { name: string; value: string }[] };
type ProgramWindow = Window & { go: { desktop: { Connections: { Save(draft: Draft, version: number): Promise<unknown>; Sync(names: string[]): Promise<{ id: string }[]> }; Jobs: { List(): Promise<{ state: string }[]> } } }; runtime: { EventsEmit(name: string, payload: object): void } };

async function connect(page: Page, name: string, folder: string): Promise<void> {
  await page.evaluate(([to, path]) => (window as unknown as ProgramWindow).go.desktop.Connections.Save({ name: to, kind: 'folder', from: '', values: [{ name: 'folder', value: path }], newSecrets: [] }, 0), [name, folder] as const);
}

/** A folder that was synced, and one that is gone. */
export async function connectFolders(page: Page, info: TestInfo): Promise<void> {
  const folder = info.outputPath('exports');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'october.csv'), billText(Array.from({ length: 20 }, (_, at) => charge(at + 1, '10', '10'))));
  await connect(page, 'Exports of the finance team', folder);
  await connect(page, 'Network drive', info.outputPath('gone'));
  await page.evaluate(() => (window as unknown as ProgramWindow).go.desktop.Connections.Sync(['Exports of the finance team', 'Network drive']));
  await expect.poll(() => page.evaluate(() => (window as unknown as ProgramWindow).go.desktop.Jobs.List().then((jobs) => jobs.filter(({ state }) => state === 'running').length))).toBe(0);
  await page.reload();
  await expect(page.getByText(/Failing since|^Failed$/).first()).toBeVisible();
}

/** What a connection of AWS must be allowed. */
export async function openPermissions(page: Page): Promise<void> {
  await press(page.getByRole('button', { name: 'Add connection' }));
  await page.getByRole('textbox', { name: 'Bucket (required)' }).fill('acme-billing');
  await press(page.getByRole('button', { name: 'Permissions to allow' }));
  await expect(page.getByText('s3:ListBucket').first()).toBeVisible();
}

/** What is asked of a connection of Google Cloud, with what few need. */
export async function addBigQuery(page: Page): Promise<void> {
  await press(page.getByRole('button', { name: 'Add connection' }));
  await press(page.getByRole('combobox', { name: 'Kind' }));
  await press(page.getByRole('option', { name: /BigQuery/ }));
  await expect(page.getByRole('textbox', { name: 'Dataset (required)' })).toBeVisible();
}

/** What a connection can read beside bills, or what few need, with all of it in the form. */
export const unfold = (part: RegExp, last: string) => async (page: Page): Promise<void> => {
  await press(page.getByRole('button', { name: 'Add connection' }));
  await press(page.getByRole('button', { name: part }));
  const field = page.getByRole('dialog', { name: 'Add connection' }).getByLabel(last).first();
  await expect(field).toBeVisible();
  await field.scrollIntoViewIfNeeded();
};

/** The steps of a test. */
export async function testFolder(page: Page, info: TestInfo): Promise<void> {
  mkdirSync(info.outputPath('empty'), { recursive: true });
  await connect(page, 'Exports', info.outputPath('empty'));
  await page.reload();
  await press(page.getByRole('button', { name: 'Test: Exports' }));
  await expect(page.getByRole('list', { name: 'Steps' })).toBeVisible();
}

/** What the provider asks of a person while a connection signs in. */
export async function signIn(page: Page, info: TestInfo): Promise<void> {
  mkdirSync(info.outputPath('empty'), { recursive: true });
  await connect(page, 'Finance tenant', info.outputPath('empty'));
  await page.reload();
  const prompt = { text: 'Open the page, enter the code and sign in as a person who may read the exports.', address: 'https://microsoft.com/devicelogin', code: 'K7Q2M9XRT', wanted: '' };
  await answer(page, 'Connections.Test', 'never');
  await answer(page, 'Jobs.List', { value: [running('test-1', { kind: 'test', title: 'Test Finance tenant', connection: 'Finance tenant', prompt })] });
  await press(page.getByRole('button', { name: 'Test: Finance tenant' }));
  await page.evaluate(() => (window as unknown as ProgramWindow).runtime.EventsEmit('changed', { topic: 'jobs', version: 0 })); // the list may have been there already
  await expect(page.getByText('K7Q2M9XRT')).toBeVisible();
}

/** The budgets that providers keep, below those of the workspace. */
export async function showProviderBudgets(page: Page): Promise<void> {
  const kept = { account: '111122223333', every: 'month', basis: '', forecast: '', currency: 'USD', of: '', connection: 'Production', readAt: new Date(Date.now() - 7_200_000).toISOString() };
  const providers = [
    { ...kept, provider: 'AWS', name: 'Platform team', amount: '12500', spent: '9804.42', forecast: '13100.7', period: '2026-11' },
    { ...kept, provider: 'AWS', name: 'Development machines of all teams in Europe', amount: '', basis: 'as the period before', spent: '412.09', of: 'Service: Amazon Elastic Compute Cloud - Compute; Region: eu-central-1', period: '' },
    { ...kept, provider: 'Microsoft Azure', account: '3f1c2a44-0b7e-4d52-9c61-2f4f0a9d1b77', name: 'ERP', every: 'quarter', amount: '90000', spent: '61230.55', currency: 'EUR', of: 'Resource group: erp-prod', period: '2026-Q4' },
  ];
  const standings = await page.evaluate(() => (window as unknown as { go: { desktop: { Budgets: { Standings(): Promise<object> } } } }).go.desktop.Budgets.Standings());
  await answer(page, 'Budgets.Standings', { value: { ...standings, providers } });
  await page.evaluate(() => {
    window.location.hash = '/budgets';
  });
  const card = page.getByRole('region', { name: /^Budgets of the providers/ }).first();
  await card.scrollIntoViewIfNeeded();
  await expect(card).toBeVisible();
}

/** The list of hosts, one of them with a long name. */
export async function showHosts(page: Page): Promise<void> {
  const at = new Date(Date.now() - 7_200_000).toISOString();
  const host = (name: string, purpose: string, calls: number, sent: number, received: number) => ({ host: name, purpose, calls, sent, received, first: at, last: at });
  await answer(page, 'Connections.Hosts', {
    value: [
      host('acme-billing-of-the-whole-organisation.s3.eu-central-1.amazonaws.com', 'bills of Production', 14_204, 0, 12_400_000_000),
      host('ce.us-east-1.amazonaws.com', 'bills of Shop', 41, 81_220, 3_412_008),
      host('management.azure.com', 'account names for Finance tenant', 2, 0, 4_180),
      host('oauth2.googleapis.com', 'signing in for bills of the data platform', 9, 7_511, 20_443),
    ],
  });
  await page.evaluate(() => {
    window.location.hash = '/sources?tab=network';
  });
  await expect(page.getByText('ce.us-east-1.amazonaws.com')).toBeVisible();
}
