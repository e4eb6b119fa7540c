import { test } from '@playwright/test';

import { takePictures } from './camera';
import { views } from './views';
import { goTo } from './workspaces';

test.beforeAll('the client is opened; the demo client is made first', async ({ browser, baseURL }) => {
  test.setTimeout(400_000);
  const page = await browser.newPage({ baseURL });
  await goTo(page, 'client', '/');
  await page.close();
});

const only = new RegExp(process.env.LOOK_ONLY ?? '', 'i');

for (const view of views.filter(({ name }) => only.test(name))) {
  test(view.name, async ({ page }, info) => {
    await goTo(page, view.place, view.address);
    await view.show?.(page, info);
    await takePictures(page, view, process.env.LOOK_OUT ?? info.outputDir);
  });
}
