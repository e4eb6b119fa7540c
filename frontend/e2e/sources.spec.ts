import { expect, type Locator, type Page, test } from '@playwright/test';

import { type BillLine, billText, charge, openPage } from './bill';
import { type Cloud, serviceAccountKey, startCloud } from './cloud';
import { azureAccount, azureKey, type Emulator, hasEmulators, startAzurite, startFakeGcs, startMoto } from './emulators';
import { freePort, open, start, stop } from './program';

/** One cloud as a person connects it: its kind, how it delivers a month, what is held in the middle, and what is entered. */
type Case = {
  name: string;
  kind: RegExp;
  start: (home: string) => Promise<Emulator>;
  bill: BillLine;
  deliver: (month: string, bill: string) => [key: string, content: string][];
  held: string;
  enter: (form: Locator, cloud: Cloud) => Promise<void>;
};

const field = (form: Locator, name: string) => form.getByRole('textbox', { name });

const clouds: Case[] = [
  {
    name: 'Amazon',
    kind: /^AWS exports/,
    start: startMoto,
    bill: {},
    deliver: (month, bill) => {
      const part = `exports/daily/data/BILLING_PERIOD=${month}/daily-00001.csv`;
      const manifest = { executionId: month, exportArn: 'arn:aws:bcm-data-exports:us-east-1:123456789012:export/daily', dataFiles: [`s3://acme-billing/${part}`], columns: [{ name: 'BilledCost', type: 'double' }] };
      return [[part, bill], [`exports/daily/metadata/BILLING_PERIOD=${month}/daily-Manifest.json`, JSON.stringify(manifest)]];
    },
    held: '/data/BILLING_PERIOD=2026-09/',
    enter: async (form, cloud) => {
      await field(form, 'Bucket (required)').fill('acme-billing');
      await field(form, 'Access key ID').fill('AKIAIOSFODNN7EXAMPLE');
      await form.getByLabel('Secret access key').fill('planted-secret-key');
      await form.getByRole('button', { name: 'More options' }).click();
      await field(form, 'S3 endpoint').fill(cloud.address);
      await field(form, 'STS endpoint').fill(cloud.address);
    },
  },
  {
    name: 'Azure',
    kind: /^Azure exports/,
    start: startAzurite,
    bill: { BillingAccountId: '12345678', BillingAccountName: 'Example enrollment', ProviderName: 'Microsoft', PublisherName: 'Microsoft', InvoiceIssuerName: 'Microsoft' },
    deliver: (month, bill) => {
      const run = `focus/daily/${month.replace('-', '')}01-${month.replace('-', '')}28/r-${month}`;
      return [[`${run}/costs-${month}.csv`, bill], [`${run}/manifest.json`, JSON.stringify({ manifestVersion: '2024-04-01', blobs: [{ blobName: `costs-${month}.csv`, byteCount: bill.length }], runInfo: { runId: month } })]];
    },
    held: 'costs-2026-09.csv',
    enter: async (form, cloud) => {
      await field(form, 'Storage account (required)').fill(azureAccount);
      await field(form, 'Container (required)').fill('acme-billing');
      await form.getByRole('button', { name: 'More options' }).click();
      await form.getByLabel('Account key').fill(azureKey);
      await field(form, 'Blob endpoint').fill(cloud.address);
    },
  },
  {
    name: 'Google',
    kind: /Cloud Storage/,
    start: startFakeGcs,
    bill: { BillingAccountId: '0X0X0X-0X0X0X-0X0X0X', BillingAccountName: 'Example account', ProviderName: 'Google Cloud', PublisherName: 'Google Cloud', InvoiceIssuerName: 'Google Cloud' },
    deliver: (month, bill) => [[`focus/${month}/costs-${month}.csv`, bill]],
    held: 'costs-2026-09.csv',
    enter: async (form, cloud) => {
      await field(form, 'Bucket (required)').fill('acme-billing');
      await form.getByLabel('Service account key').fill(serviceAccountKey(cloud));
      await form.getByRole('button', { name: 'More options' }).click();
      await field(form, 'Cloud Storage endpoint').fill(cloud.address);
    },
  },
];

function october(more: BillLine): BillLine[] {
  return Array.from({ length: 10 }, (_, at) => charge(at + 1, '10', '10', more));
}

function september(more: BillLine): BillLine[] {
  const day = (of: number) => `2026-09-0${of}T00:00:00Z`;
  return Array.from({ length: 5 }, (_, at) => charge(at + 1, '3', '3', { ...more, BillingPeriodStart: day(1), BillingPeriodEnd: '2026-10-01T00:00:00Z', ChargePeriodStart: day(at + 1), ChargePeriodEnd: day(at + 2) }));
}

/** Adds a connection in the form, which tests it. */
async function connect(page: Page, { name, kind, enter }: Case, cloud: Cloud): Promise<void> {
  await openPage(page, 'Sources');
  await page.getByRole('button', { name: 'Add connection' }).click();
  const form = page.getByRole('dialog', { name: 'Add connection' });
  await form.getByRole('combobox', { name: 'Kind' }).click();
  await page.getByRole('option', { name: kind }).click();
  await form.getByRole('textbox', { name: 'Name' }).fill(name);
  await enter(form, cloud);
  await form.getByRole('button', { name: 'Save and test' }).click();
  const tested = page.getByRole('dialog', { name: `Test ${name}` });
  await expect(tested.getByRole('list', { name: 'Steps' })).toContainText('2 months, Sep – Oct 2026');
  await expect(tested.getByRole('list', { name: 'Steps' })).toContainText('What the first sync does');
}

test('each cloud is connected in the window, and a sync whose program is killed goes on by itself', async ({ page }, info) => {
  test.skip(!hasEmulators, 'What plays the clouds is not installed; build/emulators installs it.');
  test.slow();
  const home = info.outputPath('home');
  const port = await freePort();
  const running = await Promise.all(clouds.map(async (one) => startCloud(await one.start(home))));
  let program = start(home, port);
  try {
    await open(page, port);
    await page.getByRole('button', { name: /New client workspace/ }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Synced');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();

    for (const [at, one] of clouds.entries()) {
      const cloud = running[at];
      if (!cloud) throw new Error('There is a cloud for each case.');
      const card = page.getByRole('region', { name: one.name });

      await test.step(`${one.name} is connected, and its first number is there while the sync goes on`, async () => {
        for (const [month, lines] of [['2026-10', october(one.bill)], ['2026-09', september(one.bill)]] as const) {
          for (const [key, content] of one.deliver(month, billText(lines))) await cloud.put(key, content);
        }
        await connect(page, one, cloud);
        const held = cloud.hold(one.held); // a test reads the beginning of a file, too
        await page.getByRole('dialog', { name: `Test ${one.name}` }).getByRole('button', { name: 'Sync now' }).click();
        await held;
        await openPage(page, 'Overview');
        await expect(page.getByTitle(`${100 * (at + 1)} USD`).first()).toBeVisible();
        await openPage(page, 'Sources');
        await expect(card).toContainText('Syncing');
      });

      await test.step(`killed and started again, the sync of ${one.name} goes on where it was`, async () => {
        await stop(program, 'SIGKILL');
        await page.goto('about:blank');
        cloud.release();
        program = start(home, port);
        await open(page, port);
        await openPage(page, 'Sources');
        await expect(card).toContainText('Up to date');
        await expect(card).toContainText('Sep – Oct 2026');
        await expect(card).toContainText(at === 0 ? 'Sep 2026: 15.00 USD, new' : /Sep 2026: [\d.]+ USD, \+15\.00 USD/);
      });
    }

    await test.step('the history says what each run did, and every line is there once', async () => {
      await page.getByRole('button', { name: 'History' }).click();
      const runs = page.getByRole('row', { name: /^(Amazon|Azure|Google), / });
      await expect(runs).toHaveCount(6);
      await expect(page.getByRole('row', { name: /^Google, / }).first()).toContainText('Imported Sep 2026');
      await expect(page.getByRole('row', { name: /^Google, / }).last()).toContainText('Interrupted');
      await openPage(page, 'Imports');
      await page.getByRole('button', { name: 'Verify totals' }).click();
      await expect(page.getByText('All totals agree.')).toBeVisible();
    });
  } finally {
    await stop(program);
    await Promise.all(running.map((cloud) => cloud.stop()));
  }
});
