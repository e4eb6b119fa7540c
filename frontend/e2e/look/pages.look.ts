import { test } from '@playwright/test';

import { expectNoViolation } from '../axe';
import { expectNoFigureCut } from '../cut';
import { settle, takePictures } from './camera';
import { views } from './views';
import { goTo } from './workspaces';

test.beforeAll('the client is opened; the demo client is made first', async ({ browser, baseURL }) => {
  test.setTimeout(400_000);
  const page = await browser.newPage({ baseURL });
  await goTo(page, 'client', '/');
  await page.close();
});

const only = new RegExp(process.env.LOOK_ONLY ?? '', 'i');

/** A small desk, and the same at 200 % zoom. */
const widths = [640, 1280];

for (const view of views.filter(({ name }) => only.test(name))) {
  test(view.name, async ({ page }, info) => {
    await goTo(page, view.place, view.address);
    await view.show?.(page, info);
    await takePictures(page, view, process.env.LOOK_OUT ?? info.outputDir);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      await settle(page, view);
      await test.step(`no figure is cut, ${width} px wide`, () => expectNoFigureCut(page));
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await test.step(`axe finds nothing, ${colorScheme}`, () => expectNoViolation(page));
    }
  });
}
