import { expect, test } from '@playwright/test';

import { openPage } from './bill';
import { freePort, open, start, stop } from './program';

test('a program that is killed in any step of the form goes on there, with what was typed', async ({ page }, info) => {
  test.slow();
  const home = info.outputPath('home');
  const port = await freePort();
  let program = start(home, port);
  const kill = async (step: string) => {
    await expect(page.getByText(/^Saved (just now|\d+ s ago)$/)).toBeVisible();
    await stop(program, 'SIGKILL');
    await page.goto('about:blank');
    program = start(home, port);
    await open(page, port);
    await openPage(page, 'Migration');
    await page.getByRole('button', { name: 'Continue Move' }).click();
    await expect(page.getByRole('form', { name: `Step ${step} of 4` })).toBeVisible();
  };
  const field = (name: string) => page.getByRole('textbox', { name });
  try {
    await open(page, port);
    await page.getByRole('button', { name: /New client workspace/ }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Killed');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await openPage(page, 'Migration');
    await page.getByRole('button', { name: 'New assessment' }).first().click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Move');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();

    await test.step('step 1', async () => {
      await field('People in the team').fill('eight');
      await kill('1');
      await expect(field('People in the team')).toHaveValue('eight');
      await page.getByRole('button', { name: 'Next' }).click();
      await expect(page.getByRole('alert')).toContainText('of this step must be corrected');
      await field('People in the team').fill('8');
      await page.getByRole('combobox', { name: /Countries/ }).fill('DE');
      await page.getByRole('option', { name: 'Germany (DE)' }).click();
      await page.getByRole('button', { name: 'Next' }).click();
    });

    await test.step('step 2', async () => {
      await page.getByRole('button', { name: 'Paste cells' }).click();
      await page.getByRole('textbox', { name: 'Cells' }).fill(['name\tvcpu\tmemory_gib', ...Array.from({ length: 500 }, (_none, at) => `server ${at}\t4\t16`)].join('\n'));
      await page.getByRole('button', { name: 'Add 500' }).click();
      await expect(page.getByRole('status', { name: 'Totals' })).toContainText('500 workloads: 500 machines, 2,000 vCPU');
      await kill('2');
      await expect(page.getByRole('status', { name: 'Totals' })).toContainText('500 workloads: 500 machines, 2,000 vCPU');
      await page.getByRole('button', { name: 'Next' }).click();
    });

    await test.step('step 3', async () => {
      await field('Horizon, months').fill('48');
      await kill('3');
      await expect(field('Horizon, months')).toHaveValue('48');
      await page.getByRole('button', { name: 'Next' }).click();
    });

    await test.step('step 4, after which nothing is lost or doubled', async () => {
      await expect(page.getByRole('table', { name: 'Not known' })).toContainText('500 of 500');
      await kill('4');
      await page.getByRole('checkbox', { name: 'Accept the defaults for what is not known' }).check();
      await page.getByRole('button', { name: 'Assess', exact: true }).click();
      await expect(page.getByRole('table', { name: 'Comparison' })).toContainText('Cost over 48 months');
      await openPage(page, 'Migration');
      await expect(page.getByRole('list', { name: 'Assessments' }).getByRole('listitem')).toHaveCount(1);
    });
  } finally {
    await stop(program);
  }
});
