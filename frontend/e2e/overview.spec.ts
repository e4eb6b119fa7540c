import { expect, type Locator, type Page, test } from '@playwright/test';

import { expectNoViolation } from './axe';
import { charge, createWorkspace, importFile, openPage, writeBill } from './bill';
import { expectNoFigureCut } from './cut';

const account = 'a sub-account whose name is too long for any column of the table';
const days = Array.from({ length: 12 }, (_, index) => index + 1);
const bill = days.flatMap((day) => [
  charge(day, `${day}`, `${day}`, { SubAccountName: account }),
  charge(day, '1000000', '1000000', { SubAccountName: account, ServiceName: 'Amazon Simple Storage Service', ServiceCategory: 'Management and Governance', ResourceId: 'arn:aws:s3:::bucket', ResourceName: '' }),
]);

async function openOverview(page: Page, path: string): Promise<void> {
  await createWorkspace(page, `Overview ${Date.now()}`);
  await importFile(page, writeBill(path, bill));
  await openPage(page, 'Overview');
  await expect(total(page, '12,000,078')).toBeVisible();
}

/** The spend of the period; without tags the same amount stands a second time as the one that has none. */
const total = (page: Page, amount: string) => page.getByRole('region', { name: 'Key figures' }).getByTitle(`${amount} USD`).first();
const column = (page: Page, day: number) => page.getByRole('application', { name: /^Daily cost/ }).locator(`[data-datum="${day - 1}"]`);

async function centre(mark: Locator): Promise<{ x: number; y: number }> {
  const box = await mark.boundingBox();
  if (!box) throw new Error('It is not on the screen.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

test('a day of the chart, or a span drawn over it, becomes the period of the page', async ({ page }, info) => {
  await openOverview(page, info.outputPath('bill.csv'));

  await test.step('a click above the bar of a day shows that day', async () => {
    const { x, y } = await centre(column(page, 5));
    await page.mouse.click(x, y - 90);
    await expect(total(page, '1,000,005')).toBeVisible();
    expect(page.url()).toContain('from=2026-10-05&to=2026-10-05');
  });

  await test.step('a span drawn backwards and let go outside the chart shows its days', async () => {
    await page.goBack();
    await expect(total(page, '12,000,078')).toBeVisible();
    const [start, end] = [await centre(column(page, 4)), await centre(column(page, 2))];
    await page.mouse.move(start.x, start.y);
    await page.mouse.down();
    await page.mouse.move(end.x, end.y, { steps: 4 });
    await page.mouse.move(end.x, 5);
    await page.mouse.up();
    await expect(total(page, '3,000,009')).toBeVisible();
    expect(page.url()).toContain('from=2026-10-02&to=2026-10-04');
  });

  await test.step('the keyboard does the same', async () => {
    await page.goBack();
    await expect(total(page, '12,000,078')).toBeVisible();
    await page.getByRole('application', { name: /^Daily cost/ }).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Enter');
    await expect(total(page, '2,000,023')).toBeVisible();
  });
});

test('the breakdown follows the address, is ordered by its heads, and cuts no figure at any size', async ({ page }, info) => {
  await openOverview(page, info.outputPath('bill.csv'));
  const names = page.getByRole('table', { name: 'services' }).locator('tbody .name');
  await expect(names).toHaveText([/^Amazon Simple/, /^Amazon Elastic/, /^Total/]);
  await page.getByRole('columnheader', { name: 'Service' }).getByRole('button').click();
  await expect(names).toHaveText([/^Amazon Elastic/, /^Amazon Simple/, /^Total/]);
  expect(page.url()).toContain('sort=name-up');

  await page.getByRole('button', { name: 'Group by service' }).click();
  await expect(page.getByRole('combobox', { name: 'Column to group by' })).toBeFocused();
  const field = await page.getByRole('combobox', { name: 'Column to group by' }).boundingBox();
  const list = await page.getByRole('listbox').boundingBox();
  expect(Math.abs((field?.x ?? 0) - (list?.x ?? Infinity)), 'the list is beside its field').toBeLessThan(24);
  await page.keyboard.type('resource');
  await page.getByRole('option', { name: /^Resource ResourceId/ }).click();
  await expect(page.getByRole('table', { name: 'resources' })).toContainText('arn:aws:s3:::bucket');
  await page.getByRole('button', { name: 'By provider' }).click();
  await page.getByRole('option', { name: /^SKU SkuId/ }).click();
  await expect(page.getByRole('application', { name: /^Daily cost by SKU/ })).toBeVisible();
  expect(page.url()).toMatch(/by=resource.*stack=sku/);

  await page.goto(page.url().replace('by=resource', 'by=account'));
  await expect(page.getByRole('table', { name: 'accounts' })).toContainText(account);
  for (const width of [1920, 1280, 640]) {
    await page.setViewportSize({ width, height: 800 });
    await expectNoFigureCut(page);
  }
  await page.getByRole('button', { name: /^1 provider, charges through 12 Oct 2026/ }).click();
  await expect(page.getByRole('dialog', { name: 'Data by provider' })).toContainText('Most recent');
  await expectNoViolation(page);
});
