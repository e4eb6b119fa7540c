import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import { AppError } from '../../bridge/errors';
import type { MigrationRule } from '../../lib/wire';
import { createRecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { MigrationPage } from './MigrationPage';
import table from './model/table.json?raw';

const user = userEvent.setup({ delay: null });

// Working out which of many cells a screen reader sees is slow in jsdom.
configure({ defaultHidden: true });

/** A draft on the table of rules of the Go side; `Save` is what a test makes of it. */
function draftBridge(profile: object) {
  const bridge = createRecordedBridge('budgets');
  const rules = JSON.parse(table) as { rules: MigrationRule[]; countries: string[] };
  bridge.migrations.Form = () => Promise.resolve({ ...rules, geos: [], regions: [], services: [], frameworks: [], suggestions: [], templates: [], today: '2026-11-22' });
  bridge.migrations.Open = () => Promise.resolve({ name: 'Move', version: 1, step: '', profile: JSON.stringify(profile), wrong: [{ path: 'organization.countries', rule: 'required', message: 'organization.countries must have a value' }], origin: null, changedAt: '2026-11-22T09:00:00Z', changedBy: 'Nora' });
  return bridge;
}

test('a draft is saved as it is typed, and a step is not passed before it is in order', async () => {
  const bridge = draftBridge({ organization: { name: 'Move' }, workloads: [], requirements: {} });
  const saved: { profile: string; step: string; version: number }[] = [];
  bridge.migrations.Save = (_name, profile, step, version) => {
    saved.push({ profile, step, version });
    const wrong = profile.includes('"countries":["DE"]') ? [] : [{ path: 'organization.countries', rule: 'required', message: 'organization.countries must have a value' }];
    return Promise.resolve({ version: version + 1, wrong: [...wrong, { path: 'workloads', rule: 'length', message: 'workloads must have 1 to 5000 entries, not 0' }] });
  };
  const page = renderPage(<MigrationPage />, { bridge, address: '/migration?assessment=Move&step=organization' });
  await user.type(await screen.findByRole('textbox', { name: 'People in the team' }), '0');
  await user.click(screen.getByRole('button', { name: 'Next' }));
  expect(await screen.findByText('Must have a value.')).toBeInTheDocument();
  expect(screen.getByText('Must be from 1 to 10000, not 0.')).toBeInTheDocument();
  expect(screen.getByRole('alert')).toHaveTextContent('1 field of this step must be corrected');
  expect(page.address()).toContain('step=organization');
  expect(JSON.parse(saved.at(-1)?.profile ?? '')).toEqual({ organization: { name: 'Move', team_size: 0 }, workloads: [], requirements: {} });

  await user.type(screen.getByRole('combobox', { name: /Countries/ }), 'DE{Enter}');
  await user.click(screen.getByRole('button', { name: 'Next' }));
  expect(await screen.findByText('No workloads yet')).toBeInTheDocument();
  // The step is kept with the draft.
  await waitFor(() => expect(saved.at(-1)?.step).toBe('workloads'));
  expect(saved.map(({ version }) => version)).toEqual(saved.map((_one, at) => at + 1));
});

test('a draft that somebody else changed meanwhile is not overwritten: the person chooses', async () => {
  const bridge = draftBridge({ organization: { name: 'Move', countries: ['DE'] }, workloads: [{ name: 'web' }], requirements: {} });
  const seen: number[] = [];
  const have = { text: '7 workloads, seat FR', version: 9, changedAt: '2026-11-22T09:00:00Z', changedBy: 'Sam' };
  bridge.migrations.Save = (_name, _profile, _step, version) => {
    seen.push(version);
    return version === 9 ? Promise.resolve({ version: 10, wrong: [] }) : Promise.reject(new AppError('conflict', 'It was changed.', '', { have, want: { ...have, text: '1 workload', version: 0 } }));
  };
  renderPage(<MigrationPage />, { bridge, address: '/migration?assessment=Move&step=organization' });
  await user.type(await screen.findByRole('textbox', { name: 'People in the team' }), '8');
  await user.click(screen.getByRole('button', { name: 'Next' }));
  const dialog = await screen.findByRole('dialog', { name: 'Which version should be kept?' });
  expect(dialog).toHaveTextContent('7 workloads, seat FR');
  await user.click(within(dialog).getByRole('button', { name: 'Save my version' }));
  await waitFor(() => expect(seen).toEqual([1, 9]));
  expect(await screen.findByText(/^Saved/)).toBeInTheDocument();
});
