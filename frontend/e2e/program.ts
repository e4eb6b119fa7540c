import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';

import { expect, type Page } from '@playwright/test';

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}

/** Starts a program of its own beside the one of the other tests, with its data in a folder of this test. */
export function start(home: string, port: number): ChildProcess {
  const folder = (name: string) => {
    const path = join(home, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  const program = process.env.APP_PROGRAM ?? resolve('../build/.cache/cloud-intelligence-dev');
  const env = { ...process.env, XDG_DATA_HOME: folder('data'), XDG_CONFIG_HOME: folder('config'), assetdir: process.env.APP_ASSETS ?? resolve('dist'), devserver: `127.0.0.1:${port}`, loglevel: 'Error' };
  return spawn(program, [], { env, stdio: 'ignore' });
}

/** Ends the program in good order, or kills it, and waits for its end. */
export async function stop(program: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const ended = once(program, 'exit');
  program.kill(signal);
  await ended;
}

/** Opens the page as soon as the program answers. */
export async function open(page: Page, port: number): Promise<void> {
  await expect.poll(() => fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.ok, () => false), { timeout: 120_000 }).toBe(true);
  await page.goto(`http://127.0.0.1:${port}/`);
}
