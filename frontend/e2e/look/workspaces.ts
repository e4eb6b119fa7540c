import { resolve } from 'node:path';

import { expect, type Page } from '@playwright/test';

import { createWorkspace } from '../bill';

type Opened = { path: string; demo: boolean; lines: number };

type Waiting = { id: string; state: string };

type ProgramWindow = Window & {
  go: { desktop: { Jobs: { List(): Promise<Waiting[]>; Cancel(id: string): Promise<void> }; Workspaces: { Open(path: string): Promise<Opened>; OpenDemo(): Promise<unknown>; Current(): Promise<Opened | null>; Close(): Promise<void> } } };
};

/**
 * Where a view is seen: in the client the pictures are taken of, with no workspace open, in a new one of its own, or
 * in the gallery of the design system, which no program contains.
 */
export type Place = 'client' | 'closed' | 'new' | 'gallery';

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
  await page.goto('/');
  await page.waitForFunction(() => 'go' in window && 'runtime' in window);
  const waiting = () => page.evaluate(() => (window as unknown as ProgramWindow).go.desktop.Jobs.List().then((jobs) => jobs.filter(({ state }) => state === 'waiting').map(({ id }) => id), () => []));
  for (const id of await waiting()) await page.evaluate((one) => (window as unknown as ProgramWindow).go.desktop.Jobs.Cancel(one), id);
  await expect.poll(waiting).toEqual([]);
}

/** Opens what a view needs and leaves the page on an address of it. */
export async function goTo(page: Page, place: Place, address: string): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 });
  if (place === 'gallery') {
    await page.route('http://gallery.invalid/**', (route) => route.fulfill({ path: gallery + new URL(route.request().url()).pathname }));
    await page.goto('http://gallery.invalid/gallery.html');
    return;
  }
  await endImports(page);
  if (place === 'new') {
    await createWorkspace(page, `Look ${Date.now()}`);
    await page.goto('about:blank');
    await page.goto(`/#${address}`);
    await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
    return;
  }
  // Left and entered again, for another address of the same document would keep what is open on it.
  await page.goto('about:blank');
  await page.goto(`/#${address}`);
  await page.waitForFunction(() => 'go' in window && 'runtime' in window);
  const before = await current(page);
  if (place === 'client') await openClient(page);
  else await untilIdle(() => page.evaluate(() => (window as unknown as ProgramWindow).go.desktop.Workspaces.Close()));
  if ((await current(page))?.path !== before?.path) await page.reload();
  await expect(page.getByRole('heading').first()).toBeVisible();
}
