import { expect, test } from '@playwright/test';

import { goTo } from '../look/workspaces';

/** What is asked of a million lines: first figures within a second after a page is asked for; Data quality opens within 300 ms. */
const pages = [
  { address: '/', place: '#main [aria-label="Key figures"]', figure: String.raw`\d\.\d\d`, bound: 1000, kept: false },
  { address: '/charges', place: '#main [aria-label="Totals of these lines"]', figure: String.raw`\d lines`, bound: 1000, kept: false },
  // The lines are counted once for a state of the ledger, which the first opening after an import waits for.
  { address: '/quality', place: '#main', figure: 'Analyses', bound: 300, kept: true },
];

/** The time by the clock, in the page itself, from asking for an address until a frame has the figure in a place of it, in ms. */
function timeToFigure({ address, place, figure }: { address: string; place: string; figure: string }): Promise<number> {
  return new Promise((resolve) => {
    const begun = performance.now();
    const wanted = new RegExp(figure);
    const look = () => {
      // The frame in which the figure is found is drawn when the next one begins.
      if (wanted.test(document.querySelector(place)?.textContent ?? '')) requestAnimationFrame(() => resolve(performance.now() - begun));
      else requestAnimationFrame(look);
    };
    window.location.hash = `#${address}`;
    requestAnimationFrame(look);
  });
}

/** How long the pages of figures take from the moment they are asked for to their first figures. It measures and never fails. */
for (const { bound, kept, ...asked } of pages) {
  test(`first figures of ${asked.address}`, async ({ page }) => {
    test.setTimeout(600_000);
    const times: number[] = [];
    const worked: number[] = [];
    const session = await page.context().newCDPSession(page);
    // Processor time of the page's own thread: what else the machine does is not in it.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const work = async () => 1000 * ((await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
    for (let run = 0; run < 5; run += 1) {
      // What was read for the run before is not kept: the page itself is loaded anew.
      await goTo(page, 'client', '/imports');
      await expect(page.getByRole('table', { name: 'Imports' })).toBeVisible();
      const before = await work();
      times.push(await page.evaluate(timeToFigure, asked));
      worked.push((await work()) - before);
    }
    const ms = (list: number[]) => list.map((one) => one.toFixed(0)).join(', ');
    const counted = kept ? times.slice(1) : times;
    const first = kept ? `${ms(times.slice(0, 1))} ms for the first opening, which may count the lines, then ` : '';
    process.stdout.write(`${asked.address}: ${first}${ms(counted)} ms by the clock from asking for the page to its first figures; ${counted.filter((one) => one <= bound).length} of ${counted.length} within ${bound} ms; the page itself worked ${ms(worked)} ms\n`);
  });
}
