import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';

import { charge, createWorkspace, importFile, openPage, writeBill } from './bill';

test('the data quality of a bill with gaps, and the charges behind one', async ({ page }, info) => {
  const lines = Array.from({ length: 31 }, (_, at) => charge(at + 1, '10', '10', { Tags: '{"team":"red"}' })).filter((_, at) => at !== 4);
  lines.push(charge(7, '900', '900', { ResourceId: '', ResourceName: '' }), charge(8, '10', '10', { Tags: '{"team":"red"}' }));
  const path = writeBill(info.outputPath('bill.csv'), lines);
  await createWorkspace(page, `Quality ${Date.now()}`);

  await openPage(page, 'Data quality');
  await expect(page.getByText('No data yet')).toBeVisible();

  await importFile(page, path);
  await openPage(page, 'Data quality');
  const card = page.getByRole('region', { name: /^Totals are nearly complete/ });
  await expect(card.getByRole('list').getByText('1 of 31 days from 1 Oct 2026 to 31 Oct 2026 has no charges; the first is 5 Oct 2026.')).toBeVisible();
  await expect(card.getByText(/^1 line equals an earlier line in every column, billed 10\.00 USD\./)).toBeVisible();
  await expect(page.getByRole('row', { name: /^Tag compliance/ })).toContainText('not in this version');

  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  expect(violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes[0]?.html ?? ''})`)).toEqual([]);

  await card.getByRole('link', { name: /^Charges of the finding: .*names its resource/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Charges' })).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Charge lines' })).toBeVisible();
  await expect(page.getByTitle('900 USD').first()).toBeVisible();
});
