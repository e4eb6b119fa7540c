import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import { AppError } from '../../bridge/errors';
import { createRecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { MigrationPage } from './MigrationPage';

const user = userEvent.setup({ delay: null });

// Working out which of many cells a screen reader sees is slow in jsdom.
configure({ defaultHidden: true });

async function start(name: string) {
  await user.click((await screen.findAllByRole('button', { name: 'New assessment' }))[0]!);
  const dialog = await screen.findByRole('dialog', { name: 'New assessment' });
  await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), name);
  await user.click(within(dialog).getByRole('combobox', { name: 'Start from' }));
  await user.click(await screen.findByRole('option', { name: 'Template: Web application in three tiers' }));
  await user.click(within(dialog).getByRole('button', { name: 'Create' }));
  await screen.findByRole('form', { name: 'Step 1 of 4' });
}

test('an assessment is begun, is told what is missing, is passed once that is there, and is assessed', async () => {
  const bridge = createRecordedBridge('migration');
  const page = renderPage(<MigrationPage />, { bridge, address: '/migration' });
  await start('Move');

  await user.click(screen.getByRole('button', { name: 'Next' }));
  expect(await screen.findByText('Must have a value.')).toBeInTheDocument();
  expect(screen.getByRole('alert')).toHaveTextContent('1 field of this step must be corrected');
  expect(page.address()).toContain('step=organization');

  await user.type(screen.getByRole('combobox', { name: /Countries/ }), 'DE{Enter}');
  await user.click(screen.getByRole('button', { name: 'Next' }));
  expect(await screen.findByRole('grid', { name: 'Workloads' })).toBeInTheDocument();
  expect(screen.getByRole('status', { name: 'Totals' })).toHaveTextContent('4 workloads: 6 machines, 18 vCPU, 80 GiB memory');
  await user.click(screen.getByRole('button', { name: 'Next' }));
  await screen.findByRole('form', { name: 'Step 3 of 4' });
  await user.click(screen.getByRole('button', { name: 'Next' }));
  await screen.findByRole('form', { name: 'Step 4 of 4' });

  expect(await screen.findByRole('table', { name: 'Not known' })).toHaveTextContent(/CPU utilisation4 of 4/);
  expect(screen.getByRole('button', { name: 'Assess' })).toBeDisabled();
  await user.click(screen.getByRole('checkbox', { name: /I accept/ }));
  await user.click(screen.getByRole('button', { name: 'Assess' }));
  expect(await screen.findByRole('table', { name: 'Comparison' })).toHaveTextContent(/Score, 0–100/);
  expect(page.address()).toBe('/migration?assessment=Move');
});

test('a draft that somebody else changed meanwhile is not overwritten: the person chooses', async () => {
  const bridge = createRecordedBridge('migration');
  renderPage(<MigrationPage />, { bridge, address: '/migration' });
  await start('Move');
  const seen: number[] = [];
  const have = { text: '7 workloads, seat FR', version: 9, changedAt: '2026-11-22T09:00:00Z', changedBy: 'Sam' };
  bridge.migrations.Save = (_name, _profile, _step, version) => {
    seen.push(version);
    return version === 9 ? Promise.resolve({ version: 10, wrong: [] }) : Promise.reject(new AppError('conflict', 'It was changed.', '', { have, want: { ...have, text: '4 workloads', version: 0 } }));
  };
  await user.type(screen.getByRole('textbox', { name: 'People in the team' }), '8');
  const dialog = await screen.findByRole('dialog', { name: 'Which one should be kept?' }, { timeout: 5000 });
  expect(dialog).toHaveTextContent('7 workloads, seat FR');
  await user.click(within(dialog).getByRole('button', { name: 'Store mine' }));
  await waitFor(() => expect(seen).toEqual([1, 9]));
  expect(await screen.findByText(/^Saved/)).toBeInTheDocument();
});
