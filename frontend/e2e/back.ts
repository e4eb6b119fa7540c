import { expect, type Locator, type Page } from '@playwright/test';

/** The row that the keyboard stands on in a table. */
function selectedRow(grid: Locator): Promise<number> {
  return grid.evaluate((table) => Number(document.getElementById(table.getAttribute('aria-activedescendant') ?? '')?.closest<HTMLElement>('[data-row]')?.dataset['row'] ?? -1));
}

/**
 * Opens the last row of a table, leaves for another page and goes back: the drawer is open, the table scrolled and the row
 * selected as before, and Enter opens it again.
 */
export async function expectBackFindsAll(page: Page, grid: Locator): Promise<void> {
  const main = page.locator('#main');
  const scrolled = () => main.evaluate(({ scrollTop }) => scrollTop);
  await expect(grid.locator('[data-row="0"] [data-column]').first()).toBeVisible();
  await expect(grid).not.toHaveAttribute('aria-busy', 'true');
  await grid.press('Control+End');
  await expect.poll(() => selectedRow(grid)).toBeGreaterThan(0);
  const row = await selectedRow(grid);
  const last = grid.locator(`[data-row="${row}"]`);
  // Only what came from the Go side can be opened.
  await expect(last.locator('[data-column]').filter({ hasText: /\d/ }).first()).toBeInViewport();
  const top = await scrolled();
  await page.keyboard.press('Enter');
  const title = page.getByRole('dialog').getByRole('heading').first();
  const opened = await title.innerText();
  const address = page.url();

  // The rail is behind the drawer.
  await page.evaluate(() => (window.location.hash = '#/imports'));
  await expect(page.getByRole('heading', { level: 1, name: 'Imports' })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(address);
  await expect(title).toHaveText(opened);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(last).toBeInViewport();
  await expect.poll(scrolled).toBe(top);
  await expect.poll(() => selectedRow(grid)).toBe(row);
  await grid.press('Enter');
  await expect(title).toHaveText(opened);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
}
