import { expect, test } from 'vitest';

import { alertsTable, channelSchema, deliveriesTable, describeDelivery, draftOf, newChannel } from './model';

const missing = (values: Partial<typeof newChannel>) => channelSchema.safeParse({ ...newChannel, name: 'A', ...values }).error?.issues.map(({ path }) => path.join('.')) ?? [];

test('each kind of channel needs its own fields', () => {
  expect(missing({ kind: 'smtp' })).toEqual(['host', 'from', 'to']);
  expect(missing({ kind: 'smtp', host: 'h', from: 'a@b.c', to: 'a@b.c' })).toEqual([]);
  expect(missing({ kind: 'smtp', host: 'h', from: 'a@b.c', to: 'a@b.c', user: 'nora' })).toEqual(['secret']);
  expect(missing({ kind: 'slack' })).toEqual(['secret']);
  expect(missing({ kind: 'json', secret: 'a key of some length' })).toEqual(['url']);
  expect(missing({ kind: 'smtp', host: 'h', from: 'a@b.c', to: 'a@b.c', port: 'x' })).toEqual(['port']);
});

test('only the fields of its kind cross with a channel, and never its secret', () => {
  const mail = draftOf({ ...newChannel, name: 'Mail', host: 'smtp.example.com', port: '465', tls: 'tls', from: 'a@b.c', to: 'a@b.c, d@e.f;g@h.i', secret: 'password' });
  expect(mail).toMatchObject({ port: 465, tls: 'tls', to: ['a@b.c', 'd@e.f', 'g@h.i'], url: '' });
  expect(JSON.stringify(mail)).not.toContain('password');
  expect(draftOf({ ...newChannel, kind: 'slack', name: 'S', host: 'left over', to: 'a@b.c', secret: 'https://hooks' })).toEqual({ name: 'S', kind: 'slack', url: '', host: '', port: 0, tls: 'starttls', user: '', from: '', to: [] });
});

test('deliveries are distinguished, and tables have a cell for each column', () => {
  expect((['sent', 'waiting', 'failed', 'sending'] as const).map((state) => describeDelivery(state).text)).toEqual(['Sent', 'Waiting', 'Failed', 'Unknown']);
  const alerts = alertsTable([{ id: 1, budget: 'B', version: 1, period: '2026-11', kind: 'actual', percent: '80', crossedAt: '2026-11-03', seenAt: '', message: 'm', sentTo: ['a', 'b'], readBy: '' }]);
  expect(alerts.rows[0]).toHaveLength(alerts.columns.length);
  const log = deliveriesTable([{ alert: 1, channel: 'C', state: 'sent', attempts: 1, nextAt: '', changedAt: '', error: '' }], () => 'm');
  expect(log.rows[0]).toHaveLength(log.columns.length);
});
