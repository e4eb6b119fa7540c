import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import type { MuteRuleInfo } from '../../lib/wire';
import { createRecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { AnomaliesPage } from './AnomaliesPage';

const user = userEvent.setup({ delay: null });

// Working out which of many cells a screen reader sees is slow in jsdom.
configure({ defaultHidden: true });

test('lists an anomaly, shows its cause, and keeps what a person says of it', async () => {
  const bridge = createRecordedBridge('outlook');
  renderPage(<AnomaliesPage />, { bridge, address: '/anomalies' });
  const grid = await screen.findByRole('grid', { name: 'Anomalies' });
  await user.click(within(grid).getByText(/Amazon Elastic Compute Cloud/));
  const dialog = await screen.findByRole('dialog', { name: /^Spike, / });
  expect(dialog).toHaveTextContent(/Impact so far, USD.*\+19/);
  expect(await within(dialog).findByRole('figure', { name: /Daily cost here/ })).toBeInTheDocument();
  expect(within(dialog).getByRole('region', { name: 'Cause' })).toHaveTextContent(/New: i-0b22, SKU-Large/);
  expect(new URLSearchParams(within(dialog).getByRole('link', { name: 'Show charge lines' }).getAttribute('href')?.split('?')[1]).get('where')).toContain('eu-west-1');

  await user.click(within(dialog).getByRole('button', { name: 'Expected' }));
  await user.type(within(dialog).getByRole('textbox', { name: 'Note' }), 'Load test');
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.getByText('No open anomalies')).toBeInTheDocument());
});

test('says what each sensitivity would have found', async () => {
  renderPage(<AnomaliesPage />, { bridge: createRecordedBridge('outlook'), address: '/anomalies?dialog=sensitivity' });
  const dialog = await screen.findByRole('dialog', { name: 'Sensitivity' });
  expect(await within(dialog).findByRole('table', { name: 'Anomalies that each sensitivity would have found' })).toHaveTextContent(/Low40 % and 10 USD1Medium20 % and 1 USD1High12 % and 0.10 USD1/);
});

test('a mute rule that somebody else deletes keeps its form and what was typed', async () => {
  const bridge = createRecordedBridge('outlook');
  const rule = (name: string): MuteRuleInfo => ({ rule: { name, kind: 'spike', keys: [], note: '' }, version: 1, changedAt: '2026-10-01T08:00:00Z', changedBy: 'nora' });
  let rules = [rule('Load test'), rule('Migration')];
  bridge.anomalies.MuteRules = () => Promise.resolve(rules);
  bridge.anomalies.DeleteMuteRule = () => {
    rules = [];
    return Promise.resolve();
  };
  const saved: unknown[] = [];
  bridge.anomalies.SaveMuteRule = (...args) => {
    saved.push(args);
    return Promise.resolve(2);
  };
  renderPage(<AnomaliesPage />, { bridge, address: '/anomalies?dialog=mute' });
  const dialog = await screen.findByRole('dialog', { name: 'Mute rules' });
  await user.click(await within(dialog).findByRole('button', { name: 'Edit Load test' }));
  await user.type(within(dialog).getByRole('textbox', { name: 'Note' }), 'Every Monday');
  await user.click(within(dialog).getByRole('button', { name: 'Delete Migration' }));
  await waitFor(() => expect(within(dialog).queryByText('Migration')).toBeNull());
  expect(within(dialog).getByRole('textbox', { name: 'Note' })).toHaveValue('Every Monday');
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  // The version that was seen: the Go side then says that the rule was deleted.
  await waitFor(() => expect(saved).toMatchObject([[{ name: 'Load test', note: 'Every Monday' }, 1]]));
});
