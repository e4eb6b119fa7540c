import { expect, test } from 'vitest';

import type { FindingInfo, SavingsTotal } from '../../lib/wire';
import { waterfallRows } from '../../ui/charts/barRows';
import { describeClass, describeListed, describeNotExamined, describeRange, describeSaving, describeState, describeSubject, findingsTable, groupNotExamined, matchesFilter, matchesRule, noFilter, notExaminedTable, shortResource, valuesOf, waterfallOf, withoutSmall, wordsOf } from './model';

const finding: FindingInfo = {
  id: '1', rule: 'A-NET-07', ruleVersion: 1, title: 'Elastic IP address without use', class: 'B', state: 'open', found: 'open', candidate: false, confidence: 'high', stage: 'terminate', effort: 'low',
  provider: 'AWS', billingAccount: '100', subAccount: '200', region: 'eu-west-1', service: 'Amazon VPC', resourceId: 'eip-1', currency: 'USD', monthlyGross: '3.87165', monthlyAbsorbed: '0', monthlyOverlap: '0', monthlyNet: '3.87165',
  small: false, prices: [], why: '', documents: [], providerSays: [], lookbackDays: 30, lines: 30, firstDay: '2026-10-20', lastDay: '2026-11-18', where: { kind: 'all', parts: [] }, team: '', decision: 'open', progress: null, score: '3.87165', sentence: 'An address.',
};

const total: SavingsTotal = {
  currency: 'USD', monthlyCost: '100.5', gross: '40', absorbed: '5', overlap: '5', net: '30', candidates: '2', remaining: '70.5',
  stages: [{ stage: 'terminate', findings: 2, net: '25', shown: '25' }, { stage: 'tier', findings: 1, net: '5', shown: '5' }],
};

test('the waterfall leads exactly from the bill of a month to what remains', () => {
  const steps = waterfallOf(total);
  expect(steps.map(({ amount }) => amount)).toEqual(['100.5', '-25', '-5', '70.5']);
  const { bars } = waterfallRows(steps, 'USD');
  // The last change ends where the last level does.
  expect(bars[2]?.from).toBeCloseTo(bars[3]?.to ?? 0, 12);
});

test('a stage that saves nothing has no sign', () => {
  expect(waterfallOf({ ...total, stages: [{ stage: 'tier', findings: 1, net: '0', shown: '0' }] })[1]?.amount).toBe('0');
});

test('a finding is distinguished from a candidate, a small one and one without a price', () => {
  const texts = [finding, { ...finding, candidate: true }, { ...finding, found: 'belowFloor' as const }, { ...finding, found: 'unpriceable' as const }, { ...finding, found: 'review' as const }].map((one) => describeState(one).text);
  expect(texts).toEqual(['Finding', 'Candidate', 'Small', 'No price', 'To review']);
  expect(describeState({ ...finding, candidate: true, decision: 'dismissed' }).text).toBe('Dismissed');
});

test('what is done or dismissed is listed only where it is asked for', () => {
  const done = { ...finding, decision: 'done' as const };
  expect(matchesFilter(done, noFilter)).toBe(false);
  expect(matchesFilter(done, { ...noFilter, decision: 'done' })).toBe(true);
  expect(matchesFilter(done, { ...noFilter, decision: 'all' })).toBe(true);
  expect(matchesFilter({ ...finding, decision: 'planned' }, noFilter)).toBe(true);
});

test('what a document refutes is listed only where it is asked for, and says so', () => {
  const refuted = { ...finding, found: 'refuted' as const };
  expect(matchesFilter(refuted, noFilter)).toBe(false);
  expect(matchesFilter(refuted, { ...noFilter, decision: 'refuted' })).toBe(true);
  expect(matchesFilter(finding, { ...noFilter, decision: 'refuted' })).toBe(false);
  expect(describeState(refuted).text).toBe('Refuted');
  expect(describeState({ ...finding, documents: [{ document: 'a.json', kind: 'aws-volumes', day: '2026-11-19' }] }).why).toContain('A document of the client proves it');
});

test('filters narrow by provider, check and confidence', () => {
  expect(matchesFilter(finding, noFilter)).toBe(true);
  expect(matchesFilter(finding, { ...noFilter, provider: 'AWS', rule: 'A-NET-07' })).toBe(true);
  expect(matchesFilter(finding, { ...noFilter, confidence: 'low' })).toBe(false);
  expect(valuesOf([finding, { ...finding, provider: 'Google Cloud' }, finding], 'provider')).toEqual(['AWS', 'Google Cloud']);
});

test('an unknown amount leaves as no value, and the currency column is the one of the head', () => {
  const table = findingsTable([{ ...finding, monthlyNet: null }], '2026-11-18');
  expect(table.columns[table.currencyColumn]?.name).toBe('Currency');
  expect(table.rows[0]?.[table.columns.findIndex(({ name }) => name === 'Net a month')]).toBeNull();
  expect(table.rows[0]).toHaveLength(table.columns.length);
});

test('the exported list says what a finding is beside what was decided, and its prices with date and source', () => {
  const priced = { ...finding, candidate: true, decision: 'accepted' as const, prices: [{ of: 'm6a.large', value: '0.0963', unit: 'USD an hour', date: '2025-04-04', source: 'ec2shop' }] };
  const { columns, rows } = findingsTable([priced], '2026-11-18');
  const cell = (name: string) => rows[0]?.[columns.findIndex((column) => column.name === name)];
  expect([cell('State'), cell('Decision'), cell('What to do')]).toEqual(['Candidate', 'Accepted', 'Remove what is not used']);
  expect(cell('Prices')).toBe('m6a.large 0.0963 USD an hour, ec2shop, 4 Apr 2025');
});

test('checks that could not be examined leave with a row for each reason', () => {
  const { columns, rows } = notExaminedTable([{ rule: 'A-EC2-01', provider: 'AWS', reasons: ['No metrics.', 'No inventory.'] }]);
  expect(rows).toEqual([
    ['A-EC2-01', 'AWS', 'No metrics.'],
    ['A-EC2-01', 'AWS', 'No inventory.'],
  ]);
  expect(columns).toHaveLength(3);
});

test('checks that could not be examined are counted once', () => {
  const reasons = ['No usage.'];
  expect(describeNotExamined([{ rule: 'X-01', provider: 'AWS', reasons }, { rule: 'X-01', provider: 'Google Cloud', reasons }])).toBe('1 check could not be examined in every account');
});

test('checks that could not be examined for the same reason are listed with it once', () => {
  const short = { provider: 'AWS', reasons: ['2 days with usage.'] };
  const groups = groupNotExamined([{ rule: 'X-01', provider: 'AWS', reasons: ['No usage.'] }, { rule: 'X-02', ...short }, { rule: 'X-03', ...short }, { rule: 'X-03', provider: 'Google Cloud', reasons: short.reasons }]);
  expect(groups.map(({ provider, rules }) => [provider, ...rules])).toEqual([['AWS', 'X-02', 'X-03'], ['AWS', 'X-01'], ['Google Cloud', 'X-03']]);
});

test('what decides a check and how it saves are words, and what is unknown stays as it is', () => {
  expect([describeClass('B~'), describeSaving('S-DEL')]).toEqual(['Candidate that the bill alone cannot decide', 'saves the whole cost']);
  expect([describeClass('Q'), describeSaving('S-NEW')]).toEqual(['Q', 'S-NEW']);
});

test('small findings are folded unless there are no others', () => {
  const small = { ...finding, id: '2', small: true };
  expect(withoutSmall([finding, small], false)).toEqual([finding]);
  expect(withoutSmall([finding, small], true)).toEqual([finding, small]);
  expect(withoutSmall([small], false)).toEqual([small]);
  const review = { ...finding, id: '3', monthlyNet: null };
  expect(withoutSmall([review, small], false), 'a list of nothing but unknown amounts would hide the total').toEqual([review, small]);
});

test('what is listed is held beside the total: folded findings still count', () => {
  const small = { ...finding, id: '2', small: true };
  const candidate = { ...finding, id: '3', candidate: true };
  const done: FindingInfo = { ...finding, id: '4', decision: 'done' };
  const replaced: FindingInfo = { ...finding, id: '5', found: 'superseded' };
  const all = [finding, small, candidate, done, replaced];
  expect(describeListed(withoutSmall(all, false), all)).toBe('1 of 2 findings in the total, 1 candidate, 2 others');
  expect(describeListed(all, all)).toBe('2 findings in the total, 1 candidate, 2 others');
  expect(describeListed([], all)).toBe('0 of 2 findings in the total');
  expect(describeListed([finding], [finding])).toBe('1 finding in the total');
});

test('a rule is found by parts of its id, title and provider', () => {
  const rule = { id: 'A-NET-07', title: 'Elastic IP address without use', providers: ['AWS'], pack: '' };
  expect(matchesRule(rule, 'aws ip')).toBe(true);
  expect(matchesRule(rule, 'net-07')).toBe(true);
  expect(matchesRule(rule, 'google')).toBe(false);
});

test('the name of a parameter is words', () => {
  expect([wordsOf('costAtLeast'), wordsOf('ratio')]).toEqual(['Cost at least', 'Ratio']);
});

test('the range of a parameter has its unit', () => {
  expect(describeRange({ least: '0', most: '1000000', unit: 'GB' })).toBe('0 to 1,000,000 GB');
  expect(describeRange({ least: '0.01', most: '1', unit: 'of the cost' })).toBe('0.01 to 1 of the cost');
  expect(describeRange({ least: '0', most: '100', unit: 'percent a month' })).toBe('0 to 100 % a month');
});

test('a resource is named by the last part of its id', () => {
  expect(['arn:aws:ec2:us-east-1:1:volume/vol-1', 'arn:aws:rds:us-east-1:1:ri:mysql', '/subscriptions/1/disks/d', 'machine-1', 'odd/'].map(shortResource)).toEqual(['vol-1', 'mysql', 'd', 'machine-1', 'odd/']);
});

test('a finding of many resources is called by its region, or else by its service', () => {
  const subject = (resourceId: string, region: string) => describeSubject({ resourceId, region, service: 'Amazon EC2' });
  expect([subject('arn:aws:ec2:us-east-1:1:volume/vol-1', 'us-east-1'), subject('', 'us-east-1'), subject('', '')]).toEqual(['vol-1', 'us-east-1', 'Amazon EC2']);
});
