import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { expect } from '@playwright/test';

import { freePort } from './program';

const folder = resolve('../build/.cache/emulators');
const python = join(folder, 'moto/bin/python');
const azurite = join(folder, 'azurite/node_modules/azurite/dist/src/blob/main.js');
const fakeGcs = join(folder, 'fake-gcs-server/fake-gcs-server');

/** Whether build/emulators has installed what plays the three clouds. */
export const hasEmulators = [python, azurite, fakeGcs].every((path) => existsSync(path));

/** What plays the store of a cloud, with a way to put a file of the bucket acme-billing into it. */
export type Emulator = { program: ChildProcess; address: string; put: (key: string, content: string) => Promise<void> };

/** The address that a program prints when it listens. */
function addressOf(program: ChildProcess, ready: RegExp): Promise<string> {
  return new Promise((resolveIt, reject) => {
    let said = '';
    // What it prints later is read, too: a print that nobody can read ends the answer that it belongs to.
    program.stdout?.on('data', (part) => {
      said += String(part);
      const found = ready.exec(said)?.[1];
      if (found) resolveIt(found);
    });
    program.once('exit', (code) => reject(new Error(`The emulator ended with ${code ?? 'a signal'} before it answered.`)));
  });
}

async function send(method: string, address: string, body: string, headers: Record<string, string>): Promise<void> {
  const answer = await fetch(address, { method, body: body === '' ? undefined : body, headers }); // an empty text would be sent with a type of its own
  if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status}`);
}

const serves = `
import logging, sys
logging.disable(logging.CRITICAL)
from moto.server import ThreadedMotoServer
s = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
s.start(); print("READY http://%s:%d" % s.get_host_and_port(), flush=True)
sys.stdin.read(); s.stop()
`;

/** S3 and STS. */
export async function startMoto(): Promise<Emulator> {
  const program = spawn(python, ['-c', serves], { stdio: ['pipe', 'pipe', 'ignore'] });
  const address = await addressOf(program, /READY (http:\S+)/);
  const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=X/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=x' };
  await send('PUT', `${address}/acme-billing`, '', headers);
  return { program, address, put: (key, content) => send('PUT', `${address}/acme-billing/${key}`, content, headers) };
}

export const azureAccount = 'devstoreaccount1';
/** The published key of every Azurite. */
export const azureKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Blob storage, with a request signed by the key of the account as Azure documents it. */
export async function startAzurite(): Promise<Emulator> {
  const program = spawn('node', [azurite, '--blobHost', '127.0.0.1', '--blobPort', '0', '--inMemoryPersistence', '--disableTelemetry', '--skipApiVersionCheck'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const address = `${await addressOf(program, /successfully listens on (http:\S+)/)}/${azureAccount}`;
  const put = (path: string, query: [string, string][], content: string, more: Record<string, string>) => {
    const headers: Record<string, string> = { ...more, 'x-ms-date': new Date().toUTCString(), 'x-ms-version': '2021-12-02' };
    const length = content === '' ? '' : String(Buffer.byteLength(content));
    const named = Object.keys(headers).sort().map((name) => `${name}:${headers[name] ?? ''}\n`).join('');
    const text = `PUT\n\n\n${length}\n\n${content === '' ? '' : 'text/plain'}\n\n\n\n\n\n\n${named}/${azureAccount}/${azureAccount}/${path}${query.map(([name, value]) => `\n${name}:${value}`).join('')}`;
    const signature = createHmac('sha256', Buffer.from(azureKey, 'base64')).update(text, 'utf8').digest('base64');
    const search = new URLSearchParams(query).toString();
    return send('PUT', `${address}/${path}${search === '' ? '' : `?${search}`}`, content, { ...headers, ...(content === '' ? {} : { 'content-type': 'text/plain' }), authorization: `SharedKey ${azureAccount}:${signature}` });
  };
  await put('acme-billing', [['restype', 'container']], '', {});
  return { program, address, put: (key, content) => put(`acme-billing/${key}`, [], content, { 'x-ms-blob-type': 'BlockBlob' }) };
}

/** Cloud Storage. */
export async function startFakeGcs(home: string): Promise<Emulator> {
  const port = await freePort(); // it does not say which port it took when it is to take any
  const data = join(home, 'gcs');
  mkdirSync(join(data, 'acme-billing'), { recursive: true });
  const program = spawn(fakeGcs, ['-scheme', 'http', '-host', '127.0.0.1', '-port', String(port), '-public-host', `127.0.0.1:${port}`, '-backend', 'memory', '-data', data], { stdio: ['pipe', 'ignore', 'ignore'] });
  const address = `http://127.0.0.1:${port}`;
  await expect.poll(() => fetch(`${address}/storage/v1/b/acme-billing`).then((answer) => answer.ok, () => false), { timeout: 60_000 }).toBe(true);
  return { program, address, put: (key, content) => send('POST', `${address}/upload/storage/v1/b/acme-billing/o?uploadType=media&name=${encodeURIComponent(key)}`, content, {}) };
}

