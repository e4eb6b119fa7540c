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
  test(`an invoice amount is entered, explained to the last digit, and every step leads to its lines, ${colorScheme}`, async ({ page }, info) => {
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

    const grid = page.getByRole('grid', { name: 'Invoices and the ledger' });
    await expect(grid.getByText('Amount missing', { exact: true })).toBeVisible();
    await accessible();
    await grid.getByRole('link', { name: 'No number yet' }).click();
    const table = page.getByRole('table', { name: 'Steps from the ledger to the invoice' });
    await expect(table.getByTitle('120.305000000001 USD')).toHaveText('120.31');

    await test.step('an amount that can be read in two ways is refused', async () => {
      await page.getByRole('textbox', { name: 'Total' }).fill('1,203');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByText('"1,203" can be read in two ways')).toBeVisible();
    });

    await test.step('the total alone leaves an unexplained difference, and its cause is named', async () => {
      await page.getByRole('textbox', { name: 'Total' }).fill('113.205000000001');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByRole('main').getByText('Unexplained difference: −7.10 USD')).toBeVisible();
      await expect(page.getByRole('main').getByText('The unexplained difference is exactly "Marketplace: charges of other publishers" (7.10 USD)')).toBeVisible();
      await accessible();
    });

    await test.step('invoice items explain it to 0.00', async () => {
      await page.getByRole('textbox', { name: 'Marketplace' }).fill('0');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByRole('main').getByText('Explained by invoice items', { exact: true })).toBeVisible();
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
      await expect(page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Total', exact: true }) })).toContainText('19.20');
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

test('amounts are pasted into the list, saved, and gone through one after the other', async ({ page }, info) => {
  const months = [7, 8, 9, 10].map((month) => charge(3, `${month}00.5`, '1', { BillingPeriodStart: `2026-${String(month).padStart(2, '0')}-01T00:00:00Z`, BillingPeriodEnd: `2026-${String(month + 1).padStart(2, '0')}-01T00:00:00Z` }));
  await createWorkspace(page, `Amounts ${Date.now()}`);
  await importFile(page, writeBill(info.outputPath('bills.csv'), months));
  await openPage(page, 'Reconciliation');
  const grid = page.getByRole('grid', { name: 'Invoices and the ledger' });
  await expect(grid.getByText('Amount missing', { exact: true })).toHaveCount(4);

  await test.step('a column pasted in another form is read as a whole, and what cannot be read is named', async () => {
    await grid.focus();
    await grid.evaluate((table, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      table.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, '1.000,50\r\n5x\r\n');
    await page.getByRole('button', { name: 'Save 2 amounts' }).click();
    await expect(page.getByRole('alert').getByText(/^Sep 2026, AWS, .*"5x" is not an amount/)).toBeVisible();
    await expect(grid.getByText('Matches', { exact: true })).toHaveCount(1);
    await page.reload();
    await expect(page.getByText('1 amount entered, not saved')).toBeVisible();
    await page.getByRole('button', { name: 'Discard' }).click();
  });

  await test.step('typing begins an amount and Enter goes down', async () => {
    await grid.getByText('Enter', { exact: true }).first().click();
    await page.keyboard.type('900.50 USD');
    await page.keyboard.press('Enter');
    await page.keyboard.type('800.50');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Save 1 amount' }).click();
    await expect(grid.getByText('Matches', { exact: true })).toHaveCount(2);
  });

  await test.step('save and next goes through all that are missing', async () => {
    await grid.getByRole('row', { name: /Aug 2026/ }).getByRole('link').click();
    await page.getByRole('textbox', { name: 'Total' }).fill('800.50');
    await page.getByRole('button', { name: 'Save and next' }).click();
    await expect(page.getByRole('heading', { name: /Jul 2026/ })).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Total' })).toHaveValue('');
    await expect(page.getByRole('textbox', { name: 'Total' })).toBeFocused();
    await expect(page.getByRole('button', { name: 'Save and next' })).toBeHidden();
    await page.getByRole('textbox', { name: 'Total' }).fill('1');
    await page.getByRole('link', { name: 'All invoices' }).click();
    await expect(page.getByText('1 amount entered, not saved')).toBeVisible();
  });
});
