import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { expect, type Locator, type Page } from '@playwright/test';

/** The columns of FOCUS 1.0, in the order of the specification. */
const header = [
  'AvailabilityZone', 'BilledCost', 'BillingAccountId', 'BillingAccountName', 'BillingCurrency', 'BillingPeriodEnd', 'BillingPeriodStart',
  'ChargeCategory', 'ChargeClass', 'ChargeDescription', 'ChargeFrequency', 'ChargePeriodEnd', 'ChargePeriodStart',
  'CommitmentDiscountCategory', 'CommitmentDiscountId', 'CommitmentDiscountName', 'CommitmentDiscountStatus', 'CommitmentDiscountType',
  'ConsumedQuantity', 'ConsumedUnit', 'ContractedCost', 'ContractedUnitPrice', 'EffectiveCost', 'InvoiceIssuerName', 'ListCost',
  'ListUnitPrice', 'PricingCategory', 'PricingQuantity', 'PricingUnit', 'ProviderName', 'PublisherName', 'RegionId', 'RegionName',
  'ResourceId', 'ResourceName', 'ResourceType', 'ServiceCategory', 'ServiceName', 'SkuId', 'SkuPriceId', 'SubAccountId', 'SubAccountName', 'Tags',
];

export type BillLine = Record<string, string>;

const common: BillLine = {
  BillingAccountId: '999988887777',
  BillingAccountName: 'Example payer',
  BillingCurrency: 'USD',
  BillingPeriodStart: '2026-10-01T00:00:00Z',
  BillingPeriodEnd: '2026-11-01T00:00:00Z',
  ChargeCategory: 'Usage',
  ChargeFrequency: 'Usage-Based',
  ConsumedQuantity: '1',
  ConsumedUnit: 'Hours',
  InvoiceIssuerName: 'AWS',
  PricingCategory: 'Standard',
  PricingQuantity: '1',
  PricingUnit: 'Hours',
  ProviderName: 'AWS',
  PublisherName: 'AWS',
  RegionId: 'eu-west-1',
  RegionName: 'Europe (Ireland)',
  ServiceCategory: 'Compute',
  ServiceName: 'Amazon Elastic Compute Cloud',
  SkuId: 'SKU1',
  SkuPriceId: 'SKU1.P1',
  SubAccountId: '111122223333',
  SubAccountName: 'payments-prod',
  ChargeDescription: 'An hour of a machine',
};

/** One charge of a day of October 2026; list and contracted cost equal the billed one unless given. */
export function charge(day: number, billed: string, effective: string, more: BillLine = {}): BillLine {
  const date = (of: number) => `2026-10-${String(of).padStart(2, '0')}T00:00:00Z`;
  return {
    ...common,
    BilledCost: billed,
    EffectiveCost: effective,
    ListCost: billed,
    ContractedCost: billed,
    ChargePeriodStart: date(day),
    ChargePeriodEnd: date(day + 1),
    ResourceId: `machine-${day}`,
    ResourceName: `machine-${day}`,
    ...more,
  };
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** A FOCUS file. */
export function billText(lines: BillLine[]): string {
  const rows = lines.map((line) => header.map((name) => quoted(line[name] ?? '')).join(','));
  return `${[header.join(','), ...rows].join('\n')}\n`;
}

/** Writes a FOCUS file for the program to import. */
export function writeBill(path: string, lines: BillLine[]): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, billText(lines));
  return path;
}

type ProgramWindow = Window & {
  go: { desktop: { Workspaces: { Close(): Promise<void> } } };
  runtime: { EventsEmit(name: string, ...data: unknown[]): void };
};

/** The welcome page, whatever an earlier test left open. */
async function openWelcome(page: Page): Promise<void> {
  await page.goto('/');
  await page.waitForFunction(() => 'go' in window && 'runtime' in window);
  await page.evaluate(() => (window as unknown as ProgramWindow).go.desktop.Workspaces.Close());
  await page.goto('/');
  await page.reload();
}

/** Opens the demo client from the welcome page. */
export async function openDemo(page: Page): Promise<void> {
  await openWelcome(page);
  await page.getByRole('button', { name: /^Open the demo client/ }).click();
  await expect(page.getByRole('table', { name: 'services' })).toBeVisible();
}

/** Closes whatever client an earlier test left open and makes a new one by hand. */
export async function createWorkspace(page: Page, name: string): Promise<void> {
  await openWelcome(page);
  await page.getByRole('button', { name: /New client workspace/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeVisible();
  await expect(dialog).toBeHidden(); // it leads to the Overview when it closes, also from a page that was opened before
}

/**
 * Does what dropping files on the window does, and waits for what is shown then; the drop itself is the system's and cannot be
 * driven from here.
 */
export async function dropFiles(page: Page, paths: string[], shown: Locator = page.getByRole('heading', { name: 'Import preview' })): Promise<void> {
  // A page that has just come up may not listen yet.
  await expect(async () => {
    await page.evaluate((dropped) => (window as unknown as ProgramWindow).runtime.EventsEmit('files:dropped', dropped), paths);
    await expect(shown).toBeVisible({ timeout: 10_000 });
  }).toPass();
}

/** Imports one new file through its preview. */
export async function importFile(page: Page, path: string): Promise<void> {
  await dropFiles(page, [path]);
  await page.getByRole('button', { name: 'Import 1 file', exact: true }).click();
  await expect(page.getByRole('heading', { name: /^[\d,]+ lines? imported$/ })).toBeVisible();
}

/** Goes to a page of the rail. */
export async function openPage(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}
