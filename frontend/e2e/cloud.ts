import { type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';

import { type Emulator } from './emulators';

/** A cloud as an emulator plays it, behind a gate that can hold what is fetched. */
export type Cloud = { address: string; put: Emulator['put']; hold: (pathPart: string) => Promise<void>; release: () => void; stop: () => Promise<void> };

/** Passes an answer on; of a list of Cloud Storage with old times: a file that was written just now is not read yet. */
function pass(from: IncomingMessage, answer: ServerResponse): void {
  if (!/json/.test(from.headers['content-type'] ?? '')) {
    answer.writeHead(from.statusCode ?? 502, from.headers);
    from.pipe(answer);
    return;
  }
  let text = '';
  from.setEncoding('utf8').on('data', (part: string) => (text += part));
  from.on('end', () => {
    const old = Buffer.from(text.replaceAll(/"updated":\s*"[^"]+"/g, '"updated":"2026-01-01T00:00:00Z"'));
    answer.writeHead(from.statusCode ?? 502, { ...from.headers, 'content-length': String(old.length) });
    answer.end(old);
  });
}

async function ended(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null || program.signalCode !== null) return;
  const end = once(program, 'exit');
  program.stdin?.end();
  program.kill();
  await end;
}

/** Puts a gate before an emulator. `hold` answers once a call for a path with the text has come in, and keeps such calls unanswered until `release`. It also gives tokens, as Google does. */
export async function startCloud({ program, address, put }: Emulator): Promise<Cloud> {
  let held = '';
  let heard: () => void = () => undefined;
  let waiting: (() => void)[] = [];
  const gate: Server = createServer((asked, answer) => {
    const forward = () => {
      const on = request(new URL(address).origin + (asked.url ?? '/'), { method: asked.method, headers: asked.headers }, (from) => pass(from, answer));
      on.on('error', () => answer.destroy());
      asked.pipe(on);
    };
    if (asked.url === '/token') {
      answer.writeHead(200, { 'content-type': 'application/json' });
      answer.end('{"access_token":"planted-token","expires_in":3599,"token_type":"Bearer"}');
    } else if (held !== '' && asked.method === 'GET' && decodeURIComponent(asked.url ?? '').includes(held)) {
      waiting.push(forward);
      heard();
    } else forward();
  }).listen(0, '127.0.0.1');
  await once(gate, 'listening');
  const at = gate.address();
  if (at === null || typeof at === 'string') throw new Error('The system gave no port.');
  return {
    address: `http://127.0.0.1:${at.port}${new URL(address).pathname.replace(/\/$/, '')}`,
    put,
    hold(pathPart) {
      held = pathPart;
      return new Promise((resolveIt) => {
        heard = resolveIt;
      });
    },
    release() {
      held = '';
      for (const forward of waiting) forward();
      waiting = [];
    },
    async stop() {
      gate.closeAllConnections();
      gate.close();
      await ended(program);
    },
  };
}

/** The key of a service account whose tokens come from a cloud. */
export function serviceAccountKey(cloud: Cloud): string {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  return JSON.stringify({ type: 'service_account', project_id: 'acme-finance', private_key_id: 'k1', client_email: 'reader@acme-finance.iam.gserviceaccount.com', token_uri: `${cloud.address}/token`, private_key: key });
}
