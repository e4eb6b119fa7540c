import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

import { expect, type Page, type TestInfo } from '@playwright/test';

import { charge, dropFiles, importFile, writeBill } from '../bill';

const days = Array.from({ length: 12 }, (_, index) => index + 1);
export const bill = days.map((day) => charge(day, '1.5', '1.25'));
const laterBill = [...days.map((day) => charge(day, day === 12 ? '2' : '1.5', '1.25')), charge(20, '100', '90', { ServiceName: 'Amazon Simple Storage Service' })];

/** A table that nothing recognises: its own names, a decimal comma, the day first. */
export const foreign = 'Datum;Produkt;Projekt;Betrag (EUR)\n03.10.2026;Cloud Server;shop;1.234,50\n25.10.2026;Volume;shop;0,10\nSumme;;;1.234,60\n';

export function writeText(path: string, text: string): string {
  writeBill(path, []);
  writeFileSync(path, text);
  return path;
}

export async function importBill(page: Page, info: TestInfo): Promise<void> {
  await importFile(page, writeBill(info.outputPath('october.csv'), bill));
}

/** The preview of a newer export of a bill that counts already. */
export async function previewNewer(page: Page, info: TestInfo): Promise<void> {
  await importBill(page, info);
  await dropFiles(page, [writeBill(info.outputPath('october-final.csv'), laterBill)]);
  await expect(page.getByRole('region', { name: '1 bill to be replaced' })).toBeVisible();
}

export async function replaceBill(page: Page, info: TestInfo): Promise<void> {
  await previewNewer(page, info);
  await page.getByRole('button', { name: 'Import 1 file', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Replace', exact: true })).toBeVisible();
}

/** Files of which each needs something else: one overlaps, one is cut off, one is there twice, one has a bad line, one is no bill. */
export async function previewAll(page: Page, info: TestInfo): Promise<void> {
  const path = (name: string) => info.outputPath(name);
  const machines = (from: number, cost: string) => Array.from({ length: 20 }, (_, at) => charge(5, at + from < 20 ? cost : '1234.5', '1.25', { BillingAccountId: '96', BillingAccountName: 'Retail', ResourceId: `machine-${at + from}` }));
  await importFile(page, writeBill(path('october.csv'), machines(0, '1.5')));
  const twin = (cost: string) => days.map((day) => charge(day, cost, cost, { BillingAccountId: '97' }));
  const long = 'a very long name of an export that somebody wrote by hand, with the client, the month and the word final (2) ‮gnp.xslx.csv';
  const september = writeBill(path('september.csv'), days.map((day) => charge(day, '12345678.91', '1', { BillingAccountId: '99' })));
  mkdirSync(path('again'), { recursive: true });
  copyFileSync(september, path('again/september.csv'));
  const whole = gzipSync(readFileSync(september));
  writeFileSync(path('cut.csv.gz'), whole.subarray(0, whole.length - 12));
  await dropFiles(page, [
    writeBill(path('october-other.csv'), machines(14, '2')),
    writeBill(path('one/invoice.csv'), twin('20')),
    writeBill(path('two/invoice.csv'), twin('22.75')),
    september,
    path('again/september.csv'),
    path('cut.csv.gz'),
    writeBill(path(long), [charge(1, '7', '7', { BillingAccountId: '98', BillingCurrency: 'JPY' }), charge(2, 'n/a', '1', { BillingAccountId: '98' })]),
    writeText(path('hoster.csv'), foreign),
  ]);
  await expect(page.getByText(/ to import, /)).toBeVisible();
}

export async function importBadLine(page: Page, info: TestInfo): Promise<void> {
  await importFile(page, writeBill(info.outputPath('october.csv'), [...bill, charge(13, 'n/a', '1')]));
}

/** An inventory of the client: two volumes, of which one is attached to nothing. */
const volumes = {
  Volumes: ['in-use', 'available'].map((State, at) => ({
    VolumeId: `vol-0b11bb22cc33dd40${at}`, VolumeType: 'gp3', Size: 60, State, AvailabilityZone: 'us-east-1a', CreateTime: '2026-02-03T10:11:12+00:00',
    Attachments: State === 'in-use' ? [{ VolumeId: `vol-0b11bb22cc33dd40${at}`, InstanceId: 'i-0a11bb22cc33dd401', State: 'attached' }] : [],
  })),
};

/** Drops a document of the client, which opens the list of them. */
export async function addDocument(page: Page, info: TestInfo): Promise<void> {
  const listed = page.getByRole('region', { name: 'Documents', exact: true }).getByText('describe-volumes.json').first();
  await dropFiles(page, [writeText(info.outputPath('describe-volumes.json'), JSON.stringify(volumes))], listed);
}

const purchases = [
  {
    Metadata: { GenerationTimestamp: '2026-10-30T20:00:00Z' },
    SavingsPlansPurchaseRecommendation: {
      AccountScope: 'PAYER', SavingsPlansType: 'COMPUTE_SP', TermInYears: 'ONE_YEAR', PaymentOption: 'NO_UPFRONT', LookbackPeriodInDays: 'THIRTY_DAYS',
      SavingsPlansPurchaseRecommendationDetails: [{ AccountId: '418273645501', CurrencyCode: 'USD', HourlyCommitmentToPurchase: '0.31', EstimatedMonthlySavingsAmount: '81.4' }],
    },
  },
  {
    Metadata: { GenerationTimestamp: '2026-10-30T20:00:00Z' },
    Recommendations: [
      {
        AccountScope: 'PAYER', TermInYears: 'ONE_YEAR', PaymentOption: 'NO_UPFRONT', LookbackPeriodInDays: 'THIRTY_DAYS',
        RecommendationDetails: [
          { AccountId: '418273645501', InstanceDetails: { RDSInstanceDetails: { InstanceType: 'db.m5.large', Region: 'eu-west-1' } }, RecommendedNumberOfInstancesToPurchase: '2', EstimatedMonthlySavingsAmount: '61.32', CurrencyCode: 'USD' },
        ],
      },
    ],
  },
];

/** Drops what AWS recommends to buy, and shows it beside what the simulator finds. */
export async function showRecommended(page: Page, info: TestInfo): Promise<void> {
  const listed = page.getByRole('region', { name: 'Documents', exact: true }).getByText('purchases.json').first();
  await dropFiles(page, [writeText(info.outputPath('purchases.json'), JSON.stringify(purchases))], listed);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Commitments' }).first().click();
  await page.getByRole('button', { name: 'Simulator' }).click();
  await page.getByRole('table', { name: 'Recommended by AWS' }).scrollIntoViewIfNeeded();
}
