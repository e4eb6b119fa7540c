import { expect, test } from 'vitest';

import type { AlertInfo, AlertRuleInfo } from '../../lib/wire';
import { alertsTable, channelSchema, deliveriesTable, describeDelivery, describeHours, draftOf, newChannel, placeOf } from './model';
import { describeRule, newRule, ruleDraft, ruleSchema, ruleValues } from './rules';

const alert: AlertInfo = { id: 1, budget: 'B', version: 1, rule: '', period: '2026-11', about: '', kind: 'actual', percent: '80', crossedAt: '2026-11-03', seenAt: '', message: 'm', sentTo: ['a', 'b'], readBy: '' };
const late: AlertInfo = { ...alert, budget: '', rule: 'Feed', period: '', about: 'AWS 1@2026-11-01', kind: 'late', percent: '' };

const missing = (values: Partial<typeof newChannel>) => channelSchema.safeParse({ ...newChannel, name: 'A', ...values }).error?.issues.map(({ path }) => path.join('.')) ?? [];

test('each kind of channel needs its own fields', () => {
  expect(missing({ kind: 'smtp' })).toEqual(['host', 'from', 'to']);
  expect(missing({ kind: 'smtp', host: 'h', from: 'a@b.c', to: 'a@b.c' })).toEqual([]);
  expect(missing({ kind: 'smtp', host: 'h', from: 'a@b.c', to: 'a@b.c', user: 'nora' })).toEqual(['secret']);
  expect(missing({ kind: 'slack' })).toEqual(['secret']);
  expect(missing({ kind: 'desktop' })).toEqual([]);
  expect(missing({ kind: 'desktop', digest: '8', quietFrom: '25:00' })).toEqual(['digest', 'quietFrom', 'quietTo']);
  expect(missing({ kind: 'json', secret: 'a key of some length' })).toEqual(['url']);
  expect(missing({ kind: 'smtp', host: 'h', from: 'a@b.c', to: 'a@b.c', port: 'x' })).toEqual(['port']);
});

test('only the fields of its kind cross with a channel, and never its secret', () => {
  const mail = draftOf({ ...newChannel, name: 'Mail', host: 'smtp.example.com', port: '465', tls: 'tls', from: 'a@b.c', to: 'a@b.c, d@e.f;g@h.i', secret: 'password' });
  expect(mail).toMatchObject({ port: 465, tls: 'tls', to: ['a@b.c', 'd@e.f', 'g@h.i'], url: '' });
  expect(JSON.stringify(mail)).not.toContain('password');
  expect(draftOf({ ...newChannel, kind: 'slack', name: 'S', host: 'left over', to: 'a@b.c', secret: 'https://hooks' })).toEqual({ name: 'S', kind: 'slack', url: '', host: '', port: 0, tls: 'starttls', user: '', from: '', to: [], hours: { digest: '', quietFrom: '', quietTo: '' } });
  expect(draftOf({ ...newChannel, kind: 'desktop', name: 'D', digest: '08:00' })).toMatchObject({ kind: 'desktop', hours: { digest: '08:00' } });
});

test('deliveries are distinguished, and tables have a cell for each column', () => {
  expect((['sent', 'waiting', 'held', 'failed', 'sending'] as const).map((state) => describeDelivery(state).text)).toEqual(['Sent', 'Waiting', 'Held back', 'Failed', 'Unknown']);
  const alerts = alertsTable([alert, late]);
  expect(alerts.rows.map((row) => row.length)).toEqual([alerts.columns.length, alerts.columns.length]);
  expect(alerts.rows.map((row) => row.slice(2, 5))).toEqual([['B', '2026-11', 'actual 80 %'], ['Feed', '', 'Late data']]);
  const log = deliveriesTable([{ alert: 1, channel: 'C', state: 'sent', attempts: 1, nextAt: '', changedAt: '', error: '' }], () => 'm');
  expect(log.rows[0]).toHaveLength(log.columns.length);
});

test('an alert leads to what it is about', () => {
  const to = (kind: string, about: string) => Object.values(placeOf({ ...late, kind, about })).join(' ');
  expect(placeOf(alert)).toEqual({ label: 'Open budget', pathname: '/budgets', search: '?budget=B&period-of=2026-11' });
  expect(to('anomaly', '0a1b')).toBe('Open anomaly /anomalies ?state=all&anomaly=0a1b');
  expect(to('regressed', 'a@b@2026-05-01')).toBe('Open finding /savings ?finding=a%40b');
  expect(to('expiring', 'AWS x')).toBe('Open commitments /commitments ');
  expect(to('late', 'AWS 1@2026-11-01')).toBe('Open data quality /quality ');
});

test('hours are said in words', () => {
  expect(describeHours({ digest: '', quietFrom: '', quietTo: '' })).toBe('Each alert as it is raised');
  expect(describeHours({ digest: '08:00', quietFrom: '20:00', quietTo: '07:00' })).toBe('All alerts of a day together at 08:00, except from 20:00 to 07:00');
});

test('a rule needs what its kind needs, and only that crosses', () => {
  const wrong = (values: Partial<ReturnType<typeof newRule>>) => ruleSchema.safeParse({ ...newRule('USD'), name: 'R', ...values }).error?.issues.map(({ path }) => path.join('.')) ?? [];
  expect(wrong({})).toEqual(['amount']);
  expect(wrong({ amount: 'twelve' })).toEqual(['amount']);
  expect(wrong({ amount: '500', currency: '' })).toEqual(['currency']);
  expect(wrong({ kind: 'late', days: '0' })).toEqual(['days']);
  expect(wrong({ kind: 'regressed' })).toEqual([]);
  expect(ruleDraft({ ...newRule('USD'), name: 'R', kind: 'late', amount: 'left over', days: '3', scope: 'S' })).toEqual({ name: 'R', kind: 'late', amount: '', currency: '', days: 3, scope: 'S', on: true });
  const rule: AlertRuleInfo = { name: 'R', kind: 'anomaly', amount: '500', currency: 'EUR', days: 0, scope: '', on: false, version: 2, changedAt: '', changedBy: '', problem: '' };
  expect(ruleDraft(ruleValues(rule, 'USD'))).toEqual({ name: 'R', kind: 'anomaly', amount: '500', currency: 'EUR', days: 0, scope: '', on: false });
  expect(describeRule(rule)).toContain('500');
  expect(describeRule({ ...rule, kind: 'expiring', days: 1 })).toBe('A commitment, 1 day before its end');
});
