import { formatDay } from '../../lib/days';
import { formatCounted, formatMoney } from '../../lib/money';
import { columnsOfKind } from '../../lib/table';
import type { Decision, FindingInfo, SavingsNotExamined, SavingsPrice, RuleInfo, RuleParameterInfo, SavingsTotal, ShownTable } from '../../lib/wire';
import type { WaterfallStep } from '../../ui/charts/barRows';
import type { PillTone } from '../../ui/Pill';
import { isRefuted } from './documents/model';
import { decisions } from './progress';

/** The views of the page; the first is the one it opens with. */
export const tabs = [
  { value: 'findings', label: 'Findings' },
  { value: 'summary', label: 'Summary' },
  { value: 'progress', label: 'Progress' },
] as const;

export type Tab = (typeof tabs)[number]['value'];

export function isTab(text: string): text is Tab {
  return tabs.some(({ value }) => value === text);
}

/** The name of a parameter as words: "Cost at least" for costAtLeast. */
export function wordsOf(parameter: string): string {
  const words = parameter.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What the list is narrowed to; null leaves a part open. */
export type FindingFilter = { provider: string | null; rule: string | null; confidence: string | null; effort: string | null; team: string | null; decision: string | null };

export const noFilter: FindingFilter = { provider: null, rule: null, confidence: null, effort: null, team: null, decision: null };

/** The parts of the filter that a finding has a value of. */
const parts = ['provider', 'rule', 'confidence', 'effort', 'team'] as const;

/** Which findings a choice of the filter "State" means; null is those about which something can still be done. */
export function matchesDecision(decision: Decision, wanted: string | null): boolean {
  return wanted === 'all' || (wanted === null ? decision !== 'done' && decision !== 'dismissed' : decision === wanted);
}

export function matchesFilter(finding: FindingInfo, filter: FindingFilter): boolean {
  const state = isRefuted(finding) ? filter.decision === 'all' || filter.decision === 'refuted' : matchesDecision(finding.decision, filter.decision);
  return state && parts.every((part) => filter[part] === null || finding[part] === filter[part]);
}

/** What a finding is to the total above the list: a part of it, a candidate beside it, or neither. */
export function standingOf(finding: FindingInfo): 'counts' | 'candidate' | 'other' {
  if (finding.found !== 'open' || !matchesDecision(finding.decision, null)) return 'other';
  return finding.candidate ? 'candidate' : 'counts';
}

/** "62 of 93 findings in the total, 24 candidates, 4 others": what is listed of all, so that the list can be held beside the total. */
export function describeListed(listed: FindingInfo[], all: FindingInfo[]): string {
  const count = (list: FindingInfo[], standing: ReturnType<typeof standingOf>) => list.filter((finding) => standingOf(finding) === standing).length;
  const [counts, candidates, others] = [count(listed, 'counts'), count(listed, 'candidate'), count(listed, 'other')];
  const total = count(all, 'counts');
  return [
    counts === total ? `${formatCounted(total, 'finding')} in the total` : `${counts} of ${formatCounted(total, 'finding')} in the total`,
    candidates > 0 && formatCounted(candidates, 'candidate'),
    others > 0 && formatCounted(others, 'other'),
  ].filter(Boolean).join(', ');
}

/** The findings that are listed: small ones only where they are asked for, and all where no other has an amount. */
export function withoutSmall(findings: FindingInfo[], small: boolean): FindingInfo[] {
  const large = findings.filter((finding) => !finding.small);
  return small || large.every(({ monthlyNet: net }) => net === null) ? findings : large;
}

/** Whether a rule is meant by what was typed: a part of its id, title or provider. */
export function matchesRule(rule: Pick<RuleInfo, 'id' | 'title' | 'providers' | 'pack'>, typed: string): boolean {
  const text = [rule.id, rule.title, ...rule.providers, rule.pack].join(' ').toLowerCase();
  return typed.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}

/** The values of one part of the findings, in the order of the alphabet. */
export function valuesOf(findings: FindingInfo[], part: (typeof parts)[number]): string[] {
  return [...new Set(findings.map((finding) => finding[part]))].sort();
}

const stages: Record<string, string> = {
  terminate: 'Remove what is not used',
  schedule: 'Switch off at night and on weekends',
  modernise: 'Move to newer or cheaper types',
  tier: 'Move to a cheaper class',
  commit: 'Use commitments better',
};

/** What is done about a finding, in words. */
export function describeStage(stage: string): string {
  return stages[stage] ?? stage;
}

const classes: Record<string, string> = {
  B: 'Proven by the bill',
  BP: 'Proven by the bill and the price book',
  'B~': 'Candidate that the bill alone cannot decide',
  I: 'Decided by an inventory of the client',
  M: 'Decided by metrics of the client',
};

/** What decides a check. */
export function describeClass(name: string): string {
  return classes[name] ?? name;
}

const savings: Record<string, string> = {
  'S-DEL': 'saves the whole cost',
  'S-FEE': 'saves the fee',
  'S-RATIO': 'saves a part of the cost',
  'S-RERATE': 'saves the difference to another price',
  'S-SCHED': 'saves the hours that are switched off',
  none: 'has no amount',
};

/** How a check calculates what it saves. */
export function describeSaving(name: string): string {
  return savings[name] ?? name;
}

/** From what the month costs to what remains; Go calculated each amount, and rounded the stages so that what is shown adds up. */
export function waterfallOf(total: SavingsTotal): WaterfallStep[] {
  return [
    { id: 'cost', label: 'Cost of a month', kind: 'level', amount: total.monthlyCost },
    ...total.stages.map(({ stage, shown }): WaterfallStep => ({ id: stage, label: describeStage(stage), kind: 'change', amount: negated(shown) })),
    { id: 'remaining', label: 'What remains', kind: 'level', amount: total.remaining },
  ];
}

function negated(amount: string): string {
  return amount.startsWith('-') ? amount.slice(1) : /[1-9]/.test(amount) ? `-${amount}` : amount;
}

/** How a finding stands, as a pill says it. */
export function describeState(finding: FindingInfo): { text: string; tone: PillTone; why: string } {
  switch (finding.decision) {
    case 'accepted':
      return { text: 'Accepted', tone: 'good', why: 'It will be acted on; the amount can still be saved and is in the total' };
    case 'planned':
      return { text: 'Planned', tone: 'good', why: 'It is known when it will be acted on; the amount is in the total' };
    case 'done':
      return { text: 'Done', tone: 'plain', why: 'It was acted on; the next bills show what it saves, and the amount is not in the total' };
    case 'dismissed':
      return { text: 'Dismissed', tone: 'plain', why: 'Nothing will be done; the amount is not in the total' };
    case 'open':
      return describeFound(finding);
  }
}

/** What a finding is, whatever was decided about it. */
function describeFound(finding: FindingInfo): { text: string; tone: PillTone; why: string } {
  switch (finding.found) {
    case 'open':
      return finding.candidate
        ? finding.why !== ''
          ? { text: 'Candidate', tone: 'plain', why: 'The documents of the client do not decide this; the amount is an upper bound and is not in the total' }
          : { text: 'Candidate', tone: 'plain', why: 'The bill alone cannot decide this; the amount is an upper bound and is not in the total' }
        : { text: 'Finding', tone: 'good', why: finding.documents.length > 0 ? 'A document of the client proves it; the amount is in the total' : 'The bill proves it; the amount is in the total' };
    case 'belowFloor':
      return { text: 'Small', tone: 'plain', why: 'It saves less than 1.00 a month and is not in the total' };
    case 'unpriceable':
      return { text: 'No price', tone: 'plain', why: 'Its charge lines have no effective cost, so the saving cannot be calculated' };
    case 'refuted':
      return { text: 'Refuted', tone: 'plain', why: 'A document of the client says that it is none; it has no amount' };
    case 'superseded':
      return { text: 'Replaced', tone: 'plain', why: 'Another check has the same resource; it has no amount here' };
    case 'review':
      return { text: 'To review', tone: 'plain', why: 'The bill shows what to look at, not what it saves' };
  }
}

/** "m6a.large 0.0963 USD an hour": what costs something else, and how much. */
export function describePrice({ of, value, unit }: SavingsPrice): string {
  return `${of} ${formatMoney(value, '', { digits: value.split('.')[1]?.length ?? 0 })} ${unit}`;
}

/** Where a price is from, and its day where the source has one. */
export function describePriceSource({ source, date }: SavingsPrice): string {
  return [source, date && formatDay(date)].filter(Boolean).join(', ');
}

/** The last part of a resource id, since ids begin alike. */
export function shortResource(id: string): string {
  return id.slice(Math.max(id.lastIndexOf('/'), id.lastIndexOf(':')) + 1) || id;
}

/** What a finding is about, in a few letters: its resource, else the region or the service whose charges were taken together. */
export function describeSubject({ resourceId, region, service }: Pick<FindingInfo, 'resourceId' | 'region' | 'service'>): string {
  return shortResource(resourceId) || region || service;
}

/** "1 to 1,000,000 GB", "0 to 100 %": what a number of a rule can be. */
export function describeRange({ least, most, unit }: Pick<RuleParameterInfo, 'least' | 'most' | 'unit'>): string {
  const number = (text: string) => formatMoney(text, '', { digits: text.split('.')[1]?.length ?? 0 });
  return `${number(least)} to ${number(most)} ${unit.replace(/^percent\b/, '%')}`;
}

/** Where a finding is, as far as the bill says it. */
export function describePlace(finding: FindingInfo): string {
  return [finding.provider, finding.region].filter(Boolean).join(' · ');
}

/** "5 checks could not be examined in every account": also a check that was examined for one account and not for another. */
export function describeNotExamined(list: SavingsNotExamined[]): string {
  return `${formatCounted(new Set(list.map(({ rule }) => rule)).size, 'check')} could not be examined in every account`;
}

/** The checks of each provider that have the same reason together, those with most first. */
export function groupNotExamined(list: SavingsNotExamined[]): { provider: string; reason: string; rules: string[] }[] {
  const groups = new Map<string, { provider: string; reason: string; rules: string[] }>();
  for (const { provider, rule, reasons } of list) {
    const reason = reasons.join(' ');
    const key = JSON.stringify([provider, reason]);
    const group = groups.get(key) ?? { provider, reason, rules: [] };
    group.rules.push(rule);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => b.rules.length - a.rules.length);
}

/** The checks that could not be examined as they leave for Excel or CSV, each with its reasons. */
export function notExaminedTable(list: SavingsNotExamined[]): ShownTable {
  return {
    title: 'Checks that could not be examined',
    columns: columnsOfKind('text', 'Check', 'Provider', 'Reason'),
    rows: list.flatMap(({ rule, provider, reasons }) => reasons.map((reason) => [rule, provider, reason])),
    currencyColumn: -1,
  };
}

const stepLabels: Record<string, string> = {
  effectiveCost: 'Effective cost of the charge lines',
  days: 'Days',
  ratio: 'Part that is saved',
  costAfter: 'Cost with other prices',
  saved: 'Saved in these days',
  monthlyGross: 'Gross saving a month',
  monthlyAbsorbed: 'Stays on the bill, paid by commitments',
  monthlyOverlap: 'Part of another finding',
  monthlyNet: 'Net saving a month',
};

/** What a step of the calculation is. */
export function describeStep(label: string): string {
  return stepLabels[label] ?? label;
}

/** Whether a step is an amount of money. */
export function isMoney(label: string): boolean {
  return label.startsWith('monthly') || ['effectiveCost', 'costAfter', 'saved'].includes(label);
}

/** The list as it leaves for Excel or CSV. */
export function findingsTable(findings: FindingInfo[], asOf: string): ShownTable {
  return {
    title: asOf === '' ? 'Savings found' : `Savings found to ${asOf}`,
    columns: [
      ...columnsOfKind('text', 'Finding', 'Check', 'State', 'Decision', 'Confidence', 'Effort', 'What to do', 'Provider', 'Billing account', 'Account', 'Region', 'Service', 'Resource', 'Currency'),
      ...columnsOfKind('amount', 'Gross a month', 'Absorbed a month', 'Overlap a month', 'Net a month', 'Priority'),
      ...columnsOfKind('count', 'Days', 'Charge lines'),
      ...columnsOfKind('day', 'First day', 'Last day', 'Due', 'Done on', 'Dismissed until'),
      ...columnsOfKind('text', 'Team', 'Owner', 'Reason', 'Note', 'Explanation', 'Prices', 'Documents say', 'Documents'),
    ],
    rows: findings.map((f) => [
      f.title, f.rule, describeFound(f).text, decisions.find(({ value }) => value === f.decision)?.label ?? '', f.confidence, f.effort, describeStage(f.stage), f.provider, f.billingAccount, f.subAccount, f.region, f.service, f.resourceId, f.currency,
      f.monthlyGross, f.monthlyAbsorbed, f.monthlyOverlap, f.monthlyNet, f.score, String(f.lookbackDays), String(f.lines), f.firstDay, f.lastDay, f.progress?.due || null, f.progress?.doneOn || null, f.progress?.until || null,
      f.team, f.progress?.owner ?? '', f.progress?.reason ?? '', f.progress?.note ?? '', f.sentence,
      f.prices.map((price) => `${describePrice(price)}, ${describePriceSource(price)}`).join('; '), f.why, f.documents.map(({ document: name }) => name).join(', '),
    ]),
    currencyColumn: 13,
  };
}
