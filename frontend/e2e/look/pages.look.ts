import { type Page, test } from '@playwright/test';

import { expectNoViolation } from '../axe';
import { expectNoFigureCut } from '../cut';
import { type Seen, takePictures } from './camera';
import { views } from './views';
import { goTo, type Place } from './workspaces';

test.beforeAll('the client is opened; the demo client is made first', async ({ browser, baseURL }) => {
  test.setTimeout(400_000);
  const page = await browser.newPage({ baseURL });
  await goTo(page, 'client', '/');
  await page.close();
});

const only = new RegExp(process.env.LOOK_ONLY ?? '', 'i');

/** What is never cut and what axe looks for are asked of a small desk; cutting also of the same at 200 % zoom. */
async function judge(page: Page, { width, colorScheme, whole }: Seen): Promise<void> {
  if (whole && width < 1920 && colorScheme === 'light') await test.step(`no figure is cut, ${width} px wide`, () => expectNoFigureCut(page));
  if (whole && width === 1280) await test.step(`axe finds nothing, ${colorScheme}`, () => expectNoViolation(page));
}

// To open another workspace takes longer than most pictures.
const places: Place[] = ['client', 'empty', 'new', 'closed', 'gallery'];
const ordered = views.filter(({ name }) => only.test(name)).sort((a, b) => places.indexOf(a.place) - places.indexOf(b.place));

for (const view of ordered) {
  test(view.name, async ({ page }, info) => {
    await goTo(page, view.place, view.address);
    await view.show?.(page, info);
    await takePictures(page, view, process.env.LOOK_OUT ?? info.outputDir, (seen) => judge(page, seen));
  });
}
