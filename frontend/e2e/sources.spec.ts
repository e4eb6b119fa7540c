import { expect, type Page, test } from '@playwright/test';

import { type BillLine, billText, charge, openPage } from './bill';
import { type Cloud, hasMoto, startCloud } from './cloud';
import { freePort, open, start, stop } from './program';

const bucket = '/acme-billing';

/** Delivers a month of an export as AWS does: the data, then the manifest. */
async function deliver(cloud: Cloud, month: string, lines: BillLine[]): Promise<void> {
  const part = `exports/daily/data/BILLING_PERIOD=${month}/daily-00001.csv`;
  await cloud.put(`${bucket}/${part}`, billText(lines));
  const manifest = { executionId: month, exportArn: 'arn:aws:bcm-data-exports:us-east-1:123456789012:export/daily', dataFiles: [`s3:/${bucket}/${part}`], columns: [{ name: 'BilledCost', type: 'double' }] };
  await cloud.put(`${bucket}/exports/daily/metadata/BILLING_PERIOD=${month}/daily-Manifest.json`, JSON.stringify(manifest));
}

const october = Array.from({ length: 10 }, (_, at) => charge(at + 1, '10', '10'));
const september = Array.from({ length: 5 }, (_, at) => {
  const day = (of: number) => `2026-09-0${of}T00:00:00Z`;
  return charge(at + 1, '3', '3', { BillingPeriodStart: '2026-09-01T00:00:00Z', BillingPeriodEnd: '2026-10-01T00:00:00Z', ChargePeriodStart: day(at + 1), ChargePeriodEnd: day(at + 2) });
});

async function connect(page: Page, cloud: Cloud): Promise<void> {
  await openPage(page, 'Sources');
  await page.getByRole('button', { name: 'Add connection' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add connection' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Production');
  await dialog.getByRole('textbox', { name: 'Bucket (required)' }).fill('acme-billing');
  await dialog.getByRole('textbox', { name: 'Access key ID' }).fill('AKIAIOSFODNN7EXAMPLE');
  await dialog.getByLabel('Secret access key').fill('planted-secret-key');
  await dialog.getByRole('button', { name: 'More options' }).click();
  await dialog.getByRole('textbox', { name: 'S3 endpoint' }).fill(cloud.address);
  await dialog.getByRole('textbox', { name: 'STS endpoint' }).fill(cloud.address);
  await dialog.getByRole('button', { name: 'Save and test' }).click();
}

test('an export in S3 is connected in the window, and a sync whose program is killed goes on by itself', async ({ page }, info) => {
  test.skip(!hasMoto, 'moto, which plays AWS, is not installed; build/emulators installs it.');
  test.slow();
  const cloud = await startCloud();
  const home = info.outputPath('home');
  const port = await freePort();
  let program = start(home, port);
  const card = page.getByRole('region', { name: 'Production' });
  try {
    await cloud.put(bucket, '');
    await deliver(cloud, '2026-10', october);
    await deliver(cloud, '2026-09', september);
    await open(page, port);
    await page.getByRole('button', { name: /New client workspace/ }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Synced');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();

    await test.step('the connection is added and tested', async () => {
      await connect(page, cloud);
      const steps = page.getByRole('dialog', { name: 'Test Production' }).getByRole('list', { name: 'Steps' });
      await expect(steps).toContainText('exports/daily: 2 months, 2026-09 to 2026-10');
      await expect(steps).toContainText('What the first sync does');
    });

    await test.step('the first number is there while the sync goes on, and there the program is killed', async () => {
      const held = cloud.hold('/data/BILLING_PERIOD=2026-09/');
      await page.getByRole('dialog', { name: 'Test Production' }).getByRole('button', { name: 'Sync now' }).click();
      await held;
      await openPage(page, 'Overview');
      await expect(page.getByTitle('100 USD').first()).toBeVisible();
      await openPage(page, 'Sources');
      await expect(card).toContainText('Syncing');
      await expect(card.getByRole('list', { name: 'Running jobs' })).toContainText(/Fetching 2026-09|Looking|Reading/);
      await stop(program, 'SIGKILL');
      await page.goto('about:blank');
      cloud.release();
    });

    await test.step('started again, the sync goes on where it was', async () => {
      program = start(home, port);
      await open(page, port);
      await openPage(page, 'Sources');
      await expect(card).toContainText('Up to date');
      await expect(card).toContainText('Sep – Oct 2026');
      await page.getByRole('button', { name: 'History' }).click();
      const runs = page.getByRole('row', { name: /^Production, / });
      await expect(runs).toHaveCount(2);
      await expect(runs.first()).toContainText('Imported 2026-09 exports/daily.');
      await expect(runs.first()).toContainText('5');
      await expect(runs.last()).toContainText('Interrupted');
    });

    await test.step('every line is there once', async () => {
      await openPage(page, 'Imports');
      await page.getByRole('button', { name: 'Verify totals' }).click();
      await expect(page.getByText('All totals agree.')).toBeVisible();
    });
  } finally {
    await stop(program);
    await cloud.stop();
  }
});
