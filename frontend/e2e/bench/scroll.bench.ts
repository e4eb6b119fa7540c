import { expect, test } from '@playwright/test';

import { goTo } from '../look/workspaces';

const FRAMES = 240;
const ROW_PX = 32;

/** What scrolling the charge lines costs, by rows a frame. It measures and never fails: what is quick depends on the machine. */
for (const rows of [2, 10]) {
  test(`scrolling at ${rows} rows a frame`, async ({ page }) => {
    test.setTimeout(600_000);
    await goTo(page, 'client', '/charges?period=all');
    const grid = page.getByRole('grid', { name: 'Charge lines' });
    await expect(grid.locator('[data-row="0"]')).toBeVisible();
    const session = await page.context().newCDPSession(page);
    // Processor time of the page's own thread: what else the machine does is not in it.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const read = async () => Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
    const roll = () =>
      grid.evaluate(
        async (element, { frames, step, px }) => {
          // Of many rows a px of the scroll bar stands for more than one px of rows.
          const scale = Math.min(1, element.scrollHeight / (Number(element.getAttribute('aria-rowcount')) * px));
          for (let frame = 0; frame < frames; frame += 1) {
            element.scrollTop += step * px * scale;
            await new Promise(requestAnimationFrame);
          }
        },
        { frames: FRAMES, step: rows, px: ROW_PX },
      );
    // The first run brings the pages of lines and warms the code up.
    await roll();
    await grid.evaluate((element) => element.scrollTo(0, 0));
    await page.waitForFunction(() => document.querySelector('.waiting') === null);
    const before = await read();
    await roll();
    const after = await read();
    const measured = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration', 'TaskDuration'].map((name) => `${name.replace('Duration', '').toLowerCase()} ${((1000 * ((after[name] ?? 0) - (before[name] ?? 0))) / FRAMES).toFixed(2)} ms`);
    process.stdout.write(`${rows} rows a frame: ${measured.join(', ')}, each a frame of ${FRAMES}\n`);
  });
}
