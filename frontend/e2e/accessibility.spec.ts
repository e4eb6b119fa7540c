import { expect, test } from '@playwright/test';

import { expectNoViolation } from './axe';
import { charge, createWorkspace, dropFiles, importFile, openPage, writeBill } from './bill';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any page, ${colorScheme}`, async ({ page }, info) => {
    await page.emulateMedia({ colorScheme });
    const bill = [charge(1, '10.5', '9.25'), charge(2, '20', '18', { ServiceName: 'Amazon Simple Storage Service' })];
    const path = writeBill(info.outputPath('bill.csv'), bill);

    await createWorkspace(page, `Accessible ${colorScheme} ${Date.now()}`);
    await test.step('empty pages', async () => {
      for (const name of ['Overview', 'Charges', 'Imports']) {
        await openPage(page, name);
        await expectNoViolation(page);
      }
    });

    await test.step('preview and result of an import', async () => {
      await dropFiles(page, [path]);
      await expect(page.getByRole('grid')).toBeVisible();
      await expectNoViolation(page);
      await importFile(page, path);
      await expectNoViolation(page);
    });

    await test.step('pages with figures', async () => {
      await openPage(page, 'Overview');
      await expect(page.getByTitle('27.25 USD').first()).toBeVisible();
      await expectNoViolation(page);
      await openPage(page, 'Charges');
      await expect(page.getByRole('grid', { name: 'Charge lines' })).toBeVisible();
      await expectNoViolation(page);
      await openPage(page, 'Imports');
      await page.getByRole('button', { name: /^Detail of import/ }).click();
      await expectNoViolation(page);
    });

    await test.step('the drawer of a line, the column chooser, the dialogs', async () => {
      await page.getByRole('button', { name: /^Undo import/ }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectNoViolation(page);
      await page.keyboard.press('Escape');
      await openPage(page, 'Charges');
      await page.getByRole('button', { name: 'Columns' }).click();
      await expect(page.getByRole('dialog', { name: 'Choose columns' })).toBeVisible();
      await expectNoViolation(page);
      await page.keyboard.press('Escape');
      await page.getByRole('grid', { name: 'Charge lines' }).focus();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog', { name: 'Line 1' })).toBeVisible();
      await expectNoViolation(page);
    });
  });
}
