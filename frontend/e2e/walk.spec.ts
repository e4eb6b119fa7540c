import { expect, type Page, test } from '@playwright/test';

import { expectBackFindsAll } from './back';
import { openDemo, openPage } from './bill';

type Bound = Record<string, Record<string, (...args: unknown[]) => Promise<unknown>>>;
type ProgramWindow = Window & { go: { desktop: Bound }; asked?: unknown[] };

/** Exports through the page; the dialog for the place is the system's and cannot be driven from here. Returns the question that is written as a file. */
async function questionOfExport(page: Page, call: string): Promise<unknown> {
  await page.evaluate((method) => {
    const ledger = (window as unknown as ProgramWindow).go.desktop['Ledger'];
    if (!ledger) throw new Error('The program has no ledger.');
    ledger[method] = (...args) => {
      (window as unknown as ProgramWindow).asked = args;
      return Promise.resolve('/bills/charges.csv');
    };
  }, call);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'CSV file' }).click();
  await expect(page.getByText('Saved as /bills/charges.csv')).toBeVisible();
  return page.evaluate(() => (window as unknown as ProgramWindow).asked);
}

test('an analyst goes from the welcome page to an invoice of the demo client, and back finds every page as it was left', async ({ page }) => {
  const main = page.locator('#main');
  const services = page.getByRole('table', { name: 'services' });
  const grid = page.getByRole('grid', { name: 'Charge lines' });
  const summary = page.getByRole('group', { name: 'Totals of these lines' });
  const drawer = page.getByRole('dialog', { name: 'Line 60' });
  let scrolled = 0;

  await test.step('the demo client is opened', async () => {
    await openDemo(page);
  });

  await test.step('a part of the chart filters the page, and its figure leads to the lines', async () => {
    await page.getByTitle('Show only AWS', { exact: true }).click();
    await expect(services).not.toContainText('BigQuery');
    const lines = services.getByRole('link', { name: 'Charge lines of Amazon EC2' });
    await lines.scrollIntoViewIfNeeded();
    scrolled = await main.evaluate(({ scrollTop }) => scrollTop);
    expect(scrolled).toBeGreaterThan(0);
    await lines.click();
    await expect(summary).toContainText(/^[\d,]+ lines/);
    await expect(grid.locator('[data-row="0"]')).toContainText('Amazon EC2');
  });

  await test.step('a line opens as a drawer', async () => {
    await grid.focus();
    for (let row = 0; row < 59; row += 1) await page.keyboard.press('ArrowDown');
    await expect(grid.locator('[data-row="59"]')).toBeInViewport();
    await page.keyboard.press('Enter');
    await expect(drawer.getByRole('region', { name: 'Cost' })).toContainText('USD');
  });

  await test.step('back and forward find the scrolled page, the selected line and the open drawer', async () => {
    await page.goBack();
    await expect(services).not.toContainText('BigQuery');
    await expect.poll(() => main.evaluate(({ scrollTop }) => scrollTop)).toBe(scrolled);
    await page.goForward();
    await expect(drawer).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(drawer).toBeHidden();
    await expect(grid.locator('[data-row="59"]')).toBeInViewport();
    await grid.focus();
    await page.keyboard.press('Enter');
    await expect(drawer).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(drawer).toBeHidden();
  });

  await test.step('the export has the filter of the page', async () => {
    const asked = JSON.stringify(await questionOfExport(page, 'ExportLines'));
    expect(asked).toContain('"Amazon EC2"');
    expect(asked).toContain('"AWS"');
  });

  for (const [name, list] of [
    ['Bills', 'Bills'],
    ['Savings', 'Findings'],
  ] as const) {
    await test.step(`back to ${name} finds the scrolled list, the selected row and the open drawer`, async () => {
      await openPage(page, name);
      await expectBackFindsAll(page, page.getByRole('grid', { name: list }));
    });
  }

  await test.step('the bill of the newest month is compared with its invoice', async () => {
    await openPage(page, 'Bills');
    await page.getByRole('grid', { name: 'Bills' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog').getByText('Counted')).toBeVisible();
    await page.keyboard.press('Escape');
    await openPage(page, 'Reconciliation');
    const invoices = page.getByRole('grid', { name: 'Invoices and the ledger' });
    await invoices.getByRole('link').first().click();
    await expect(page.getByRole('table', { name: 'Steps from the ledger to the invoice' })).toBeVisible();
    await page.goBack();
    await expect(invoices).toBeVisible();
  });
});
