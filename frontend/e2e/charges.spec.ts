import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

import { charge, createWorkspace, importFile, openPage, writeBill } from './bill';

test('charges: the selection is added up, a value becomes a filter, going back finds all as it was left', async ({ page }, info) => {
  const lines = Array.from({ length: 400 }, (_, at) => charge((at % 28) + 1, `${at}.25`, `${at}.25`, { ResourceId: `vm-${at}`, ServiceName: at % 2 === 0 ? 'Even' : 'Odd' }));
  await createWorkspace(page, `Charges ${Date.now()}`);
  await importFile(page, writeBill(info.outputPath('bill.csv'), lines));
  await openPage(page, 'Charges');
  const grid = page.getByRole('grid', { name: 'Charge lines' });
  await expect(grid.locator('[data-row="0"]')).toBeVisible();

  await grid.focus();
  await page.keyboard.press('Control+a');
  // 0 + 1 + … + 399 and 400 quarters.
  await expect(page.getByText('Effective cost, USD: sum 79,900.00, average 199.75, 400 values')).toBeVisible();

  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Line 400' })).toBeVisible();
  await page.evaluate(() => (window.location.hash = '#/bills'));
  await expect(page.getByRole('heading', { level: 1, name: 'Bills' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('dialog', { name: 'Line 400' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(grid.locator('[data-row="399"]')).toBeInViewport();
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes[0]?.html ?? ''})`)).toEqual([]);

  await page.keyboard.press('Control+Home');
  await grid.getByText('Odd', { exact: true }).first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Filter by this value: Odd' }).click();
  await expect(page.getByRole('group', { name: 'Totals of these lines' })).toContainText('200 lines');
});
