import { configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import { AppError } from '../../bridge/errors';
import { createRecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { MigrationPage } from './MigrationPage';

const user = userEvent.setup({ delay: null });

// Working out which of many cells a screen reader sees is slow in jsdom.
configure({ defaultHidden: true });

/** The workspace with a draft in which nothing is filled in, and what the page saves of it. */
async function draftBridge() {
  const bridge = createRecordedBridge('migration');
  await bridge.migrations.New('Move', false, '');
  const saved: { profile: string; step: string; version: number }[] = [];
  const save = bridge.migrations.Save.bind(bridge.migrations);
  bridge.migrations.Save = (name, profile, step, version) => {
    saved.push({ profile, step, version });
    return save(name, profile, step, version);
  };
  return { bridge, saved };
}

test('a draft is saved as it is typed, and a step is not passed before it is in order', async () => {
  const { bridge, saved } = await draftBridge();
  const page = renderPage(<MigrationPage />, { bridge, address: '/migration?assessment=Move&step=organization' });
  await user.type(await screen.findByRole('textbox', { name: 'People in the team' }), '0');
  await user.click(screen.getByRole('button', { name: 'Next' }));
  expect(await screen.findByText('Must have a value.')).toBeInTheDocument();
  expect(screen.getByText('Must be from 1 to 10000, not 0.')).toBeInTheDocument();
  expect(await screen.findByRole('alert')).toHaveTextContent('2 fields of this step must be corrected');
  expect(page.address()).toContain('step=organization');
  expect(JSON.parse(saved.at(-1)?.profile ?? '')).toEqual({ organization: { name: 'Move', team_size: 0 }, workloads: [], requirements: {} });

  await user.clear(screen.getByRole('textbox', { name: 'People in the team' }));
  await user.type(screen.getByRole('combobox', { name: /Countries/ }), 'DE{Enter}');
  await user.click(screen.getByRole('button', { name: 'Next' }));
  expect(await screen.findByText('No workloads yet')).toBeInTheDocument();
  // The step is kept with the draft.
  await waitFor(() => expect(saved.at(-1)?.step).toBe('workloads'));
  expect(saved.map(({ version }) => version)).toEqual(saved.map((_one, at) => at + 1));
});

test('a draft that somebody else changed meanwhile is not overwritten: the person chooses', async () => {
  const { bridge, saved } = await draftBridge();
  renderPage(<MigrationPage />, { bridge, address: '/migration?assessment=Move&step=organization' });
  const team = await screen.findByRole('textbox', { name: 'People in the team' });
  await bridge.migrations.Save('Move', JSON.stringify({ organization: { name: 'Move', countries: ['FR'] }, workloads: [{ name: 'web' }], requirements: {} }), 'workloads', 1);
  await user.type(team, '8');
  await user.click(screen.getByRole('button', { name: 'Next' }));
  const dialog = await screen.findByRole('dialog', { name: 'Which version should be kept?' });
  expect(dialog).toHaveTextContent('1 workload');
  expect(dialog).toHaveTextContent('countries FR');
  await user.click(within(dialog).getByRole('button', { name: 'Save my version' }));
  await waitFor(() => expect(saved.map(({ version }) => version)).toEqual([1, 1, 2]));
  expect(await screen.findByText(/^Saved/)).toBeInTheDocument();
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

/** The workspace with an assessment of a template that was made once. */
async function assessedBridge() {
  const bridge = createRecordedBridge('migration');
  const { profile } = await bridge.migrations.New('Tiers', false, 'web');
  const fields = JSON.parse(profile) as { organization: object };
  await bridge.migrations.Save('Tiers', JSON.stringify({ ...fields, organization: { ...fields.organization, countries: ['DE'] } }), 'review', 1);
  await bridge.migrations.Assess('Tiers');
  return bridge;
}

test('a task that somebody else changed meanwhile is shown in both ways', async () => {
  const bridge = await assessedBridge();
  renderPage(<MigrationPage />, { bridge, address: '/migration?assessment=Tiers&tab=plan' });
  expect(await screen.findByRole('img', { name: /needs/ })).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Edit Pilot' }));
  await bridge.migrations.EditTask('Tiers', 'Pilot', { title: 'Trial', note: '', moved: 14, done: false }, 2);
  const dialog = screen.getByRole('dialog', { name: 'Pilot' });
  await user.type(within(dialog).getByRole('textbox', { name: 'Note' }), 'Ask Kim');
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  const choice = await screen.findByRole('dialog', { name: 'Which version should be kept?' });
  expect(choice).toHaveTextContent('Title: Trial');
  expect(choice).toHaveTextContent('Moved: 14 days');
  expect(choice).toHaveTextContent('Note: Ask Kim');
  await user.click(within(choice).getByRole('button', { name: 'Save my version' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(await screen.findByText(/Ask Kim/)).toBeInTheDocument();
});

test('newer prices are read when the person asks, and what they change is shown line by line', async () => {
  const bridge = await assessedBridge();
  const keys: string[] = [];
  // What the providers list differs from day to day.
  bridge.migrations.RefreshPrices = (_name, key) => {
    keys.push(key);
    return Promise.resolve([
      { provider: 'aws', region: 'eu-central-1', kind: 'machines', prices: 640, asOf: '2026-11-22', changed: 12, problem: '' },
      { provider: 'aws', region: 'eu-central-1', kind: 'disks', prices: 0, asOf: '', changed: 0, problem: 'Disks are missing.' },
      ...['machines', 'disks'].map((kind) => ({ provider: 'gcp', region: 'europe-west3', kind, prices: 0, asOf: '', changed: 0, problem: 'Google refuses the key.' })),
    ]);
  };
  renderPage(<MigrationPage />, { bridge, address: '/migration?assessment=Tiers' });
  await user.click(await screen.findByRole('button', { name: 'Newer prices' }));
  const dialog = await screen.findByRole('dialog', { name: 'Newer prices' });
  expect(await within(dialog).findByText('eu-central-1')).toBeInTheDocument();
  expect(keys).toEqual([]);
  await user.type(within(dialog).getByLabelText('API key of Google Cloud'), 'a-key');
  await user.click(within(dialog).getByRole('button', { name: 'Read prices' }));
  expect(await within(dialog).findByText('Google refuses the key.')).toBeInTheDocument();
  expect(within(dialog).getByRole('cell', { name: '12' })).toBeInTheDocument();
  expect(within(dialog).getByRole('row', { name: /Block storage/ })).toHaveTextContent('Disks are missing.');
  expect(keys).toEqual(['a-key']);
  await user.click(within(dialog).getByRole('button', { name: 'Assess again' }));
  const changes = await screen.findByRole('dialog', { name: 'What changed' });
  expect(await within(changes).findByText('No line differs.')).toBeInTheDocument();
  expect(within(changes).getByRole('combobox', { name: 'Before' })).toBeInTheDocument();
});

test('a wrong field of a workload shows its message when it is left, and at once where the line was wrong before', async () => {
  const { bridge } = await draftBridge();
  const draft = await bridge.migrations.Open('Move');
  const wrong = [{ path: 'workloads[1].count', rule: 'range', message: 'workloads[1].count must be from 1 to 100000, not 0' }];
  const profile = JSON.stringify({ organization: { name: 'Move', countries: ['DE'] }, workloads: [{ name: 'web' }, { name: 'app', count: 0 }], requirements: {} });
  bridge.migrations.Open = () => Promise.resolve({ ...draft, profile, wrong });
  bridge.migrations.Save = () => new Promise(() => undefined);
  renderPage(<MigrationPage />, { bridge, address: '/migration?assessment=Move&step=workloads' });
  // Labels are found faster than roles among so many fields.
  fireEvent.click(await screen.findByText('web'));
  const vcpu = await screen.findByLabelText('vCPU');
  fireEvent.change(vcpu, { target: { value: '0' } });
  expect(screen.queryByText('Must be from 1 to 448, not 0.')).not.toBeInTheDocument();
  fireEvent.blur(vcpu);
  expect(await screen.findByText('Must be from 1 to 448, not 0.')).toBeInTheDocument();
  fireEvent.click(screen.getByText('app'));
  expect(await screen.findByText('Must be from 1 to 100000, not 0.')).toBeInTheDocument();
});

test('steps with errors can all be looked at, and the review lists what is wrong', async () => {
  const { bridge } = await draftBridge();
  const draft = await bridge.migrations.Open('Move');
  const wrong = [{ path: 'organization.countries', rule: 'required', message: 'organization.countries must have a value' }];
  bridge.migrations.Open = () => Promise.resolve({ ...draft, wrong });
  bridge.migrations.Save = () => new Promise(() => undefined);
  const page = renderPage(<MigrationPage />, { bridge, address: '/migration?assessment=Move&step=organization' });
  fireEvent.click(await screen.findByText('2 Workloads'));
  expect(await screen.findByText('No workloads yet')).toBeInTheDocument();
  fireEvent.click(screen.getByText('4 Review'));
  expect(await screen.findByText('To correct')).toBeInTheDocument();
  expect(screen.getByText('Assess')).toBeDisabled();
  fireEvent.click(screen.getByText('1 Organisation · 1'));
  expect(await screen.findByText('Must have a value.')).toBeInTheDocument();
  expect(page.address()).toContain('step=organization');
});

test('leaving with changes that are not saved warns', async () => {
  const { bridge } = await draftBridge();
  bridge.migrations.Save = () => Promise.reject(new AppError('unavailable', 'The disk is full.'));
  const page = renderPage(<MigrationPage />, { bridge, address: '/migration?assessment=Move&step=organization' });
  const closes = () => {
    const event = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(event);
    return !event.defaultPrevented;
  };
  const team = await screen.findByRole('textbox', { name: 'People in the team' });
  expect(closes()).toBe(true);
  await user.type(team, '8');
  expect(closes()).toBe(false);
  await user.click(screen.getByRole('button', { name: 'All assessments' }));
  const dialog = await screen.findByRole('dialog', { name: 'Leave without saving?' });
  expect(dialog).toHaveTextContent('The last changes of Move could not be saved: The disk is full.');
  await user.click(within(dialog).getByRole('button', { name: 'Cancel' }));
  expect(page.address()).toContain('assessment=Move');
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  expect(team).toHaveValue('8');

  await user.click(screen.getByRole('button', { name: 'All assessments' }));
  await user.click(within(await screen.findByRole('dialog', { name: 'Leave without saving?' })).getByRole('button', { name: 'Leave' }));
  await waitFor(() => expect(page.address()).not.toContain('assessment=Move'));
});
