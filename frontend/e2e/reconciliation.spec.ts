import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

import { charge, createWorkspace, importFile, openPage, writeBill } from './bill';

/** Billed 120.305000000001, of which 19.2 is tax and 7.1 is of another publisher. */
const lines = [
  charge(1, '0.1', '0.1'),
  charge(2, '100.005', '100.005', { ServiceName: 'Amazon Simple Storage Service', ServiceCategory: 'Storage' }),
  charge(3, '0.000000000001', '0'),
  charge(4, '7.1', '7.1', { PublisherName: 'Datadog, Inc.', ServiceName: 'Datadog Pro' }),
  charge(5, '-6.1', '-6.1', { ChargeCategory: 'Credit' }),
  charge(6, '19.2', '19.2', { ChargeCategory: 'Tax', ServiceName: 'Tax', ServiceCategory: 'Other' }),
];

for (const colorScheme of ['light', 'dark'] as const) {
  test(`an invoice is typed, explained to the last digit, and every step leads to its lines, ${colorScheme}`, async ({ page }, info) => {
    test.slow(); // axe reads the page twice
    await page.emulateMedia({ colorScheme });
    const path = writeBill(info.outputPath('october.csv'), lines);
    await createWorkspace(page, `Reconciliation ${colorScheme} ${Date.now()}`);
    await importFile(page, path);
    await openPage(page, 'Reconciliation');
    const accessible = async () => {
      await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== 'running' || animation.effect?.getTiming().iterations === Infinity));
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
      expect(violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes[0]?.html ?? ''})`)).toEqual([]);
    };

    const grid = page.getByRole('grid', { name: 'Invoices beside the ledger' });
    await expect(grid.getByText('To enter')).toBeVisible();
    await accessible();
    await grid.getByRole('link', { name: 'Whole bill' }).click();
    const table = page.getByRole('table', { name: 'Bridge from the ledger to the invoice' });
    await expect(table.getByTitle('120.305000000001 USD')).toHaveText('120.31');

    await test.step('an amount that can be read in two ways is refused', async () => {
      await page.getByRole('textbox', { name: 'Total' }).fill('1,203');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByText('"1,203" can be read in two ways')).toBeVisible();
    });

    await test.step('the total alone leaves a rest, and the ledger tells which step it is', async () => {
      await page.getByRole('textbox', { name: 'Total' }).fill('113.205000000001');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByRole('main').getByText('Not explained: −7.10 USD')).toBeVisible();
      await expect(page.getByRole('main').getByText('The rest is exactly the step "Marketplace: charges of other publishers" (7.10 USD)')).toBeVisible();
      await accessible();
    });

    await test.step('what the invoice prints explains it to 0.00', async () => {
      await page.getByRole('textbox', { name: 'Marketplace' }).fill('0');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByRole('main').getByText('Explained', { exact: true })).toBeVisible();
      await expect(table.getByRole('row', { name: /^Marketplace.*Invoice 0\.00, ledger 7\.10/ })).toBeVisible();
    });

    await test.step('paper shows the bridge and nothing of the window', async () => {
      await page.emulateMedia({ media: 'print', colorScheme });
      await expect(page.locator('#reconciliation-sheet h1')).toBeVisible();
      await expect(page.getByRole('navigation', { name: 'Pages' })).toBeHidden();
      await page.emulateMedia({ media: 'screen', colorScheme });
    });

    await test.step('a step leads to its lines', async () => {
      await page.getByRole('link', { name: '1 charge lines: Tax' }).click();
      const summary = page.getByRole('group', { name: 'Totals of these lines' });
      await expect(summary).toContainText('1 line');
      await expect(summary).toContainText('Billed 19.20');
      await page.goBack();
      await expect(table).toBeVisible();
    });

    await test.step('it is kept', async () => {
      await page.reload();
      await expect(page.getByRole('textbox', { name: 'Total' })).toHaveValue('113.205000000001');
      await page.getByRole('link', { name: 'All invoices' }).click();
      await expect(grid.getByText('Explained', { exact: true })).toBeVisible();
    });
  });
}
