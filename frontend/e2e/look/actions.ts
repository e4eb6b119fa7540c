import { expect, type Locator, type Page, test } from '@playwright/test';

import { isDemo } from './workspaces';

/** Leaves a view out where a workspace has nothing of it; the demo client has something of each. */
export async function have(control: Locator): Promise<void> {
  if (isDemo) return;
  const there = await control.first().waitFor({ timeout: 8000 }).then(() => true, () => false);
  test.skip(!there, 'This workspace has nothing of it.');
}

export async function press(control: Locator): Promise<void> {
  await have(control);
  await control.first().click();
}

export const button = (name: string | RegExp) => (page: Page) => press(page.getByRole('button', { name, exact: typeof name === 'string' }));

export const workspaceMenu = async (page: Page) => {
  await press(page.getByRole('button', { name: /^Workspace / }));
  await expect(page.getByRole('menu')).toBeVisible();
};

export const inWorkspaceMenu = (item: string | RegExp) => async (page: Page) => {
  await workspaceMenu(page);
  await press(page.getByRole('menuitem', { name: item }));
  await expect(page.getByRole('dialog')).toBeVisible();
};

/** Opens the first row of a grid. */
export const firstRow = (name: string) => async (page: Page) => {
  const grid = page.getByRole('grid', { name });
  await have(grid);
  await grid.focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
};

/** Opens the page of a budget, or of the first one where a workspace has none of the name. */
export const openBudget = (name: string) => async (page: Page) => {
  const grid = page.getByRole('region', { name: 'Budgets' });
  await have(grid);
  await press(grid.getByText(name, { exact: true }));
  await expect(page.getByRole('application', { name: /^Cost to date/ })).toBeVisible();
};

/** Freezes the forecast that is shown, unless a view before has, and leaves it in sight. */
export async function haveFrozen(page: Page): Promise<void> {
  const card = page.getByRole('region', { name: /^Frozen forecasts/ });
  await have(card);
  const remove = card.getByRole('button', { name: /^Delete / });
  if ((await remove.count()) === 0) await press(card.getByRole('button', { name: 'Freeze this forecast' }));
  await expect(remove.first()).toBeVisible();
  await card.scrollIntoViewIfNeeded();
}

/** Amounts of which one row is wrong. */
export async function pasteAmounts(page: Page): Promise<void> {
  await press(page.getByRole('button', { name: 'Paste from a spreadsheet' }));
  await page.getByRole('textbox', { name: 'Copied cells' }).fill('Jan 2027\t1,500.00\nsoon\t1,600');
  await page.getByRole('button', { name: 'Add amounts' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
}

/** Filters by the day in the middle of the chart and leaves the pointer on it. */
export async function pickDay(page: Page): Promise<void> {
  const chart = page.getByRole('application', { name: /^Daily cost/ });
  await have(chart);
  await chart.click();
  await expect(page).toHaveURL(/from=/);
}

/** Amounts of invoices: one without a bill, one that can be read in two ways, one in no currency. */
export const amounts = 'provider,account,month,currency,total\nHetzner,77,2026-10,EUR,12.00\nAWS,1,2026-10,USD,"1,234"\nAWS,2,2026-10,"15,41",5\n';

export async function typeAmounts(page: Page): Promise<void> {
  await press(page.getByRole('grid', { name: 'Invoices and the ledger' }).getByText('Enter', { exact: true }));
  await page.keyboard.type('15x');
  await page.keyboard.press('Enter');
  await page.keyboard.type('12,50');
  await page.getByRole('button', { name: /^Save 1 amount/ }).click();
  await expect(page.getByRole('alert').getByText(/could not be saved/)).toBeVisible();
}

export async function manageScopes(page: Page): Promise<void> {
  await press(page.getByRole('button', { name: /^Scope / }));
  await press(page.getByRole('menuitem', { name: /^Manage scopes/ }));
  await expect(page.getByRole('dialog')).toBeVisible();
}

/** A rule that takes its value from a column, so that the preview has something to say. */
export async function previewRule(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Name' }).fill('Team');
  await page.getByRole('combobox', { name: 'Kind of value of rule 1' }).click();
  await page.getByRole('option', { name: 'from column' }).click();
  await page.getByRole('combobox', { name: 'Column of rule 1' }).last().fill('ServiceCategory');
  await page.getByRole('option', { name: 'ServiceCategory' }).first().click();
  await expect(page.getByRole('table', { name: 'Charges without a matching rule' })).toBeVisible();
}

export const openInvoice = (page: Page) => press(page.getByRole('grid', { name: 'Invoices and the ledger' }).getByRole('link'));

export const openPalette = (typed: string) => async (page: Page) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Command' }).fill(typed);
};

/** The filter editor with the list of values of a column open. */
export async function listValues(page: Page): Promise<void> {
  await press(page.getByRole('button', { name: 'Filter', exact: true }));
  const column = page.getByRole('combobox', { name: /^Column/ }).first();
  await column.fill('Service');
  await page.getByRole('option', { name: /^Service/ }).first().click();
  await page.getByRole('combobox', { name: /^Values/ }).first().click();
  await expect(page.getByRole('option').first()).toBeVisible();
}
