import { resolve } from 'node:path';

import { expect, type Page } from '@playwright/test';

import { createWorkspace } from '../bill';

type Opened = { path: string; demo: boolean; lines: number };

type Waiting = { id: string; state: string };

type ProgramWindow = Window & {
  go: { desktop: { Jobs: { List(): Promise<Waiting[]>; Cancel(id: string): Promise<void> }; Workspaces: { Open(path: string): Promise<Opened>; OpenDemo(): Promise<unknown>; Current(): Promise<Opened | null>; Close(): Promise<void> } } };
};

/**
 * Where a view is seen: in the client the pictures are taken of, with no workspace open, in an empty one, which the view
 * leaves as it is, in a new one of its own, or in the gallery of the design system, which no program contains.
 */
export type Place = 'client' | 'closed' | 'empty' | 'new' | 'gallery';

const gallery = resolve('../build/.cache/gallery');

/** The workspace given to build/look; the demo client when it is empty. */
const given = process.env.LOOK_WORKSPACE ?? '';

export const isDemo = given === '';

async function current(page: Page): Promise<Opened | null> {
  return page.evaluate(() => (window as unknown as ProgramWindow).go.desktop.Workspaces.Current());
}

/** Opens or closes a workspace as soon as what the view before asked of the open one has been read. */
async function untilIdle(change: () => Promise<unknown>): Promise<void> {
  await expect(async () => { await change(); }).toPass();
}

async function openClient(page: Page): Promise<void> {
  const open = await current(page);
  if (isDemo ? open?.demo && open.lines > 0 : open?.path === given) return;
  if (isDemo) {
    await page.evaluate(() => (window as unknown as ProgramWindow).go.desktop.Workspaces.OpenDemo());
    await expect.poll(async () => (await current(page))?.demo ?? false, { timeout: 300_000 }).toBe(true);
  } else {
    await untilIdle(() => page.evaluate((path) => (window as unknown as ProgramWindow).go.desktop.Workspaces.Open(path), given));
  }
}

/** Ends an import that a view before left waiting for an answer: until then no workspace can be closed. */
async function endImports(page: Page): Promise<void> {
  const waiting = () => page.evaluate(() => (window as unknown as ProgramWindow).go.desktop.Jobs.List().then((jobs) => jobs.filter(({ state }) => state === 'waiting').map(({ id }) => id), () => []));
  const left = await waiting();
  for (const id of left) await page.evaluate((one) => (window as unknown as ProgramWindow).go.desktop.Jobs.Cancel(one), id);
  if (left.length > 0) await expect.poll(waiting).toEqual([]);
}

/** Leaves the page and enters it again, for another address of the same document would keep what is open on it. */
async function enter(page: Page, address: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`/#${address}`);
  await page.waitForFunction(() => 'go' in window && 'runtime' in window);
}

/** The workspace made for the views of an empty one. */
let empty = '';

/** Opens what a view needs and leaves the page on an address of it. */
export async function goTo(page: Page, place: Place, address: string): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 });
  if (place === 'gallery') {
    await page.route('http://gallery.invalid/**', (route) => route.fulfill({ path: gallery + new URL(route.request().url()).pathname }));
    await page.goto('http://gallery.invalid/gallery.html');
    return;
  }
  await enter(page, address);
  await endImports(page);
  const before = await current(page);
  if (place === 'client') await openClient(page);
  else if (place === 'closed') await untilIdle(() => page.evaluate(() => (window as unknown as ProgramWindow).go.desktop.Workspaces.Close()));
  else if (place === 'new' || before === null || before.path !== empty) {
    await createWorkspace(page, `Look ${Date.now()}`);
    await enter(page, address);
    empty = place === 'empty' ? ((await current(page))?.path ?? '') : '';
  }
  if ((place === 'client' || place === 'closed') && (await current(page))?.path !== before?.path) await page.reload();
  await expect(page.getByRole('heading').first()).toBeVisible();
}
