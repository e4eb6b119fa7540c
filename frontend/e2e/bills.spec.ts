import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { expect, type Page, test } from '@playwright/test';

import { expectNoViolation } from './axe';
import { type BillLine, charge, createWorkspace, dropFiles, importFile, openPage, writeBill } from './bill';

const days = Array.from({ length: 12 }, (_, index) => index + 1);

const older = [...days.map((day) => charge(day, '1.5', '1.25')), charge(12, '7', '7', { ResourceId: 'withdrawn' })];

/** One line withdrawn (7), one dearer (+0.5), one of a day that was known (3), one of a further day (100) and a credit (−20). */
const newer = [
  ...days.map((day) => charge(day, day === 12 ? '2' : '1.5', '1.25')),
  charge(2, '3', '3', { ResourceId: 'late' }),
  charge(20, '100', '90', { ServiceName: 'Amazon Simple Storage Service', ServiceCategory: 'Storage', ResourceId: 'bucket' }),
  charge(20, '-20', '-20', { ChargeCategory: 'Credit', ResourceId: 'credit' }),
];

function rowOf(page: Page, text: RegExp) {
  return page.getByRole('grid', { name: 'Bills' }).getByRole('row').filter({ hasText: text });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a newer export shows what it changes, replaces, and the history keeps both, ${colorScheme}`, async ({ page }, info) => {
    test.slow();
    await page.emulateMedia({ colorScheme });
    await createWorkspace(page, `Restated ${colorScheme} ${Date.now()}`);
    await openPage(page, 'Bills');
    await expect(page.getByText('No bills yet')).toBeVisible();
    await expectNoViolation(page);
    await importFile(page, writeBill(info.outputPath('october.csv'), older));
    await dropFiles(page, [writeBill(info.outputPath('october-final.csv'), newer)]);

    await test.step('the preview shows what would be replaced, and the bill can be kept', async () => {
      const card = page.getByRole('region', { name: '1 bill to be replaced' });
      await expect(card.getByRole('row', { name: /^Current bill 25\.00 USD/ })).toBeVisible();
      await expect(card.getByRole('row', { name: /^Difference \+76\.50 USD \+66\.00 USD \+2$/ })).toBeVisible();
      await expectNoViolation(page);
      const choose = async (choice: string) => {
        await page.getByRole('combobox', { name: 'What to use for october-final.csv' }).click();
        await page.getByRole('option', { name: choice }).click();
      };
      await choose('Keep the current bill');
      await expect(page.getByRole('button', { name: 'Nothing to import' })).toBeDisabled();
      await choose('Use october-final.csv');
      await page.getByRole('button', { name: 'Import 1 file', exact: true }).click();
    });

    await test.step('what changes is exact to the digit, and adds up', async () => {
      await expect(page.getByText('This import replaces a bill')).toBeVisible();
      const whole = page.getByRole('table', { name: 'Before and now' });
      await expect(whole.getByRole('row', { name: /^Billed, USD 25\.00 101\.50 \+76\.50 \+306\.0 %$/ })).toBeVisible();
      await expect(whole.getByRole('row', { name: /^Credits, USD 0\.00 −20\.00 −20\.00/ })).toBeVisible();
      const why = page.getByRole('table', { name: 'Lines by kind of change' });
      await expect(why.getByRole('row', { name: 'New 3 +83.00 +73.00' })).toBeVisible();
      await expect(why.getByRole('row', { name: 'of these reported late 1 +3.00 +3.00' })).toBeVisible();
      await expect(why.getByRole('row', { name: 'Gone 1 −7.00 −7.00' })).toBeVisible();
      await expect(why.getByRole('row', { name: 'Changed 1 +0.50 0.00' })).toBeVisible();
      await expect(why.getByRole('row', { name: 'Unchanged 11' })).toBeVisible();
      await expect(why.getByRole('row', { name: 'Change +76.50 +66.00' })).toBeVisible();
      await expect(page.getByRole('heading', { name: 'AWS, Example payer (999988887777), Oct 2026' })).toBeVisible();
      await expect(page.getByRole('grid', { name: 'Services' }).getByRole('row').nth(1)).toContainText('Amazon Simple Storage Service');
      await expect(page.getByRole('grid', { name: 'Sub-accounts' }).getByRole('row').nth(1)).toContainText('payments-prod 111122223333');
      await expectNoViolation(page);
    });

    await test.step('nothing is lost by leaving', async () => {
      await openPage(page, 'Charges');
      await expect(page.getByRole('group', { name: 'Totals of these lines' })).toContainText('13 lines');
      await openPage(page, 'Imports');
      await expect(page.getByText(/october-final\.csv would replace 1 bill of the workspace/)).toBeVisible();
      await expectNoViolation(page);
      await page.getByRole('link', { name: /^Decide/ }).click();
      await page.getByRole('button', { name: 'Replace', exact: true }).click();
      await expect(page.getByRole('heading', { name: '15 lines imported' })).toBeVisible();
      await expectNoViolation(page);
    });

    await test.step('the bill has two versions, and says what changed between them', async () => {
      await openPage(page, 'Bills');
      await expect(rowOf(page, /AWS/)).toContainText('101.50');
      await expect(rowOf(page, /AWS/)).toContainText('Example payer 999988887777');
      await expectNoViolation(page);
      await page.getByRole('grid', { name: 'Bills' }).focus();
      await page.keyboard.press('Enter');
      const detail = page.getByRole('dialog', { name: 'AWS, Example payer (999988887777), Oct 2026' });
      await expect(detail.getByRole('listitem')).toHaveCount(2);
      await expect(detail.getByRole('listitem').first()).toContainText('Counted');
      await expect(detail.getByRole('listitem').last()).toContainText(/Replaced by import \d+/);
      await expect(detail.getByLabel(/^Totals of import \d+, USD$/).last()).toContainText('25.00');
      await detail.getByRole('button', { name: /^What changed/ }).click();
      await expect(detail.getByRole('row', { name: 'Change +76.50 +66.00' })).toBeVisible();
      await expectNoViolation(page);
      await page.reload();
      await expect(page.getByRole('row', { name: 'Change +76.50 +66.00' })).toBeVisible();
    });

    await test.step('the bill leads to its lines', async () => {
      await page.getByRole('link', { name: 'Charge lines' }).click();
      await expect(page.getByRole('group', { name: 'Totals of these lines' })).toContainText('15 lines');
    });
  });
}

const azureHeader =
  'BillingAccountId,BillingPeriodStartDate,BillingPeriodEndDate,SubscriptionId,Date,MeterId,MeterCategory,MeterName,Quantity,EffectivePrice,Cost,UnitPrice,BillingCurrency,ResourceLocation,ResourceId,UnitOfMeasure,ReservationId,ChargeType,Frequency,PublisherType,PayGPrice,PricingModel';

/** Amortized cost details of three machines, a reservation that covers one more, and what of it is unused: 35 a day. */
function writeCostDetails(path: string): string {
  const line = (day: number, resource: string, cost: string, reservation: string, type: string, model: string) =>
    `100,10/01/2026,10/31/2026,s-1,10/${String(day).padStart(2, '0')}/2026,m-1,Virtual Machines,B2s,24,1,${cost},1,EUR,US East,/subscriptions/s-1/vm/${resource},1 Hour,${reservation},${type},UsageBased,Azure,1,${model}`;
  const rows = days.flatMap((day) => [
    ...['web-0', 'web-1', 'web-2'].map((name) => line(day, name, '10', '', 'Usage', 'OnDemand')),
    line(day, '', '1', 'r-1', 'UnusedReservation', 'Reservation'),
    line(day, 'db', '4', 'r-1', 'Usage', 'Reservation'),
  ]);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${[azureHeader, ...rows].join('\n')}\n`);
  return path;
}

const microsoft: BillLine = { ProviderName: 'Microsoft', PublisherName: 'Microsoft', InvoiceIssuerName: 'Microsoft', BillingAccountId: '/providers/Microsoft.Billing/billingAccounts/100', BillingCurrency: 'EUR', ServiceName: 'Virtual Machines' };

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a second export of a bill is not counted until the person uses it, ${colorScheme}`, async ({ page }, info) => {
    test.slow();
    await page.emulateMedia({ colorScheme });
    await createWorkspace(page, `Two exports ${colorScheme} ${Date.now()}`);
    await importFile(page, writeCostDetails(info.outputPath('amortized.csv')));
    const twin = days.map((day) => charge(day, '35', '35', microsoft));
    const focus = writeBill(info.outputPath('focus.csv'), twin);
    await test.step('the preview says already which is counted', async () => {
      await dropFiles(page, [focus]);
      await expect(page.getByRole('region', { name: 'No double counting' }).getByRole('row').nth(2)).toContainText(/Not counted.*Azure, amortized costs.*amortized\.csv/);
      await expectNoViolation(page);
    });
    await importFile(page, focus);

    await test.step('the import says what is counted and what is not', async () => {
      const panel = page.getByRole('region', { name: 'No double counting' });
      await expect(panel.getByRole('row').nth(1)).toContainText(/Counted.*FOCUS.*focus\.csv/);
      await expect(panel.getByRole('row').nth(2)).toContainText(/Not counted.*Azure, amortized costs.*amortized\.csv/);
      await expectNoViolation(page);
      await openPage(page, 'Charges');
      await expect(page.getByRole('group', { name: 'Totals of these lines' })).toContainText('12 lines');
      await openPage(page, 'Imports');
      await expect(page.getByText('Not counted', { exact: true })).toBeVisible();
    });

    await test.step('the other export is used after one question', async () => {
      await openPage(page, 'Bills');
      await expect(rowOf(page, /Microsoft/)).toContainText('1 not counted');
      await rowOf(page, /Microsoft/).getByText('Oct 2026', { exact: true }).click();
      await expect(page.getByRole('region', { name: 'This bill comes from 2 exports' }).getByRole('listitem')).toHaveText([/^FOCUS\s*Used/, /^Azure, amortized costs\s*Not used/]);
      await page.getByRole('button', { name: 'Use this export: Azure, amortized costs' }).click();
      await expect(page.getByRole('dialog', { name: 'Use Azure, amortized costs for this bill?' })).toContainText(/Now.*FOCUS.*After.*Azure, amortized costs/);
      await expectNoViolation(page);
      await page.getByRole('button', { name: 'Use Azure, amortized costs' }).click();
      await expect(page.getByText('Source: Azure, amortized costs', { exact: true })).toBeVisible();
      await expect(page.getByRole('button', { name: 'Use this export: FOCUS' })).toBeVisible();
      await page.getByRole('button', { name: 'Count both…' }).click();
      await expect(page.getByRole('dialog', { name: 'Count all exports?' })).toContainText('its cost is doubled');
      await expectNoViolation(page);
      await page.getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('link', { name: 'Charge lines' }).click();
      await expect(page.getByRole('group', { name: 'Totals of these lines' })).toContainText('60 lines');
    });
  });
}
