import { join } from 'node:path';

import { type Page } from '@playwright/test';

import { type View } from './views';

/** The desks a view is seen on; at 200 % zoom a window of 1280 × 800 has room for 640 × 400. */
const sizes = [
  { name: '1280', width: 1280, height: 800 },
  { name: '1920', width: 1920, height: 1080 },
  { name: 'zoom200', width: 640, height: 400 },
];

/** How much of a page that scrolls is taken in one picture. */
const HEIGHT_MAX = 4000;

/** How long a page may still be loading before its picture is taken as it is. */
const SETTLE_MS = 15_000;

/** Waits until nothing loads (jobs in the top bar may go on), unless the view is of that, or moves and what was drawn is on the screen. */
export async function settle(page: Page, { loading = false }: { loading?: boolean }): Promise<void> {
  if (!loading) {
    await page
      .waitForFunction(() => document.querySelector('.MuiSkeleton-root, .stale, .waiting, [role=progressbar]:not(header *)') === null, undefined, { timeout: SETTLE_MS })
      .catch(() => undefined);
  }
  await page.evaluate(async () => {
    await document.fonts.ready;
    await Promise.all(document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity).map((one) => one.finished.catch(() => undefined)));
    // A resize reaches the page a frame later, and what it changes is drawn in the frame after that.
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  });
}

/** The height of the window in which the whole page is seen, or 0 when it is already. */
async function wholeHeight(page: Page): Promise<number> {
  return page.evaluate(() => {
    const main = document.getElementById('main');
    const hidden = main ? main.scrollHeight - main.clientHeight : 0;
    const dialog = document.querySelector('[role=dialog], [role=menu]') !== null;
    return hidden > 8 && !dialog ? window.innerHeight + hidden : 0;
  });
}

/** How a page is seen that a picture was just taken of: how wide and in which theme, and whether all of it is in view. */
export type Seen = { width: number; colorScheme: 'light' | 'dark'; whole: boolean };

/** Which pictures are taken, by names such as 1280-light or zoom200-dark; all unless some are asked for. */
const asked = new RegExp(process.env.LOOK_SHOTS ?? '');

/** Takes what the page shows in both themes and at every size; of a page that scrolls also the whole. Calls `look` at each. */
export async function takePictures(page: Page, view: View, folder: string, look: (seen: Seen) => Promise<void>): Promise<void> {
  for (const { name, width, height } of sizes) {
    const schemes = (['light', 'dark'] as const).filter((scheme) => asked.test(`${name}-${scheme}`));
    if (schemes.length === 0) continue;
    await page.setViewportSize({ width, height });
    await settle(page, view);
    const all = await wholeHeight(page);
    const shots = [{ suffix: '', tall: height, whole: all === 0 }, ...(all > 0 ? [{ suffix: '-whole', tall: Math.min(all, HEIGHT_MAX), whole: true }] : [])];
    for (const { suffix, tall, whole } of shots) {
      if (tall !== height) await page.setViewportSize({ width, height: tall });
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await settle(page, view);
        await page.screenshot({ path: join(folder, `${view.name}-${name}-${colorScheme}${suffix}.png`), animations: 'disabled' });
        await look({ width, colorScheme, whole });
      }
    }
  }
}
