import { describe, expect, test } from 'vitest';

import type { MigrationRule } from '../../../lib/wire';
import cases from './cases.json?raw';
import { dotted, patternOf, rulesOf } from './rules';
import { describeSaved } from './steps';
import table from './table.json?raw';
import { profileOf, valuesOf } from './values';

type Case = { profile: { [section: string]: unknown }; wrong: { path: string; message: string }[] };

const rules = rulesOf(JSON.parse(table) as { rules: MigrationRule[]; countries: string[] });

/** What the schemas of the page find, as the Go side writes it. */
function found(profile: unknown): string[] {
  const issues = rules.profile.safeParse(profile).error?.issues ?? [];
  return issues.map(({ path, message }) => `${path.reduce<string>((text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`), '')} ${message}`).sort();
}

test('the page finds in each profile what the Go side found, in the same words', () => {
  const all = JSON.parse(cases) as Case[];
  expect(all.length).toBeGreaterThan(500);
  for (const { profile, wrong } of all) expect({ profile, wrong: found(profile) }).toEqual({ profile, wrong: wrong.map(({ message }) => message).sort() });
});

test('a profile goes through the form and back unchanged', () => {
  for (const { profile } of JSON.parse(cases) as Case[]) {
    if (!Array.isArray(profile['workloads'])) continue;
    // What is left empty says nothing, and a number that was written as text is one.
    const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replace(/"(-?\d+)"/g, '$1'));
    if (!JSON.stringify(profile).includes('""')) expect(plain(profileOf(rules, valuesOf(rules, JSON.stringify(profile))))).toEqual(plain(profile));
  }
});

describe('the form', () => {
  test('keeps what is no number as it was typed, and reads a decimal comma', () => {
    const values = valuesOf(rules, '{"organization":{"team_size":5},"workloads":[{"vcpu":2}],"requirements":{}}');
    expect(values.organization['team_size']).toBe('5');
    values.organization['team_size'] = 'five';
    values.workloads[0] = { vcpu: '', memory_gib: '2,5' };
    expect(profileOf(rules, values)).toEqual({ organization: { team_size: 'five' }, workloads: [{ memory_gib: 2.5 }], requirements: {} });
  });

  test('reads a profile whose sections are none', () => {
    expect(valuesOf(rules, '{"organization":3,"workloads":"none"}')).toEqual({ organization: {}, workloads: [], requirements: {} });
  });

  test('names fields as the table does', () => {
    expect(dotted('workloads[2].depends_on[0]')).toBe('workloads.2.depends_on.0');
    expect(patternOf('workloads.2.depends_on')).toBe('workloads[].depends_on');
  });

  test('says how long ago it was saved', () => {
    expect([0, 5, 59, 60, 3700].map(describeSaved)).toEqual(['Saved just now', 'Saved 5 s ago', 'Saved 59 s ago', 'Saved 1 min ago', 'Saved 1 h ago']);
  });
});
