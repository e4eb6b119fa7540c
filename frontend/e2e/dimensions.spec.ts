import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { expect, type Page, test } from '@playwright/test';

import { expectNoViolation } from './axe';
import { charge, createWorkspace, importFile, openPage, writeBill } from './bill';

const program = join(import.meta.dirname, '../../build/.cache/cloud-intelligence-dev');

const tagged = (day: number, cost: string, tags: Record<string, string>) => charge(day, cost, cost, { Tags: JSON.stringify(tags), ResourceId: `r-${cost}` });
const bill = [tagged(1, '10', { team: 'Shop', env: 'prod' }), tagged(2, '20', { team: 'shop', env: 'test' }), tagged(3, '4.5', { env: 'prod' }), charge(4, '1', '1')];

/** Chooses a column in the picker that has the focus or is named. */
async function pickColumn(page: Page, name: string, column: string): Promise<void> {
  await page.getByRole('combobox', { name }).last().fill(column);
  await page.getByRole('option', { name: column, exact: false }).first().click();
}

async function workspacePath(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const { go } = window as unknown as { go: { desktop: { Workspaces: { Current(): Promise<{ path: string }> } } } };
    return (await go.desktop.Workspaces.Current()).path;
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a dimension groups the bill, and a scope limits every page and the command line, ${colorScheme}`, async ({ page }, info) => {
    test.slow();
    await page.emulateMedia({ colorScheme });
    await createWorkspace(page, `Allocated ${colorScheme} ${Date.now()}`);
    await importFile(page, writeBill(info.outputPath('bill.csv'), bill));

    await test.step('rules are made, with what each of them matches', async () => {
      await openPage(page, 'Dimensions');
      await expect(page.getByText('No dimensions yet')).toBeVisible();
      await page.getByRole('button', { name: 'New dimension' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('Team');
      await page.getByRole('textbox', { name: 'Default value' }).fill('unassigned');
      await page.getByRole('combobox', { name: 'Kind of value of rule 1' }).click();
      await page.getByRole('option', { name: 'from column' }).click();
      await pickColumn(page, 'Column of rule 1', 'Tags/team');
      await page.getByRole('checkbox', { name: 'lower case' }).check();
      await expect(page.getByRole('listitem', { name: 'Rule 1' })).toContainText('30.00 USD');
      await expect(page.getByRole('table', { name: 'Charges without a matching rule' }).getByRole('row', { name: /^No matching rule 2 5\.50/ })).toBeVisible();
      await expectNoViolation(page);

      await page.getByRole('button', { name: 'Add rule' }).click();
      await page.getByRole('button', { name: /^Filter of rule 2/ }).click();
      await page.getByRole('button', { name: 'Text', exact: true }).click();
      const text = page.getByRole('textbox', { name: 'Filter as text' });
      await text.fill('Tags/team like "sh"');
      await page.getByRole('button', { name: 'Write contains' }).click();
      await expect(text).toHaveValue('Tags/team contains "sh"');
      await expectNoViolation(page);
      await page.getByRole('button', { name: 'Apply' }).click();
      await expect(page.getByRole('listitem', { name: 'Rule 2' })).toContainText('Already matched by rule 1');
      await page.getByRole('button', { name: 'Remove rule 2' }).click();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
    });

    await test.step('the bill is grouped by it at once', async () => {
      await page.getByRole('link', { name: 'Costs by Team' }).click();
      const table = page.getByRole('table', { name: 'values of Team' });
      await expect(table.getByRole('row', { name: /^shop .*30\.00/ })).toBeVisible();
      await expect(table.getByRole('row', { name: /^unassigned .*5\.50/ })).toBeVisible();
      await expectNoViolation(page);
    });

    await test.step('a filter is made, saved as a scope, and limits the pages', async () => {
      await page.getByRole('button', { name: 'Filter', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Filter' });
      await pickColumn(page, 'Column', 'Tags/env');
      await dialog.getByRole('combobox', { name: 'Values' }).click();
      await page.getByRole('option', { name: /^prod .*14\.50 USD · 2 lines$/ }).click();
      await expect(dialog.getByRole('status')).toContainText('Matches 2 lines, 14.50 USD');
      await page.keyboard.press('Escape');
      await expect(page.getByText('Saved the dimension Team.')).toBeHidden(); // it fades while the dialog darkens what is behind it
      await expectNoViolation(page);
      await dialog.getByRole('button', { name: 'Apply' }).click();
      await expect(page.getByRole('button', { name: 'Edit filter: Tag env is prod' })).toBeVisible();

      await page.getByRole('button', { name: 'Scope All charges' }).click();
      await page.getByRole('menuitem', { name: 'Save the filter as a scope…' }).click();
      await page.getByRole('textbox', { name: 'Name' }).fill('Production');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(page.getByRole('button', { name: 'Scope Production' })).toBeVisible();
      await expect(page.getByRole('button', { name: /^Edit filter/ })).toBeHidden();
      await expect(page.getByRole('row', { name: /^Total .*14\.50/ })).toBeVisible();
      await openPage(page, 'Charges');
      await expect(page.getByRole('group', { name: 'Totals of these lines' })).toContainText('2 lines');
    });

    await test.step('the command line has the same total', async () => {
      const path = await workspacePath(page);
      const answer = execFileSync(program, ['--workspace', path, 'query', '--scope', 'Production', '--group-by', 'Dim/Team', '--metric', 'BilledCost', '--format', 'json'], { encoding: 'utf8' });
      expect(answer).toContain('"14.5"');
      expect(answer).toContain('"unassigned"');
    });

    await test.step('it is remembered, and what is not there any more is said', async () => {
      await page.goto('/');
      await expect(page.getByRole('button', { name: 'Scope Production' })).toBeVisible();
      await page.goto('/#/?scope=Gone');
      await expect(page.getByText('There is no scope named Gone')).toBeVisible();
      await page.getByRole('button', { name: 'Show all charges' }).click();
      await expect(page.getByRole('row', { name: /^Total .*35\.50/ })).toBeVisible();
    });
  });
}
