import { test } from '@playwright/test';

import { expectNoViolation } from './axe';
import { expectNoFigureCut } from './cut';
import { settle } from './look/camera';
import { views } from './look/views';
import { goTo } from './look/workspaces';

/** A small desk, and the same at 200 % zoom. */
const widths = [1280, 640];

for (const view of views.filter(({ place }) => place !== 'gallery')) {
  test(`${view.name}: axe finds nothing, and no figure is cut`, async ({ page }, info) => {
    await goTo(page, view.place, view.address);
    await view.show?.(page, info);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      await settle(page, view);
      await test.step(`${width} px wide`, () => expectNoFigureCut(page));
    }
    await test.step('axe', () => expectNoViolation(page));
    // Only the colours are others in the dark.
    await page.emulateMedia({ colorScheme: 'dark' });
    await test.step('axe in the dark', () => expectNoViolation(page, ['color-contrast']));
  });
}
