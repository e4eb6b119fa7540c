import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import { AppError } from '../../bridge/errors';
import type { AlertInfo, AlertRuleDraft, ChannelDraft } from '../../lib/wire';
import { createRecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { AlertsPage } from './AlertsPage';

const user = userEvent.setup({ delay: null });

test('an alert is marked as read and leads to its budget', async () => {
  const bridge = createRecordedBridge('bills');
  const alerts: AlertInfo[] = [{ id: 7, budget: 'Shop', version: 1, rule: '', period: '2026-11', about: '', kind: 'actual', percent: '80', crossedAt: '2026-11-12', seenAt: '2026-11-13T09:00:00Z', message: 'Shop has spent 85.00 USD.', sentTo: [], readBy: '' }];
  bridge.alerts.List = () => Promise.resolve(structuredClone(alerts));
  bridge.alerts.MarkRead = (ids, read) => {
    for (const one of alerts) if (ids.includes(one.id)) one.readBy = read ? 'Nora' : '';
    return Promise.resolve();
  };
  renderPage(<AlertsPage />, { bridge, address: '/alerts' });
  const row = await screen.findByRole('listitem');
  expect(row).toHaveTextContent('Reached on 12 Nov 2026');
  expect(within(row).getByRole('link')).toHaveAttribute('href', '/budgets?budget=Shop&period-of=2026-11');
  await user.click(within(row).getByRole('button', { name: /^Mark as read/ }));
  await waitFor(() => expect(screen.getByRole('listitem')).toHaveTextContent('read by Nora'));
});

test('a channel is added with its secret beside it, and a locked keychain is a sentence', async () => {
  const bridge = createRecordedBridge('bills');
  const added: { draft: ChannelDraft; secret: string }[] = [];
  bridge.alerts.Channels = () => Promise.resolve([]);
  bridge.alerts.AddChannel = (draft, secret) => {
    added.push({ draft, secret });
    return added.length === 1 ? Promise.reject(new AppError('denied', 'The keychain is locked. Unlock it and try again.')) : Promise.resolve();
  };
  renderPage(<AlertsPage />, { bridge, address: '/alerts?tab=channels' });
  await user.click(await screen.findByRole('button', { name: 'Add channel' }));
  const dialog = await screen.findByRole('dialog', { name: 'Add channel' });
  await user.click(within(dialog).getByRole('combobox', { name: 'Kind' }));
  await user.click(await screen.findByRole('option', { name: 'Slack' }));
  await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Team');
  await user.type(within(dialog).getByLabelText('Address of the web hook'), 'https://hooks.example.com/1');
  await user.click(within(dialog).getByRole('button', { name: 'Add channel' }));
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('The keychain is locked.');
  await user.click(within(dialog).getByRole('button', { name: 'Add channel' }));
  await waitFor(() => expect(added).toHaveLength(2));
  expect(added[1]).toMatchObject({ draft: { name: 'Team', kind: 'slack', url: '' }, secret: 'https://hooks.example.com/1' });
});

test('a rule is added, and one that somebody else changed shows both values', async () => {
  const bridge = createRecordedBridge('bills');
  const saved: { draft: AlertRuleDraft; version: number }[] = [];
  bridge.alerts.Rules = () => Promise.resolve(saved.length === 0 ? [] : [{ ...saved[0]!.draft, version: 1, changedAt: '2026-11-13T09:00:00Z', changedBy: 'Nora', problem: '' }]);
  bridge.alerts.SaveRule = (draft, version) => {
    saved.push({ draft, version });
    if (saved.length !== 2) return Promise.resolve(saved.length);
    const side = (text: string, at: number) => ({ text, version: at, changedAt: '', changedBy: '' });
    return Promise.reject(new AppError('conflict', 'The alert rule "Late" was changed meanwhile.', '', { have: side('late: 9 days', 2), want: side('late: 5 days', 2) }));
  };
  renderPage(<AlertsPage />, { bridge, address: '/alerts?tab=rules' });
  await user.click(await screen.findByRole('button', { name: 'Add rule' }));
  const dialog = await screen.findByRole('dialog', { name: 'Add rule' });
  await user.click(within(dialog).getByRole('combobox', { name: 'Kind' }));
  await user.click(await screen.findByRole('option', { name: 'Late data' }));
  await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Late');
  await user.type(within(dialog).getByRole('textbox', { name: 'Days' }), '3');
  await user.click(within(dialog).getByRole('button', { name: 'Add rule' }));
  await user.click(await screen.findByRole('button', { name: 'Edit Late' }));
  const days = within(await screen.findByRole('dialog', { name: 'Edit Late' })).getByRole('textbox', { name: 'Days' });
  await user.clear(days);
  await user.type(days, '5');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  const conflict = await screen.findByRole('dialog', { name: 'Which version should be kept?' });
  expect(conflict).toHaveTextContent('late: 9 days');
  expect(conflict).toHaveTextContent('late: 5 days');
  await user.click(within(conflict).getByRole('button', { name: 'Save my version' }));
  await waitFor(() => expect(saved).toHaveLength(3));
  expect(saved.map(({ draft, version }) => [draft.days, version])).toEqual([
    [3, 0],
    [5, 1],
    [5, 2],
  ]);
});
