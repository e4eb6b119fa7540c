import { expect, test } from '@playwright/test';

import { goTo } from '../look/workspaces';

/** How long the pages of figures take from the moment they are asked for to their first figures. It measures and never fails. */
for (const [address, figure] of [
  ['/', /^[\d,]+\.\d\d/],
  ['/charges', /^[\d,]+ lines/],
] as const) {
  test(`first figures of ${address}`, async ({ page }) => {
    test.setTimeout(600_000);
    const times: number[] = [];
    for (let run = 0; run < 5; run += 1) {
      // What was read for the run before is not kept: the page itself is loaded anew.
      await goTo(page, 'client', '/imports');
      await expect(page.getByRole('table', { name: 'Imports' })).toBeVisible();
      const begun = performance.now();
      await page.evaluate((to) => (window.location.hash = `#${to}`), address);
      await page.locator('#main').getByText(figure).first().waitFor();
      times.push(performance.now() - begun);
    }
    process.stdout.write(`${address}: ${times.map((ms) => ms.toFixed(0)).join(', ')} ms to the first figures\n`);
  });
}
