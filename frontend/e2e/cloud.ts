import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { once } from 'node:events';
import { resolve } from 'node:path';

/** Where build/emulators installs what plays AWS. */
const python = resolve('../build/.cache/emulators/moto/bin/python');

export const hasMoto = existsSync(python);

const serves = `
import logging, sys
logging.disable(logging.CRITICAL)
from moto.server import ThreadedMotoServer
s = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
s.start(); print("READY http://%s:%d" % s.get_host_and_port(), flush=True)
sys.stdin.read(); s.stop()
`;

/** AWS as moto plays it, behind a gate that can hold what is fetched. */
export type Cloud = { address: string; put: (path: string, content: string) => Promise<void>; hold: (pathPart: string) => Promise<void>; release: () => void; stop: () => Promise<void> };

async function startMoto(): Promise<{ program: ChildProcess; address: string }> {
  const program = spawn(python, ['-c', serves], { stdio: ['pipe', 'pipe', 'ignore'] });
  // What it prints later is read, too: a print that nobody can read ends the answer that it belongs to.
  const address = await new Promise<string>((resolveIt, reject) => {
    let said = '';
    program.stdout.on('data', (part) => {
      said += String(part);
      const found = /READY (http:\S+)/.exec(said)?.[1];
      if (found) resolveIt(found);
    });
    program.once('exit', (code) => reject(new Error(`moto ended with ${code ?? 'a signal'} before it answered.`)));
  });
  return { program, address };
}

/** Starts a cloud of its own. `hold` answers once a call for a path with the text has come in, and keeps such calls unanswered until `release`. */
export async function startCloud(): Promise<Cloud> {
  const { program, address } = await startMoto();
  let held = '';
  let heard: () => void = () => undefined;
  let waiting: (() => void)[] = [];
  const gate: Server = createServer((asked, answer) => {
    const forward = () => {
      const on = request(address + (asked.url ?? '/'), { method: asked.method, headers: asked.headers }, (from) => {
        answer.writeHead(from.statusCode ?? 502, from.headers);
        from.pipe(answer);
      });
      on.on('error', () => answer.destroy());
      asked.pipe(on);
    };
    if (held !== '' && asked.method === 'GET' && decodeURIComponent(asked.url ?? '').includes(held)) {
      waiting.push(forward);
      heard();
    } else forward();
  }).listen(0, '127.0.0.1');
  await once(gate, 'listening');
  const at = gate.address();
  if (at === null || typeof at === 'string') throw new Error('The system gave no port.');
  return {
    address: `http://127.0.0.1:${at.port}`,
    async put(path, content) {
      const signature = 'AWS4-HMAC-SHA256 Credential=X/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=x';
      const answer = await fetch(address + path, { method: 'PUT', body: content, headers: { authorization: signature } });
      if (!answer.ok) throw new Error(`PUT ${path}: ${answer.status}`);
    },
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
      if (program.exitCode !== null || program.signalCode !== null) return;
      const ended = once(program, 'exit');
      program.stdin?.end();
      await ended;
    },
  };
}
