import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, describe, expect, test, vi } from 'vitest';

import type { JobInfo } from '../../lib/wire';
import { setNumberLocale } from '../../lib/money';
import { createRecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { ActivityPage } from './ActivityPage';

const user = userEvent.setup({ delay: null });
beforeAll(() => setNumberLocale('en-US'));

/** A workspace in which one import was made. */
const activity = () => createRecordedBridge('activity');

/** The import of that workspace with something else about it, in place of it. */
async function withImport(change: Partial<JobInfo>) {
  const bridge = activity();
  let list = (await bridge.jobs.List()).map((job) => ({ ...job, ...change }));
  bridge.jobs.List = () => Promise.resolve(list);
  const set = (next: Partial<JobInfo>) => {
    list = list.map((job) => ({ ...job, ...next }));
  };
  return { bridge, set };
}

async function begin(bridge: ReturnType<typeof activity>, path: string, strict: boolean) {
  const { id } = await bridge.imports.Preview([path]);
  const plan = await bridge.imports.Previewed(id);
  await bridge.imports.Start(plan.id, { strict, answers: [], look: true });
}

const open = (bridge: ReturnType<typeof activity>) => renderPage(<ActivityPage />, { address: '/activity', bridge });
const rowOf = (name: RegExp) => screen.findByRole('row', { name });

describe('the page of activity', () => {
  test('lists what ran, the newest first, with what it came to, and runs what failed again', async () => {
    const bridge = activity();
    await begin(bridge, '/home/nora/Downloads/flow/rejects.csv', true);
    const { client } = open(bridge);
    const done = await rowOf(/Import 3 files/);
    expect(done).toHaveTextContent('Done');
    expect(done).toHaveTextContent('3 files, 23 lines');
    expect(done).toHaveTextContent('by nora');
    expect(within(done).queryByRole('button')).toBeNull();
    const failed = await rowOf(/Import rejects\.csv/);
    expect(failed).toHaveTextContent('Nothing was imported, because strict reading is on.');
    const [, first] = screen.getAllByRole('row');
    expect(first).toBe(failed);

    await user.click(within(failed).getByRole('button', { name: 'Import again: Import rejects.csv' }));
    await client.invalidateQueries(); // as the shell does when it hears of it
    expect(await rowOf(/attempt 2/)).toHaveTextContent('Failed');
  });

  test('says that an import was interrupted, and offers to import again', async () => {
    const { bridge } = await withImport({ state: 'interrupted', outcome: null, again: true });
    open(bridge);
    const row = await rowOf(/Import 3 files/);
    expect(row).toHaveTextContent('Interrupted');
    expect(row).toHaveTextContent('Cloud Intelligence was closed before it had finished. Nothing was imported.');
    expect(within(row).getByRole('button', { name: 'Import again: Import 3 files' })).toBeEnabled();
  });

  test('leads to the preview where a person has to decide', async () => {
    const { bridge } = await withImport({ outcome: { files: 0, lines: 0, rejects: 0, importId: 0, path: '', note: 'Nothing was imported: files overlap with bills.', needsAction: true } });
    const page = open(bridge);
    const row = await rowOf(/Import 3 files/);
    expect(row).toHaveTextContent('Needs attention');
    expect(row).not.toHaveTextContent('Done');
    await user.click(within(row).getByRole('button', { name: 'Preview the files: Import 3 files' }));
    expect(page.address()).toBe('/imports?preview');
  });

  test('leads to what an import asks that waits', async () => {
    const bridge = activity();
    await begin(bridge, '/home/nora/Downloads/flow/newer.csv', false);
    open(bridge);
    const running = await screen.findByRole('list', { name: 'Running jobs' });
    expect(running).toHaveTextContent('Waits for your answer');
    expect(within(running).queryByRole('button', { name: /^Pause/ })).toBeNull();
    expect(within(running).getByRole('link', { name: 'Decide: Import newer.csv' })).toHaveAttribute('href', '/imports?job=2');
  });

  test('pauses, resumes and cancels what runs', async () => {
    const { bridge, set } = await withImport({ state: 'running', outcome: null, endedAt: '' });
    const become = (next: Partial<JobInfo>) =>
      vi.fn(() => {
        set(next);
        return Promise.resolve();
      });
    Object.assign(bridge.jobs, { Pause: become({ state: 'paused' }), Resume: become({ state: 'running' }), Cancel: become({ state: 'cancelled', message: 'It was cancelled.', endedAt: '2026-11-22T09:00:00Z' }) });
    open(bridge);
    const running = await screen.findByRole('list', { name: 'Running jobs' });
    await user.click(within(running).getByRole('button', { name: 'Pause: Import 3 files' }));
    await user.click(await within(running).findByRole('button', { name: 'Resume: Import 3 files' }));
    await user.click(within(running).getByRole('button', { name: 'Cancel: Import 3 files' }));
    await waitFor(() => expect(screen.queryByRole('list', { name: 'Running jobs' })).toBeNull());
    expect(await rowOf(/Import 3 files/)).toHaveTextContent('Cancelled');
  });

  test('clears the history', async () => {
    open(activity());
    await user.click(await screen.findByRole('button', { name: 'Clear history' }));
    expect(await screen.findByText('Nothing has run yet')).toBeVisible();
  });
});
