import { expect, test } from 'vitest';

import { estateTotals, plainOf } from './totals';

test('an estate adds up exactly, with the defaults of what a line does not say', () => {
  const defaults: Record<string, string> = { count: '1', vcpu: '2', memory_gib: '8', block_gib: '100' };
  const totals = estateTotals(
    [{ count: '3', vcpu: '4', memory_gib: '0.7', block_gib: '10.05', object_gib: '1.1', egress_gb_month: '0.1' }, { db_engine: 'mysql', db_storage_gib: '50', egress_gb_month: '0,2' }, { count: 'many', db_storage_gib: '999' }],
    (name) => defaults[name],
  );
  expect(Object.fromEntries(Object.entries(totals).map(([name, value]) => [name, name === 'machines' ? String(value) : plainOf(value)]))).toEqual({ machines: '4', vcpu: '14', memory: '10.1', storage: '181.25', egress: '0.3' });
});

test('hundredths are written as decimals', () => {
  expect([0n, 5n, -5n, 120n, 100n].map(plainOf)).toEqual(['0', '0.05', '-0.05', '1.2', '1']);
});
