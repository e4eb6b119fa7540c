import { useQueryClient } from '@tanstack/react-query';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { describe, expect, test, vi } from 'vitest';

import { AppError } from '../../bridge/errors';
import { jobKeys } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import type { JobInfo } from '../../lib/wire';
import { createRecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { ImportsPage } from './ImportsPage';

const user = userEvent.setup({ delay: null });

/** What the shell does with events, and a drop of files on the window. */
function Page({ paths }: { paths?: string[] }) {
  const { events } = useBridge();
  const client = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => {
    const end = events.on('job', (job) => {
      client.setQueryData<JobInfo[]>(jobKeys.list, (jobs = []) => [...jobs.filter((one) => one.id !== job.id), job]);
    });
    return end;
  }, [events, client]);
  useEffect(() => {
    if (paths) void navigate('/imports?preview', { state: { paths } });
  }, [paths, navigate]);
  return <ImportsPage />;
}

const dropped = (...names: string[]) => names.map((name) => `/home/nora/Downloads/flow/${name}`);
const known = '/home/nora/Downloads/2/aws-2026-11.csv';

/** Imports what the preview shows, once it knows what that would do. */
async function beginImport(label: string) {
  const button = await screen.findByRole('button', { name: label });
  await waitFor(() => expect(button).toBeEnabled());
  await user.click(button);
}

/** What the first call of a port has answered. */
function resultOf<Answer>(call: { mock: { results: { value?: Promise<Answer> | undefined }[] } }): Promise<Answer> {
  const value = call.mock.results[0]?.value;
  if (!value) throw new Error('Nobody has called it.');
  return value;
}

describe('the preview', () => {
  const files = [...dropped('aws-2026-09.csv'), known, '/home/nora/Downloads/tables/page.html'];

  /** A preview that goes on until it is cancelled. */
  function endlessPreview() {
    const bridge = createRecordedBridge('imports');
    bridge.holdJobs = true;
    let end: (error: Error) => void = () => undefined;
    bridge.imports.Previewed = () => new Promise((_, reject) => (end = reject));
    const begun = vi.spyOn(bridge.imports, 'Preview');
    const cancel = vi.fn((_id: string) => {
      end(new AppError('cancelled', 'The preview was cancelled; nothing was imported.'));
      return Promise.resolve();
    });
    bridge.jobs.Cancel = cancel;
    return { bridge, cancel, begun };
  }

  test('shows how far it is and can be cancelled and begun again', async () => {
    const { bridge, cancel, begun } = endlessPreview();
    renderPage(<Page paths={files} />, { bridge, address: '/imports' });
    const progress = await screen.findByRole('status', { name: 'Reading the files' });
    await waitFor(() => expect(begun).toHaveResolved());
    const job = await resultOf(begun);
    bridge.events.emit('job', { ...job, done: 2, total: 3 });
    expect(await within(progress).findByText('2 of 3 files')).toBeVisible();
    await user.click(within(progress).getByRole('button', { name: 'Cancel' }));
    expect(await screen.findByText('Preview cancelled')).toBeVisible();
    expect(cancel).toHaveBeenCalledWith(job.id);
    begun.mockResolvedValueOnce({ ...job, id: 'job-99' });
    await user.click(screen.getByRole('button', { name: 'Preview again' }));
    expect(await screen.findByRole('status', { name: 'Reading the files' })).toBeVisible();
    await waitFor(() => expect(begun).toHaveBeenCalledTimes(2));
  });

  test('of a page that was left ends', async () => {
    const { bridge, cancel, begun } = endlessPreview();
    const { unmount } = renderPage(<Page paths={files} />, { bridge, address: '/imports' });
    await waitFor(() => expect(begun).toHaveResolved());
    unmount();
    await waitFor(() => expect(cancel).toHaveBeenCalledTimes(1));
  });

  test('shows what each file is, what is left out and why', async () => {
    renderPage(<Page paths={files} />, { bridge: createRecordedBridge('imports'), address: '/imports' });
    expect(await screen.findByRole('region', { name: 'aws-2026-09.csv' })).toHaveTextContent('FOCUS');
    expect(screen.getByRole('region', { name: 'aws-2026-11.csv' })).toHaveTextContent('Already imported');
    expect(screen.getByRole('region', { name: 'Not billing files' })).toHaveTextContent(/page\.html.*HTML page/);
    expect(screen.getByRole('grid', { name: 'First lines of aws-2026-09.csv' })).toBeInTheDocument();
  });

  test('imports only the new files, and strictly when asked to', async () => {
    const bridge = createRecordedBridge('imports');
    const start = vi.spyOn(bridge.imports, 'Start');
    renderPage(<Page paths={files} />, { bridge, address: '/imports' });
    await user.click(await screen.findByRole('switch', { name: /Stop at the first bad line/ }));
    await beginImport('Import 1 file');
    expect(start).toHaveBeenCalledWith(expect.any(String), { strict: true, answers: [], look: true });
    expect(await screen.findByText('4 lines imported')).toBeVisible();
    expect(screen.getByText(/imported already, not counted again: aws-2026-11\.csv/)).toBeVisible();
  });

  test('of known files only offers no import', async () => {
    renderPage(<Page paths={[known]} />, { bridge: createRecordedBridge('imports'), address: '/imports' });
    expect(await screen.findByRole('button', { name: 'All files already imported' })).toBeDisabled();
  });

  test('without files offers to choose some', async () => {
    renderPage(<Page />, { bridge: createRecordedBridge('imports'), address: '/imports?preview' });
    expect(await screen.findByText('No files are chosen')).toBeVisible();
  });
});

describe('an import', () => {
  test('shows skipped lines and exports them', async () => {
    const bridge = createRecordedBridge('imports');
    renderPage(<Page paths={dropped('rejects.csv')} />, { bridge, address: '/imports' });
    await beginImport('Import 1 file');
    await user.click(await screen.findByRole('button', { name: 'Show skipped lines' }));
    const dialog = await screen.findByRole('dialog', { name: 'Skipped lines' });
    expect(await within(dialog).findByText(/"yesterday" is not a date/)).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: 'Export' }));
    await user.click(await screen.findByRole('menuitem', { name: 'CSV file' }));
    await waitFor(() => expect(bridge.exported).toHaveLength(1));
    const [file] = bridge.exported;
    expect(file && 'rows' in file.table ? file.table.rows.map((row) => row[1]) : null).toEqual(['3', '5', '6']);
  });

  test('says what was odd in a file, and keeps it', async () => {
    renderPage(<Page paths={dropped('titled.csv')} />, { bridge: createRecordedBridge('imports'), address: '/imports' });
    await beginImport('Import 1 file');
    await screen.findByText('4 lines imported');
    expect(screen.getByText(/The names of the columns stand on line 3/)).toHaveTextContent('titled.csv: The names');
    await user.click(screen.getByRole('button', { name: 'Show all imports' }));
    await user.click(await screen.findByRole('button', { name: 'Detail of import 3' }));
    expect(screen.getByRole('table', { name: 'Files of import 3' })).toHaveTextContent('The names of the columns stand on line 3');
  });

  test.each([
    ['Use restated.csv', 'replace'],
    ['Keep the current bill', 'leave'],
  ] as const)('that was not read to its end before waits where files overlap; "%s" lets it go on', async (label, answer) => {
    const bridge = createRecordedBridge('large');
    const answered = vi.spyOn(bridge.imports, 'Answer');
    const files = dropped('restated.csv');
    renderPage(<Page paths={files} />, { bridge, address: '/imports' });
    await beginImport('Import 1 file');
    const dialog = await screen.findByRole('dialog', { name: 'These files overlap. Which should we use?' });
    expect(dialog).toHaveTextContent('418273645501');
    expect(dialog).toHaveTextContent('Nov 2026');
    expect(within(dialog).getByRole('button', { name: 'Import' })).toBeDisabled();
    await user.click(within(dialog).getByRole('combobox', { name: 'What to use for restated.csv' }));
    await user.click(await screen.findByRole('option', { name: label }));
    await user.click(within(dialog).getByRole('button', { name: 'Import' }));
    expect(answered).toHaveBeenCalledWith('3', [{ file: files[0], answer }]);
    if (answer === 'replace') await user.click(await screen.findByRole('button', { name: 'Replace' }));
    expect(await screen.findByText(answer === 'replace' ? '14 lines imported' : 'Nothing was imported')).toBeVisible();
  });

  test('offers only the answers that can be right, and either of two files of one import to leave out', async () => {
    const bridge = createRecordedBridge('large');
    const answered = vi.spyOn(bridge.imports, 'Answer');
    const files = dropped('pair-1.csv', 'pair-2.csv');
    renderPage(<Page paths={files} />, { bridge, address: '/imports' });
    await beginImport('Import 2 files');
    const dialog = await screen.findByRole('dialog', { name: 'These files overlap. Which should we use?' });
    expect(dialog).not.toHaveTextContent('Use both only if');
    await user.click(within(dialog).getByRole('combobox', { name: 'What to use for pair-2.csv' }));
    expect((await screen.findAllByRole('option')).map((option) => option.textContent)).toEqual(['Leave out pair-2.csv', 'Leave out pair-1.csv']);
    await user.click(screen.getByRole('option', { name: 'Leave out pair-1.csv' }));
    await user.click(within(dialog).getByRole('button', { name: 'Import' }));
    expect(answered).toHaveBeenLastCalledWith('3', [{ file: files[0], answer: 'leave' }]);
    expect(await screen.findByText('12 lines imported')).toBeVisible();
  });

  test('of several files that overlap asks for each, or for all, before it begins', async () => {
    const bridge = createRecordedBridge('imports');
    const start = vi.spyOn(bridge.imports, 'Start');
    const files = [...dropped('restated.csv'), ...dropped('pair-1.csv', 'pair-2.csv')];
    renderPage(<Page paths={files} />, { bridge, address: '/imports' });
    expect(await screen.findByRole('button', { name: '2 files to decide' })).toBeDisabled();
    await user.click(screen.getByRole('combobox', { name: 'For all files' }));
    await user.click(await screen.findByRole('option', { name: /^Leave out|Keep/ }));
    await beginImport('Import 1 file');
    expect(start).toHaveBeenCalledWith('plan-3', {
      strict: false,
      answers: [
        { file: files[2], answer: 'leave' },
        { file: files[0], answer: 'leave' },
      ],
      look: true,
    });
    expect(await screen.findByText('12 lines imported')).toBeVisible();
  });

  test('of a newer export shows what changes before it replaces', async () => {
    const bridge = createRecordedBridge('imports');
    const answered = vi.spyOn(bridge.imports, 'Answer');
    renderPage(<Page paths={dropped('newer.csv')} />, { bridge, address: '/imports' });
    const sides = within(await screen.findByRole('region', { name: '1 bill to be replaced' })).getByRole('table', { name: 'What overlaps with newer.csv' });
    const [, , now, before, difference] = within(sides).getAllByRole('row');
    expect(now).toHaveTextContent(/^newer\.csv[\d,.]+ USD[\d,.]+ USD13/);
    expect(before).toHaveTextContent(/^Current bill[\d,.]+ USD[\d,.]+ USD\d+/);
    expect(difference).toHaveTextContent(/^Difference[+−][\d,.]+ USD/);
    await beginImport('Import 1 file');
    expect(await screen.findByText('This import replaces a bill')).toBeVisible();
    const card = screen.getByRole('region', { name: /^AWS, .*Nov 2026$/ });
    const why = within(card).getByRole('table', { name: 'Lines by kind of change' });
    for (const name of ['New', 'Gone', 'Changed', 'Unchanged', 'Change']) expect(within(why).getByRole('rowheader', { name })).toBeInTheDocument();
    expect(within(card).getByRole('grid', { name: 'Services' })).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Replace' }));
    expect(answered).toHaveBeenCalledWith('3', []);
    expect(await screen.findByText('13 lines imported')).toBeVisible();
    expect(screen.getByRole('button', { name: /^Show what changes in AWS/ })).toBeVisible();
  });

  test('of a newer export keeps the current bill where the preview is answered so', async () => {
    renderPage(<Page paths={dropped('newer.csv')} />, { bridge: createRecordedBridge('imports'), address: '/imports' });
    const choice = await screen.findByRole('combobox', { name: 'What to use for newer.csv' });
    await user.click(choice);
    await user.click(await screen.findByRole('option', { name: 'Keep the current bill' }));
    expect(await screen.findByRole('region', { name: 'No bill is replaced' })).toBeVisible();
    expect(screen.getByRole('region', { name: 'newer.csv' })).toHaveTextContent('Left out');
    expect(screen.getByRole('button', { name: 'Nothing to import' })).toBeDisabled();
  });

  test('does not begin beside one that waits: its preview says so', async () => {
    const bridge = createRecordedBridge('imports');
    const plan = vi.spyOn(bridge.imports, 'Start');
    const { unmount } = renderPage(<Page paths={dropped('newer.csv')} />, { bridge, address: '/imports' });
    await beginImport('Import 1 file');
    await screen.findByText('This import replaces a bill');
    const waiting = await resultOf(plan);
    unmount();
    const other = createRecordedBridge('imports');
    other.jobs.List = () => Promise.resolve([{ ...waiting, state: 'waiting' }]);
    renderPage(<Page paths={dropped('aws-2026-09.csv')} />, { bridge: other, address: '/imports' });
    expect(await screen.findByText('Decide about the other import first.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Import 1 file' })).toBeDisabled();
    expect(screen.getByRole('button', { name: /^Cancel: Import newer/ })).toBeEnabled();
  });

  test('that waits can be left and found again, or cancelled', async () => {
    const bridge = createRecordedBridge('imports');
    const Leave = () => {
      const navigate = useNavigate();
      return <button onClick={() => void navigate('/imports')}>leave</button>;
    };
    renderPage(
      <>
        <Leave />
        <Page paths={dropped('newer.csv')} />
      </>,
      { bridge, address: '/imports' },
    );
    await beginImport('Import 1 file');
    await screen.findByText('This import replaces a bill');
    await user.click(screen.getByRole('button', { name: 'leave' }));
    expect(await screen.findByText(/Import newer\.csv would replace 1 bill of the workspace/)).toBeVisible();
    await user.click(screen.getByRole('link', { name: 'Decide: Import newer.csv' }));
    expect(await screen.findByRole('button', { name: 'Replace' })).toBeEnabled();
    await user.click(screen.getByRole('button', { name: 'Keep the current bill' }));
    expect(await screen.findByRole('table', { name: 'Imports' })).toBeVisible();
    await waitFor(() => expect(screen.queryByText(/would replace/)).toBeNull());
  });

  test('of a bill from another export counts once', async () => {
    renderPage(<Page paths={['/home/nora/Downloads/3']} />, { bridge: createRecordedBridge('imports'), address: '/imports' });
    expect(within(await screen.findByRole('region', { name: 'No double counting' })).queryByRole('link')).toBeNull(); // known before
    await beginImport('Import 1 file');
    const bills = await screen.findByRole('link', { name: 'Show the bills' });
    const panel = screen.getByRole('region', { name: 'No double counting' });
    const [, counted, excluded] = within(panel).getAllByRole('row');
    expect(counted).toHaveTextContent(/Counted.*FOCUS.*azure-2026-10\.csv/);
    expect(excluded).toHaveTextContent(/Not counted.*azure-costs-2026-10\.csv/);
    expect(bills).toHaveAttribute('href', '/bills');
  });

  test('shows its speed and can be cancelled', async () => {
    const bridge = createRecordedBridge('imports');
    const started = vi.spyOn(bridge.imports, 'Start');
    const cancel = vi.fn(() => Promise.resolve());
    bridge.jobs.Cancel = cancel;
    renderPage(<Page paths={dropped('aws-2026-09.csv')} />, { bridge, address: '/imports' });
    await screen.findByRole('button', { name: 'Import 1 file' });
    bridge.holdJobs = true;
    await beginImport('Import 1 file');
    await waitFor(() => expect(started).toHaveResolved());
    const job = await resultOf(started);
    bridge.events.emit('job', { ...job, done: 500, total: 1000, lines: 3, linesPerSecond: 2, secondsLeft: 1 });
    expect(await screen.findByText('2 lines a second')).toBeVisible();
    expect(screen.getByText('Time left')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(cancel).toHaveBeenCalledWith(job.id);
    bridge.events.emit('job', { ...job, state: 'cancelled', message: 'It was cancelled.' });
    expect(await screen.findByText('The import was cancelled')).toBeVisible();
  });

  test('the program no longer knows leads to the list', async () => {
    renderPage(<Page />, { bridge: createRecordedBridge('imports'), address: '/imports?job=gone' });
    expect(await screen.findByText('This import has ended')).toBeVisible();
  });
});
