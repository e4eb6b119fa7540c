import { formatCounted } from '../../lib/money';
import { columnsOfKind } from '../../lib/table';
import type { Decision, FindingInfo, FindingVersion, Outcome, ProgressInfo, ProgressPatch, SavingsPart, SavingsRecordInfo, ShownTable, TrackedInfo } from '../../lib/wire';
import type { PillTone } from '../../ui/Pill';

/** What can be decided about a finding, in the order in which work goes on. */
export const decisions: { value: Decision; label: string }[] = [
  { value: 'open', label: 'Open' },
  { value: 'accepted', label: 'Accepted' },
  { value: 'planned', label: 'Planned' },
  { value: 'done', label: 'Done' },
  { value: 'dismissed', label: 'Dismissed' },
];

/** What is typed about findings; null leaves a part as it is. */
export type DecisionForm = { state: Decision | null; reason: string | null; until: string | null; owner: string | null; due: string | null; doneOn: string | null; note: string | null };

/** Nothing is decided yet. */
export const noDecision: DecisionForm = { state: null, reason: null, until: null, owner: null, due: null, doneOn: null, note: null };

/** The form of one finding has its values; that of several is empty, and what stays empty is not changed. */
export function formOf(progress: ProgressInfo | null): DecisionForm {
  if (!progress) return { ...noDecision, state: 'open' };
  const { state, reason, until, owner, due, doneOn, note } = progress;
  return { state, reason, until, owner, due, doneOn, note };
}

/** What is sent: parts that the chosen state does not have are left out, so that the Go side clears them. */
export function patchOf(form: DecisionForm): ProgressPatch {
  const dismissed = form.state === 'dismissed';
  return { ...form, reason: dismissed ? form.reason : null, until: dismissed ? form.until : null, doneOn: form.state === 'done' ? form.doneOn : null };
}

/** Why the form cannot be saved; null when it can. */
export function problemOf(form: DecisionForm): string | null {
  if (Object.values(form).every((part) => part === null)) return 'Choose a state, or fill in a part.';
  return form.state === 'dismissed' && (form.reason ?? '').trim() === '' ? 'Give the reason why it is dismissed.' : null;
}

/** The findings with the versions that the person sees. */
export function versionsOf(findings: { id: string; progress: ProgressInfo | null }[]): FindingVersion[] {
  return findings.map(({ id, progress }) => ({ id, seen: progress?.version ?? 0 }));
}

/** Whether all of the findings have the same state, which a form of several begins with. */
export function sharedForm(findings: FindingInfo[]): DecisionForm {
  const [first] = findings;
  return findings.length === 1 && first ? formOf(first.progress) : noDecision;
}

/** How a finding that is done turned out. */
export function describeOutcome(outcome: Outcome): { text: string; tone: PillTone } {
  switch (outcome) {
    case 'waiting':
      return { text: 'Too early', tone: 'plain' };
    case 'realised':
      return { text: 'Realised', tone: 'good' };
    case 'short':
      return { text: 'Less than half', tone: 'bad' };
    case 'regressed':
      return { text: 'Regressed', tone: 'bad' };
    case 'unmeasurable':
      return { text: 'Not measurable', tone: 'plain' };
  }
}

const outcomeOrder: Outcome[] = ['regressed', 'short', 'waiting', 'unmeasurable', 'realised'];

/** What is done in one currency, with what needs a look first. */
export function doneOf(tracked: TrackedInfo[], currency: string): TrackedInfo[] {
  const rank = ({ measured }: TrackedInfo) => outcomeOrder.indexOf(measured?.outcome ?? 'waiting');
  return tracked.filter((one) => one.progress.state === 'done' && one.currency === currency).sort((a, b) => rank(a) - rank(b) || (a.progress.doneOn < b.progress.doneOn ? 1 : -1));
}

/** "3 findings measured, 1 not yet". */
export function describeMeasured(findings: number, waiting: number): string {
  return waiting === 0 ? `${formatCounted(findings, 'finding')} measured` : `${formatCounted(findings, 'finding')} measured, ${waiting} not yet`;
}

/** What is done, as it leaves for Excel or CSV. */
export function doneTable(list: TrackedInfo[]): ShownTable {
  return {
    title: 'Realised savings',
    columns: [
      ...columnsOfKind('text', 'Finding', 'Check', 'Provider', 'Account', 'Region', 'Service', 'Resource', 'Owner', 'Outcome', 'Note', 'Currency'),
      ...columnsOfKind('amount', 'Promised a month', 'Before a month', 'After a month', 'Saved a month', 'Saved of late'),
      ...columnsOfKind('count', 'Days before', 'Days after'),
      ...columnsOfKind('day', 'Done on', 'First day after', 'Last day after'),
    ],
    rows: list.map((one) => {
      const m = one.measured;
      return [
        one.title, one.rule, one.provider, one.subAccount, one.region, one.service, one.resourceId, one.progress.owner, describeOutcome(m?.outcome ?? 'waiting').text, m?.reason ?? '', one.currency,
        one.promised, m?.before ?? null, m?.after ?? null, m?.saved ?? null, m?.savedOfLate ?? null, String(m?.daysBefore ?? 0), String(m?.daysAfter ?? 0),
        one.progress.doneOn || null, m?.firstDay || null, m?.lastDay || null,
      ];
    }),
    currencyColumn: 10,
  };
}

/** The totals over the imports, as they leave for Excel or CSV. */
export function historyTable(history: SavingsRecordInfo[], currency: string): ShownTable {
  return {
    title: 'Savings over the imports',
    columns: [
      ...columnsOfKind('text', 'Found', 'Currency'),
      ...columnsOfKind('amount', 'Cost a month', 'Savings found', 'Candidates', 'Realised'),
      ...columnsOfKind('count', 'Findings'),
      ...columnsOfKind('day', 'Charges through'),
    ],
    rows: historyOf(history, currency).map(({ record, total }) => [record.foundAt, currency, total.monthlyCost, total.net, total.candidates, total.realised, String(total.findings), record.asOf || null]),
    currencyColumn: 1,
  };
}

/** The records that have totals in a currency. */
export function historyOf(history: SavingsRecordInfo[], currency: string) {
  return history.flatMap((record) => record.totals.filter((total) => total.currency === currency).map((total) => ({ record, total })));
}

/** The ways in which the total is divided. */
export type PartKind = 'team' | 'provider' | 'effort' | 'confidence';

/** Their names. */
export const partKinds: { value: PartKind; label: string }[] = [
  { value: 'team', label: 'Team' },
  { value: 'provider', label: 'Provider' },
  { value: 'effort', label: 'Effort' },
  { value: 'confidence', label: 'Confidence' },
];

/** What findings without a value are called. */
export function describePart(by: string, value: string): string {
  if (value !== '') return by === 'effort' || by === 'confidence' ? value.charAt(0).toUpperCase() + value.slice(1) : value;
  return by === 'team' ? 'No team' : 'Not named';
}

/** The parts of the total, as they leave for Excel or CSV. */
export function partsTable(list: SavingsPart[], currency: string): ShownTable {
  return {
    title: 'Savings by team, provider, effort and confidence',
    columns: [...columnsOfKind('text', 'By', 'Value', 'Currency'), ...columnsOfKind('amount', 'Net a month'), ...columnsOfKind('count', 'Findings')],
    rows: list.filter((part) => part.currency === currency).map((part) => [part.by, describePart(part.by, part.value), part.currency, part.net, String(part.findings)]),
    currencyColumn: 2,
  };
}

/** The findings to act on first: those with the most net money for confidence and effort. */
export function firstToDo(findings: FindingInfo[], most: number): FindingInfo[] {
  return findings.filter(({ score, candidate }) => score !== null && !candidate).slice(0, most);
}
