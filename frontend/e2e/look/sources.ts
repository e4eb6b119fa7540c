import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, type Page, type TestInfo } from '@playwright/test';

import { billText, charge } from '../bill';
import { press } from './actions';

type Draft = { name: string; kind: string; from: string; values: { name: string; value: string }[]; newSecrets: { name: string; value: string }[] };
type ProgramWindow = Window & { go: { desktop: { Connections: { Save(draft: Draft, version: number): Promise<unknown>; Sync(names: string[]): Promise<{ id: string }[]> }; Jobs: { List(): Promise<{ state: string }[]> } } } };

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

/** The steps of a test. */
export async function testFolder(page: Page, info: TestInfo): Promise<void> {
  mkdirSync(info.outputPath('empty'), { recursive: true });
  await connect(page, 'Exports', info.outputPath('empty'));
  await page.reload();
  await press(page.getByRole('button', { name: 'Test: Exports' }));
  await expect(page.getByRole('list', { name: 'Steps' })).toBeVisible();
}
