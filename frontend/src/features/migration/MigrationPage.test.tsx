import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

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
  const { Save } = bridge.migrations;
  bridge.migrations.Save = (name, profile, step, version) => {
    saved.push({ profile, step, version });
    return Save(name, profile, step, version);
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
  const dialog = await screen.findByRole('dialog', { name: 'Which one should be kept?' });
  expect(dialog).toHaveTextContent('1 workload, seat FR');
  await user.click(within(dialog).getByRole('button', { name: 'Store mine' }));
  await waitFor(() => expect(saved.map(({ version }) => version)).toEqual([1, 1, 2]));
  expect(await screen.findByText(/^Saved/)).toBeInTheDocument();
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});
