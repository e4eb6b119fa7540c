import { expect, test } from '@playwright/test';

import { freePort, open, start, stop } from './program';

test('the next start opens the workspace that was open, and none that was closed', async ({ page }, info) => {
  test.slow();
  const home = info.outputPath('home');
  const port = await freePort();
  let program = start(home, port);
  const restart = async () => {
    await page.goto('about:blank');
    await stop(program);
    program = start(home, port);
    await open(page, port);
  };
  try {
    await open(page, port);
    await page.getByRole('button', { name: /New client workspace/ }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Open at the end');
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
    await expect(page.getByRole('button', { name: 'Workspace Open at the end' })).toBeVisible();

    await restart();
    await page.getByRole('button', { name: 'Workspace Open at the end' }).click();
    await page.getByRole('menuitem', { name: 'Close' }).click();
    await expect(page.getByRole('button', { name: /New client workspace/ })).toBeVisible();

    await restart();
    await expect(page.getByRole('button', { name: /New client workspace/ })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Recent workspaces' })).toContainText('Open at the end');
  } finally {
    await stop(program);
  }
});
