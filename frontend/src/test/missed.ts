/** Calls without a recorded answer, written down for build/record. */
type Files = { appendFileSync: (path: string, text: string) => void };

/** Writes a call down beside the recorded answers, when build/record runs the tests. */
export async function noteMissed(workspace: string, call: string): Promise<void> {
  if (import.meta.env.VITE_RECORD !== '1') return;
  const name = 'node:fs'; // tests run in Node, of which the page's types know nothing
  const { appendFileSync } = (await import(/* @vite-ignore */ name)) as Files;
  appendFileSync(`src/test/recorded/${workspace}.missed`, `${call}\n`);
}
