import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

import { expect, type Page, test } from '@playwright/test';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}

/** A program of its own beside the one of the other tests, with its data in a folder of this test. */
function start(home: string, port: number): ChildProcess {
  const folder = (name: string) => {
    const path = join(home, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const program = process.env.APP_PROGRAM ?? resolve('../build/.cache/cloud-intelligence-dev');
  const env = { ...process.env, XDG_DATA_HOME: folder('data'), XDG_CONFIG_HOME: folder('config'), assetdir: process.env.APP_ASSETS ?? resolve('dist'), devserver: `127.0.0.1:${port}`, loglevel: 'Error' };
  return spawn(program, [], { env, stdio: 'ignore' });
}

async function stop(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null) return;
  const ended = once(program, 'exit');
  program.kill('SIGTERM');
  await ended;
}

/** Opens the page as soon as the program answers. */
async function open(page: Page, port: number): Promise<void> {
  await expect.poll(() => fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.ok, () => false), { timeout: 120_000 }).toBe(true);
  await page.goto(`http://127.0.0.1:${port}/`);
}

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
