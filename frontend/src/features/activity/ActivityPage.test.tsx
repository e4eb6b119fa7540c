import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, describe, expect, test } from 'vitest';

import { createFakeBridge } from '../../bridge/fake';
import type { JobInfo } from '../../lib/wire';
import { setNumberLocale } from '../../lib/money';
import { renderPage } from '../../test/renderPage';
import { ActivityPage } from './ActivityPage';

const user = userEvent.setup({ delay: null });
beforeAll(() => setNumberLocale('en-US'));

const job: JobInfo = {
  id: '1',
  kind: 'import',
  title: 'Import 42 files',
  state: 'done',
  done: 10,
  total: 10,
  unit: 'bytes',
  lines: 1_000_330,
  linesPerSecond: 0,
  secondsLeft: null,
  message: '',
  error: null,
  result: null,
  outcome: { files: 42, lines: 1_000_330, rejects: 2, importId: 1, path: '', note: '', needsAction: false },
  kept: true,
  pauses: true,
  again: false,
  attempts: 1,
  user: 'nora',
  paths: ['/bills'],
  startedAt: '2026-11-20T09:00:00Z',
  endedAt: '2026-11-20T09:00:13Z',
};

function open(...history: JobInfo[]) {
  return renderPage(<ActivityPage />, { address: '/activity', bridge: createFakeBridge({ history }) });
}

const rowOf = (name: RegExp) => screen.findByRole('row', { name });

describe('the page of activity', () => {
  test('lists what ran, the newest first, with what it came to', async () => {
    open(job, { ...job, id: '2', title: 'Import b.csv', state: 'failed', outcome: null, again: true, error: { code: 'invalid', message: 'b.csv is not a billing file.', ref: '', conflict: null } });
    const done = await rowOf(/Import 42 files/);
    expect(done).toHaveTextContent('Done');
    expect(done).toHaveTextContent('42 files, 1,000,330 lines, 2 lines skipped');
    expect(done).toHaveTextContent('by nora');
    expect(done).toHaveTextContent('13 s');
    expect(within(done).queryByRole('button')).toBeNull();
    const failed = await rowOf(/Import b\.csv/);
    expect(failed).toHaveTextContent('b.csv is not a billing file.');
    const [, first] = screen.getAllByRole('row');
    expect(first).toBe(failed);
  });

  test('says that an import was interrupted and imports again', async () => {
    const { bridge, client } = open({ ...job, state: 'interrupted', outcome: null, again: true });
    const row = await rowOf(/Import 42 files/);
    expect(row).toHaveTextContent('Interrupted');
    expect(row).toHaveTextContent('Cloud Intelligence was closed before it had finished. Nothing was imported.');
    await user.click(within(row).getByRole('button', { name: 'Import again: Import 42 files' }));
    await waitFor(async () => expect(await bridge.jobs.List()).toMatchObject([{ state: 'done', attempts: 2 }]));
    await client.invalidateQueries(); // as the shell does when it hears of it
    expect(await rowOf(/attempt 2/)).toHaveTextContent('Done');
  });

  test('leads to the preview where a person has to decide', async () => {
    const page = open({ ...job, outcome: { files: 0, lines: 0, rejects: 0, importId: 0, path: '', note: 'Nothing was imported: files overlap with bills.', needsAction: true } });
    const row = await rowOf(/Import 42 files/);
    expect(row).toHaveTextContent('Needs attention');
    expect(row).not.toHaveTextContent('Done');
    await user.click(within(row).getByRole('button', { name: 'Preview the files: Import 42 files' }));
    expect(page.address()).toBe('/imports?preview');
  });

  test('pauses, resumes and cancels what runs', async () => {
    const bridge = createFakeBridge({ history: [{ ...job, state: 'running', outcome: null, endedAt: '' }] });
    renderPage(<ActivityPage />, { address: '/activity', bridge });
    const running = await screen.findByRole('list', { name: 'Running jobs' });
    await user.click(within(running).getByRole('button', { name: 'Pause: Import 42 files' }));
    await user.click(await within(running).findByRole('button', { name: 'Resume: Import 42 files' }));
    await user.click(within(running).getByRole('button', { name: 'Cancel: Import 42 files' }));
    expect(await rowOf(/Import 42 files/)).toHaveTextContent('Cancelled');
    expect(screen.queryByRole('list', { name: 'Running jobs' })).toBeNull();
  });

  test('clears the history', async () => {
    open(job);
    await user.click(await screen.findByRole('button', { name: 'Clear history' }));
    expect(await screen.findByText('Nothing has run yet')).toBeVisible();
  });
});
