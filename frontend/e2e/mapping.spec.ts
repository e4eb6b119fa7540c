import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

import { createWorkspace, dropFiles, openPage } from './bill';

/** An invoice of a hoster as it comes: its own names, a decimal comma, the day first, a line of totals, one value that is no number. */
const invoice = [
  'Datum;Produkt;Projekt;Betrag (EUR);Team',
  '03.10.2026;Cloud Server;shop;1.234,50;red',
  '25.10.2026;Volume;shop;0,10;',
  '26.10.2026;Credit;shop;-34,60;red',
  '26.10.2026;Traffic;shop;viel;red',
  'Summe;;;1.200,00;',
].join('\n');

function writeTable(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${text}\n`);
  return path;
}

async function expectNoViolation(page: Page): Promise<void> {
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== 'running' || animation.effect?.getTiming().iterations === Infinity));
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes[0]?.html ?? ''})`)).toEqual([]);
}

test('a table that nothing recognises is mapped once, imported with exact totals, and known from then on', async ({ page }, info) => {
  test.slow(); // three looks of axe at a page of many menus
  const path = writeTable(info.outputPath('october.csv'), invoice);
  await createWorkspace(page, `Mapped ${Date.now()}`);

  await test.step('it is left out, and its columns can be mapped', async () => {
    await dropFiles(page, [path]);
    await expect(page.getByText('a table that is no known billing export')).toBeVisible();
    await page.getByRole('button', { name: 'Map the columns of october.csv' }).click();
    await expect(page.getByRole('heading', { name: 'Map the columns' })).toBeVisible();
  });

  await test.step('the suggestion has its reasons, and asks for what it cannot know', async () => {
    await expect(page.getByRole('combobox', { name: 'BilledCost' })).toHaveValue('Betrag (EUR)');
    await expect(page.getByRole('combobox', { name: 'ChargePeriodStart' })).toHaveValue('Datum');
    await expect(page.getByRole('button', { name: 'Day first' })).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByRole('button', { name: '1.234,56' })).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByText('Name the provider of the bill (ProviderName)').first()).toBeVisible();
    await expectNoViolation(page);
  });

  await test.step('the first lines add up, and what cannot be read is named', async () => {
    await page.getByRole('combobox', { name: 'ProviderName' }).fill('Hetzner');
    await page.getByRole('option', { name: 'Always “Hetzner”' }).click();
    await expect(page.getByRole('group', { name: 'Totals of these lines' })).toContainText('Billed cost, EUR1,200.00');
    await expect(page.getByText('Line 6: The line says "Summe"')).toBeVisible();
    await expect(page.getByRole('grid', { name: 'First lines as charges' })).toContainText('1234.50');
    await expectNoViolation(page);
  });

  await test.step('it is saved and imported', async () => {
    await page.getByRole('textbox', { name: 'Name of the mapping' }).fill('Hetzner invoice');
    await page.getByRole('button', { name: 'Import with this mapping' }).click();
    await expect(page.getByRole('heading', { name: 'Import preview' })).toBeVisible();
    await page.getByRole('button', { name: 'Import 1 file', exact: true }).click();
    await expect(page.getByRole('heading', { name: '3 lines imported' })).toBeVisible();
    await openPage(page, 'Overview');
    await expect(page.getByTitle('1,200 EUR').first()).toBeVisible();
  });

  await test.step('the next invoice is known', async () => {
    const next = writeTable(info.outputPath('november.csv'), 'Datum;Produkt;Projekt;Betrag (EUR);Team\n01.11.2026;Cloud Server;shop;5,00;red');
    await dropFiles(page, [next]);
    await expect(page.getByRole('button', { name: 'Import 1 file', exact: true })).toBeEnabled();
  });

  await test.step('the mapping is in the list', async () => {
    await openPage(page, 'Imports');
    await page.getByRole('link', { name: 'Saved mappings' }).click();
    await expect(page.getByRole('table', { name: 'Saved mappings' })).toContainText('Hetzner invoice');
    await expectNoViolation(page);
  });
});

test('what is no table says what it seems to be and offers no mapping', async ({ page }, info) => {
  const page1 = writeTable(info.outputPath('page.html'), '<!DOCTYPE html><form><input type="password"></form>');
  const prices = writeTable(info.outputPath('prices.csv'), 'provider,instance_type,vcpu,on_demand_hourly_usd');
  await createWorkspace(page, `No table ${Date.now()}`);
  await dropFiles(page, [page1, prices]);
  await expect(page.getByText('an HTML page to sign in; sign in and download the export again')).toBeVisible();
  await expect(page.getByText('a list of machine prices; it holds no charges')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Map the columns/ })).toHaveCount(0);
});
