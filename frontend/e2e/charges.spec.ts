import { expect, test } from '@playwright/test';

import { expectNoViolation } from './axe';
import { expectBackFindsAll } from './back';
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

  await expectBackFindsAll(page, grid);
  await expect(grid.locator('[data-row="399"]')).toBeInViewport();
  await expectNoViolation(page);

  await grid.press('Control+Home');
  await grid.getByText('Odd', { exact: true }).first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Filter by this value: Odd' }).click();
  await expect(page.getByRole('group', { name: 'Totals of these lines' })).toContainText('200 lines');
});
