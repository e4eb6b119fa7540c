import { expect, test } from '@playwright/test';

import { charge, dropFiles, importFile, openPage, writeBill } from './bill';
import { freePort, open, start, stop } from './program';

/** Every charge of October, each of them at a cost: a newer state of the bill has other costs. */
const october = (cost: string, days: number) => Array.from({ length: days }, (_, at) => charge(at + 1, cost, cost));

test('an import whose program is killed is shown as interrupted, and nothing of it is lost or doubled', async ({ page }, info) => {
  test.slow();
  const home = info.outputPath('home');
  const older = writeBill(info.outputPath('october.csv'), october('10', 28));
  const newer = writeBill(info.outputPath('october-restated.csv'), october('11', 30));
  const port = await freePort();
  let program = start(home, port);
  const billed = async (amount: string) => {
    await openPage(page, 'Overview');
    await expect(page.getByTitle(`${amount} USD`).first()).toBeVisible();
  };
  try {
    await open(page, port);
    await page.getByRole('button', { name: /New client workspace/ }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Killed');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await importFile(page, older);

    await test.step('the newer bill is written, and counts only once it is confirmed: there the program is killed', async () => {
      await dropFiles(page, [newer]);
      await page.getByRole('button', { name: 'Import 1 file', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'This import replaces a bill' })).toBeVisible();
      await stop(program, 'SIGKILL');
      await page.goto('about:blank');
      program = start(home, port);
      await open(page, port);
      await billed('280');
    });

    await test.step('the history says what happened, and imports again', async () => {
      await openPage(page, 'Activity');
      const row = page.getByRole('row', { name: /Import october-restated\.csv/ });
      await expect(row).toContainText('Interrupted');
      await expect(row).toContainText('Nothing was imported.');
      await row.getByRole('button', { name: /^Import again/ }).click();
      await page.getByRole('list', { name: 'Running jobs' }).getByRole('link', { name: 'Decide: Import october-restated.csv' }).click();
      await page.getByRole('button', { name: 'Replace', exact: true }).click();
      await expect(page.getByRole('heading', { name: '30 lines imported' })).toBeVisible();
      await billed('330');
    });

    await test.step('every line is there once', async () => {
      await openPage(page, 'Imports');
      await page.getByRole('button', { name: 'Verify totals' }).click();
      await expect(page.getByText('All totals agree.')).toBeVisible();
    });
  } finally {
    await stop(program);
  }
});
