import { expect, type Page } from '@playwright/test';

import type { JobInfo } from '../../src/lib/wire';

type Bound = Record<string, Record<string, (...args: unknown[]) => Promise<unknown>>>;
type ProgramWindow = Window & { go: { desktop: Bound }; runtime: { EventsEmit(name: string, ...data: unknown[]): void } };

/** Puts an answer in place of that of the Go side, for what lasts too short or happens too seldom to be seen. */
export async function answer(page: Page, call: string, kind: 'never' | 'failure' | { value: unknown }): Promise<void> {
  await page.evaluate(
    ([name, wanted]) => {
      const [port = '', method = ''] = name.split('.');
      const bound = (window as unknown as ProgramWindow).go.desktop[port];
      if (!bound) throw new Error(`The program has no ${name}.`);
      const failure = Object.assign(new Error('Something went wrong. The workspace file is on a drive that is not connected.'), { code: 'internal', ref: 'K7Q2M9' });
      bound[method] = () => (wanted === 'never' ? new Promise(() => undefined) : wanted === 'failure' ? Promise.reject(failure) : Promise.resolve(wanted.value));
    },
    [call, kind] as const,
  );
}

/** Goes to another address without loading the page anew. */
async function lead(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    window.location.hash = to;
  }, address);
}

/** Shows a page whose questions are not answered yet. It stands on another page before. */
export const waitsFor = (address: string, calls: string[]) => async (page: Page) => {
  for (const call of calls) await answer(page, call, 'never');
  await lead(page, address);
  await expect(page.getByText(/^Loading /).first()).toBeVisible();
};

/** Shows a page whose questions fail. It stands on another page before. */
export const failsAt = (address: string, calls: string[]) => async (page: Page) => {
  for (const call of calls) await answer(page, call, 'failure');
  await lead(page, address);
  await expect(page.getByRole('alert').first()).toBeVisible();
};

export function running(id: string, more: Partial<JobInfo>): JobInfo {
  return { id, kind: 'import', title: '', state: 'running', done: 0, total: 0, unit: 'bytes', lines: 0, linesPerSecond: 0, secondsLeft: null, message: '', error: null, result: null, prompt: null, outcome: null, kept: false, pauses: true, again: false, attempts: 1, user: 'nora', paths: [], connection: '', startedAt: new Date().toISOString(), endedAt: '', ...more };
}

const longName = 'Import of cost-and-usage-report-of-the-whole-organisation-2026-10-final.csv.gz and 41 more files';

/** Several kinds of long work at once, with their popover open. */
export async function runJobs(page: Page): Promise<void> {
  const jobs = [
    running('look-1', { title: longName, message: 'cost-and-usage-report-of-the-whole-organisation-2026-10-final.csv.gz', done: 3_100_000_000, total: 12_400_000_000, lines: 8_412_334, secondsLeft: 290 }),
    running('look-2', { kind: 'verify', title: 'Verify totals', unit: 'lines' }),
    running('look-3', { kind: 'export', title: 'Export as FOCUS 1.2', unit: 'lines', done: 612_000, total: 1_000_000, state: 'paused' }),
  ];
  for (const job of jobs) await page.evaluate((one) => (window as unknown as ProgramWindow).runtime.EventsEmit('job', one), job);
  await page.getByRole('button', { name: '3 jobs' }).click();
  await expect(page.getByRole('dialog', { name: 'Jobs' })).toBeVisible();
}

/** A workspace that is open elsewhere or lies where nothing can be written. */
export async function readOnly(page: Page): Promise<void> {
  const current = await page.evaluate(() => (window as unknown as ProgramWindow).go.desktop['Workspaces']?.['Current']?.());
  await answer(page, 'Workspaces.Current', { value: { ...(current as object), readOnly: true } });
  await page.evaluate(() => (window as unknown as ProgramWindow).runtime.EventsEmit('changed', { topic: 'workspaces', version: 0 }));
  await expect(page.getByText(/can only be read|read-only/i).first()).toBeVisible();
}

/** Somebody else stores another amount while one is being typed. */
export async function typeAgainstAnother(page: Page): Promise<void> {
  const failure = { have: { text: 'Total 5,412.90 USD, tax 0.00 USD', version: 3, changedAt: new Date().toISOString(), changedBy: 'ben' }, want: { text: 'Total 12.50 USD', version: 2, changedAt: '', changedBy: '' } };
  await page.evaluate((conflict) => {
    const port = (window as unknown as ProgramWindow).go.desktop['Reconciliation'];
    if (port) port['Save'] = () => Promise.reject(Object.assign(new Error('Somebody else changed this amount.'), { code: 'conflict', ref: '', conflict }));
  }, failure);
  await page.getByRole('textbox', { name: 'Total' }).fill('12.50');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
}
