import { expect, test } from '@playwright/test';

import { charge, createWorkspace, dropFiles, importFile, openPage, writeBill } from './bill';

/** Sums that no floating point number gets right: billed 1284.865000000001, effective 1050.305000000001. */
const lines = [
  charge(1, '0.1', '0.1'),
  charge(2, '0.2', '0.2'),
  charge(3, '100.005', '100.005', { ServiceName: 'Amazon Simple Storage Service', ServiceCategory: 'Storage' }),
  charge(4, '1234.56', '1000'),
  charge(5, '-50', '-50', { ChargeCategory: 'Credit', ServiceName: 'Credits', ServiceCategory: 'Other' }),
  charge(6, '0.000000000001', '0.000000000001'),
];

test('a bill is imported, its totals are exact, every number leads to its lines, and undo empties the ledger', async ({ page }, info) => {
  const path = writeBill(info.outputPath('october.csv'), lines);
  await createWorkspace(page, `Exact totals ${Date.now()}`);
  await importFile(page, path);

  await test.step('the overview shows the exact effective cost, and the billed cost when asked', async () => {
    await openPage(page, 'Overview');
    await expect(page.getByTitle('1,050.305000000001 USD').first()).toHaveText('1,050.31');
    await page.getByRole('button', { name: 'Billed', exact: true }).click();
    await expect(page.getByTitle('1,284.865000000001 USD').first()).toHaveText('1,284.87');
  });

  await test.step('a number leads to the lines behind it', async () => {
    await page.locator('main a[href*="/charges"]').first().click();
    const summary = page.getByRole('group', { name: 'Totals of these lines' });
    await expect(summary).toContainText('6 lines');
    const grid = page.getByRole('grid', { name: 'Charge lines' });
    const totals = grid.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'Total', exact: true }) });
    await expect(totals).toContainText('1,284.87');
    await expect(totals).toContainText('1,050.31');
    await expect(grid.getByTitle('1,234.56 USD')).toHaveText('1,234.56');
    await expect(grid.getByTitle('−50 USD').first()).toHaveText('−50.00');
  });

  await test.step('a line opens with every column', async () => {
    await page.getByRole('grid', { name: 'Charge lines' }).focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: 'Line 1' });
    await expect(drawer.getByRole('region', { name: 'Cost' })).toBeVisible();
    await expect(drawer.getByText('CommitmentDiscountId')).toBeHidden();
    await drawer.getByRole('switch', { name: 'Empty fields' }).click();
    await expect(drawer.getByText('CommitmentDiscountId')).toBeVisible();
    await expect(drawer.getByText('no value').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(drawer).toBeHidden();
  });

  await test.step('the same file is known', async () => {
    await dropFiles(page, [path]);
    await expect(page.getByText('Already imported', { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'All files already imported' })).toBeDisabled();
  });

  await test.step('the control totals have every digit', async () => {
    await openPage(page, 'Imports');
    await page.getByRole('button', { name: /^Detail of import/ }).click();
    const totals = page.getByRole('table', { name: /^Control totals/ });
    await expect(totals.getByTitle('1,284.865000000001 USD').first()).toBeVisible();
    await expect(totals.getByTitle('1,050.305000000001 USD')).toBeVisible();
  });

  await test.step('the totals are verified', async () => {
    await page.getByRole('button', { name: 'Verify totals' }).click();
    await expect(page.getByText('All totals agree.')).toBeVisible();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
  });

  await test.step('undo empties the ledger', async () => {
    await page.getByRole('button', { name: /^Undo import/ }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('6 charge lines');
    await dialog.getByRole('button', { name: 'Undo the import' }).click();
    await expect(page.getByText('Undone', { exact: true })).toBeVisible();
    await openPage(page, 'Charges');
    await expect(page.getByText('No charges yet')).toBeVisible();
  });
});

test('what a stranger wrote into a bill is shown as text and runs nowhere', async ({ page, context }, info) => {
  const html = '<img src=x onerror="window.hostile=1">';
  const formula = '=HYPERLINK("http://example.invalid","click")';
  const reversed = '\u202Efdp.exe\u200F';
  const path = writeBill(info.outputPath('hostile.csv'), [
    charge(1, '3', '3', { AvailabilityZone: html, ServiceName: html }),
    charge(2, '2', '2', { ChargeDescription: formula }),
    charge(3, '1', '1', { SubAccountName: reversed, Tags: JSON.stringify({ '<b>team</b>': '<script>window.hostile=2</script>' }) }),
  ]);
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });

  await createWorkspace(page, `Hostile ${Date.now()}`);
  await dropFiles(page, [path]);
  await expect(page.getByRole('grid').getByText(html, { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Import 1 file', exact: true }).click();
  await expect(page.getByRole('heading', { name: '3 lines imported' })).toBeVisible();

  await openPage(page, 'Overview');
  await expect(page.getByText(html).first()).toBeVisible();

  await openPage(page, 'Charges');
  const grid = page.getByRole('grid', { name: 'Charge lines' });
  await expect(grid.getByText(html, { exact: true }).first()).toBeVisible();
  await expect(grid.getByText(formula, { exact: true })).toBeVisible();
  // The text keeps its direction to itself: it stands in an element of its own that isolates it.
  await expect(grid.locator('bdi', { hasText: 'fdp.exe' }).first()).toBeVisible();

  await test.step('a copied formula is text', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await grid.getByText(formula, { exact: true }).click();
    await page.keyboard.press('Control+c');
    await expect(page.getByText('Copied the cell.')).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`"'${formula.replaceAll('"', '""')}"`);
  });

  expect(await page.evaluate(() => 'hostile' in window)).toBe(false);
  expect(dialogs).toEqual([]);
});
