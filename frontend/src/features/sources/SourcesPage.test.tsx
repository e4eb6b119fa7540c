import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import { AppError } from '../../bridge/errors';
import type { ConnectionDraft, ConnectionInfo, JobInfo } from '../../lib/wire';
import { createRecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { SourcesPage } from './SourcesPage';

const user = userEvent.setup({ delay: null });
const connection: ConnectionInfo = {
  id: '0123456789abcdef', name: 'Production', kind: 'aws-exports', label: 'AWS exports', from: '', version: 1, changedAt: '', changedBy: '', months: [], namedAt: '', extras: [], lastRun: null,
  values: [{ name: 'bucket', value: 'acme-billing' }], secrets: [], missingSecrets: [], problem: '', standing: { syncedAt: '', failingSince: '', retryAt: '' },
};

test('a folder is connected, tested and synced, and its history says what came of it', async () => {
  const bridge = createRecordedBridge('sources');
  bridge.connections.ChooseFolder = () => Promise.resolve('/home/nora/Downloads/2');
  const view = renderPage(<SourcesPage />, { bridge, address: '/sources' });
  await user.click(await screen.findByRole('button', { name: 'Add connection' }));
  const dialog = await screen.findByRole('dialog', { name: 'Add connection' });
  await user.click(within(dialog).getByRole('combobox', { name: 'Kind' }));
  await user.click(await screen.findByRole('option', { name: 'Folder' }));
  await user.click(within(dialog).getByRole('button', { name: 'Save and test' }));
  expect(await within(dialog).findByText('Give the connection a name.')).toBeVisible();
  expect(within(dialog).getByText('Folder is missing.')).toBeVisible();
  await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Exports');
  await user.click(within(dialog).getByRole('button', { name: 'Choose Folder' }));
  await user.click(within(dialog).getByRole('button', { name: 'Save and test' }));

  const tested = await screen.findByRole('dialog', { name: 'Test Exports' });
  expect(await within(tested).findByRole('list', { name: 'Steps' })).toHaveTextContent('Read the folder');
  await user.click(within(tested).getByRole('button', { name: 'Sync now' }));
  const card = await screen.findByRole('region', { name: 'Exports' });
  await waitFor(() => expect(view.client.isMutating()).toBe(0));
  await view.client.invalidateQueries({ queryKey: ['connections'] }); // the shell does so when it hears of the change
  await waitFor(() => expect(card).toHaveTextContent('Up to date'));
  expect(card).toHaveTextContent('/home/nora/Downloads/2');
  await user.click(screen.getByRole('button', { name: 'History' }));
  expect(await screen.findByRole('row', { name: /^Exports, .*Imported/ })).toHaveTextContent('Done');
});

test('a connection that was changed meanwhile shows both, and secrets go out only', async () => {
  const bridge = createRecordedBridge('sources');
  const sent: { draft: ConnectionDraft; version: number }[] = [];
  const side = (text: string, version: number) => ({ text, version, changedAt: '2026-11-20T09:00:00Z', changedBy: 'tom' });
  bridge.connections.List = () =>
    Promise.resolve([
      {
        id: '0123456789abcdef', name: 'Production', kind: 'aws-exports', label: 'AWS exports', from: '', version: 3, changedAt: '', changedBy: '', months: [], namedAt: '', extras: [], lastRun: null,
        values: [{ name: 'bucket', value: 'acme-billing' }, { name: 'access_key_id', value: 'AKIA1' }], secrets: ['secret_access_key'], missingSecrets: ['Secret access key'], problem: 'x', standing: { syncedAt: '', failingSince: '', retryAt: '' },
      },
    ]);
  bridge.connections.Save = (draft, version) => {
    sent.push({ draft, version });
    return Promise.reject(version === 3 ? new AppError('conflict', 'It was changed.', '', { have: side('Bucket: other', 4), want: side('Bucket: acme-billing', 0) }) : new AppError('denied', 'The keychain is locked.'));
  };
  renderPage(<SourcesPage />, { bridge, address: '/sources' });
  const card = await screen.findByRole('region', { name: 'Production' });
  expect(card).toHaveTextContent('The keychain of this computer does not have: Secret access key. Enter it again.');
  await waitFor(() => expect(within(card).getByRole('button', { name: 'Edit: Production' })).toBeEnabled());
  await user.click(within(card).getByRole('button', { name: 'Enter the secret of Production' }));
  const dialog = await screen.findByRole('dialog', { name: 'Edit Production' });
  await user.type(within(dialog).getByLabelText('Secret access key'), 'hidden');
  await user.click(within(dialog).getByRole('button', { name: 'Save and test' }));
  const conflict = await screen.findByRole('dialog', { name: 'Which version should be kept?' });
  expect(conflict).toHaveTextContent('Bucket: other');
  await user.click(within(conflict).getByRole('button', { name: 'Save my version' }));
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('The keychain is locked.');
  expect(sent.map(({ version }) => version)).toEqual([3, 4]);
  expect(sent[1]?.draft.newSecrets).toEqual([{ name: 'secret_access_key', value: 'hidden' }]);
});

test('what the form lacks stays in sight, and a step that failed leads back to it', async () => {
  const bridge = createRecordedBridge('sources');
  let refusals = 0;
  bridge.connections.List = () => Promise.resolve([connection]);
  bridge.connections.Save = () => {
    refusals += 1;
    return Promise.reject(new AppError('invalid', 'Access key ID or Profile is missing: one of them is needed to sign in.'));
  };
  bridge.connections.Test = () => Promise.resolve([{ name: 'List the bucket', ok: false, detail: 'There is no bucket acme-bilings. Check its name.', beside: false }]);
  renderPage(<SourcesPage />, { bridge, address: '/sources' });
  await user.click(await screen.findByRole('button', { name: 'Test: Production' }));
  const tested = await screen.findByRole('dialog', { name: 'Test Production' });
  expect(await within(tested).findByText(/no bucket acme-bilings/)).toBeVisible();
  expect(within(tested).queryByRole('button', { name: 'Sync now' })).not.toBeInTheDocument();
  expect(within(tested).getByText('Bills cannot be synced yet. Did not work: list the bucket.')).toBeVisible();
  await user.click(within(tested).getByRole('button', { name: 'Edit connection' }));
  const dialog = await screen.findByRole('dialog', { name: 'Edit Production' });
  await user.click(within(dialog).getByRole('button', { name: 'Save and test' }));
  const failure = await within(dialog).findByRole('alert');
  expect(failure).toHaveTextContent('Access key ID or Profile is missing');
  expect(failure.closest('.MuiDialogContent-root'), 'it does not scroll out of sight with the fields').toBeNull();
  await user.type(within(dialog).getByRole('textbox', { name: 'First month' }), '2026');
  await user.click(within(dialog).getByRole('button', { name: 'Save and test' }));
  expect(await within(dialog).findByText(/^Write a month as Jan 2026/)).toBeVisible();
  expect(within(dialog).queryByRole('alert'), 'what was mended is not said any more').not.toBeInTheDocument();
  expect(refusals).toBe(1);
});

test('the schedule is shown before it is written, and nobody is contacted unasked until that is switched on', async () => {
  const bridge = createRecordedBridge('sources');
  const written: string[] = [];
  bridge.connections.Scheduled = () => Promise.resolve({ where: 'crontab', text: written.at(-1) ?? '' });
  bridge.connections.Schedule = (at, install) => {
    const text = `0 ${Number(at.slice(0, 2))} * * * sync --all`;
    if (install) written.push(text);
    return Promise.resolve({ where: 'crontab', text });
  };
  renderPage(<SourcesPage />, { bridge, address: '/sources?tab=schedule' });
  expect(await screen.findByLabelText('This entry will be written')).toHaveTextContent('0 2 * * * sync --all');
  await user.click(screen.getByRole('button', { name: 'Add schedule' }));
  expect(await screen.findByLabelText('Scheduled now')).toHaveTextContent('0 2 * * *');
  const unasked = screen.getByRole('switch', { name: /^Sync all connections when/ });
  expect(unasked).not.toBeChecked();
  await user.click(unasked);
  await waitFor(() => expect(screen.getByRole('switch', { name: /^Sync all connections when/ })).toBeChecked());
});

test('what is read beside bills is closed at first, and what it is charged for is not hidden', async () => {
  renderPage(<SourcesPage />, { bridge: createRecordedBridge('sources'), address: '/sources' });
  await user.click(await screen.findByRole('button', { name: 'Add connection' }));
  const dialog = await screen.findByRole('dialog', { name: 'Add connection' });
  const heading = await within(dialog).findByRole('button', { name: /^Also read: Account names, .*metrics/ });
  expect(within(dialog).queryByRole('switch', { name: 'Metrics' })).not.toBeInTheDocument();
  expect(within(dialog).getByText(/^Metrics: CloudWatch charges/)).toBeVisible();
  await user.click(heading);
  expect(within(dialog).getByRole('switch', { name: 'Metrics' })).not.toBeChecked();
  await user.click(within(dialog).getByRole('button', { name: 'More options' }));
  expect(within(dialog).getByRole('textbox', { name: 'Exports' }), 'the keyboard goes on where the button was').toHaveFocus();
  expect(within(dialog).getByRole('textbox', { name: 'Regions' })).toBeVisible();
});

test('a test that waits for a sign-in shows the page and the code, and sends what is asked for', async () => {
  const bridge = createRecordedBridge('sources');
  const job: Omit<JobInfo, 'prompt'> = { id: 'test-1', kind: 'test', title: 'Test Production', state: 'running', done: 0, total: 0, unit: 'lines', lines: 0, linesPerSecond: 0, secondsLeft: null, message: 'Waiting for AWS STS until 10:15:00: it failed 5 times in a row', error: null, result: null, outcome: null, kept: false, pauses: false, again: false, attempts: 1, user: 'nora', paths: [], connection: 'Production', startedAt: '2026-11-20T09:00:00Z', endedAt: '' };
  const answers: string[][] = [];
  bridge.connections.List = () => Promise.resolve([connection]);
  bridge.connections.Test = () => new Promise(() => undefined);
  bridge.jobs.List = () => Promise.resolve([{ ...job, prompt: { text: 'Enter the code of the MFA device.', address: 'https://microsoft.com/devicelogin', code: 'K7Q2M9', wanted: 'MFA code' } }]);
  bridge.connections.Answer = (id, answer) => {
    answers.push([id, answer]);
    return Promise.resolve();
  };
  renderPage(<SourcesPage />, { bridge, address: '/sources' });
  await user.click(await screen.findByRole('button', { name: 'Test: Production' }));
  const dialog = await screen.findByRole('dialog', { name: 'Test Production' });
  expect(await within(dialog).findByText('Enter the code of the MFA device.')).toBeVisible();
  expect(dialog).toHaveTextContent('https://microsoft.com/devicelogin');
  expect(dialog).toHaveTextContent('K7Q2M9');
  expect(dialog).toHaveTextContent('Waiting for AWS STS until 10:15:00');
  expect(within(dialog).getByRole('button', { name: 'Sign in' })).toBeDisabled();
  await user.type(within(dialog).getByRole('textbox', { name: 'MFA code' }), '123456{Enter}');
  expect(answers).toEqual([['test-1', '123456']]);
});
