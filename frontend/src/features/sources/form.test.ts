import { expect, test } from 'vitest';

import type { ConnectionInfo, ConnectorInfo, ConnectorOption } from '../../lib/wire';
import { connectionSchema, draftOf, valuesOf } from './form';

const option = (name: string, more: Partial<ConnectorOption> = {}): ConnectorOption => ({ name, label: name, help: '', example: '', required: false, secret: false, folder: false, switch: false, beside: false, rare: false, charge: '', ...more });
const connector: ConnectorInfo = { name: 'aws', label: 'AWS', policies: true, options: [option('bucket', { required: true }), option('prefix'), option('key', { secret: true, required: true }), option('token', { secret: true })] };
const stored = { name: 'Main', from: '2026-01', values: [{ name: 'bucket', value: 'acme' }], secrets: ['key', 'token'], missingSecrets: [] } as unknown as ConnectionInfo;

test('what is required is asked for, but for a secret that the keychain has', () => {
  const fresh = valuesOf(connector);
  const wrong = connectionSchema(connector, []).safeParse(fresh);
  expect(wrong.error?.issues.map(({ path }) => path.join('.'))).toEqual(['name', 'options.bucket', 'options.key']);
  expect(connectionSchema(connector, ['key']).safeParse(valuesOf(connector, stored)).success).toBe(true);
  expect(connectionSchema(connector, ['key']).safeParse({ ...valuesOf(connector, stored), from: 'last year' }).success).toBe(false);
});

test('only secrets that are entered or taken away cross, and what is emptied is taken away', () => {
  const values = valuesOf(connector, stored);
  expect(values.options).toEqual({ bucket: 'acme', prefix: '', key: '', token: '' });
  expect(draftOf(connector, values)).toEqual({ name: 'Main', kind: 'aws', from: 'Jan 2026', values: [{ name: 'bucket', value: 'acme' }, { name: 'prefix', value: '' }], newSecrets: [] });
  const changed = { ...values, from: '', options: { ...values.options, key: 'new' }, dropped: { token: true } };
  expect(draftOf(connector, changed)).toMatchObject({ from: '', newSecrets: [{ name: 'key', value: 'new' }, { name: 'token', value: '' }] });
});
