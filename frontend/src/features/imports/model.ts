import { formatMonth } from '../../lib/days';
import { metricLabels, metricNames } from '../../lib/metric';
import { formatCount, formatCounted } from '../../lib/money';
import { columnsOfKind } from '../../lib/table';
import type { FileAnswer, ImportedFile, ImportInfo, ImportOutcome, JobInfo, PlannedFile, ShownTable } from '../../lib/wire';

/** The files and folders that travel with the address of a preview. The state may come from an older visit or another page. */
export function pathsOf(state: unknown): string[] {
  if (typeof state !== 'object' || state === null || !('paths' in state) || !Array.isArray(state.paths)) return [];
  return state.paths.filter((path): path is string => typeof path === 'string');
}

/** What is asked about one file: the bills that another file has too, and the answers that can be right for all of them. */
export type Question = { file: string; existingFile: string; within: boolean; answers: FileAnswer['answer'][]; bills: ImportOutcome['conflicts'] };

/** Identifies the pair of files of a question. */
export function pairOf({ file, existingFile }: Question): string {
  return JSON.stringify([file, existingFile]);
}

/** A file of a question by its name, and where it comes from when it is the other one. */
export function sideName(question: Question, which: 'file' | 'existingFile'): string {
  const where = which === 'file' || question.existingFile === '' ? '' : question.within ? ' (in this import)' : ' (imported before)';
  return bareName(question, which) + where;
}

/** A file of a question by its name; with as many of its folders as distinguish it from the other one. */
export function bareName(question: Question, which: 'file' | 'existingFile'): string {
  const [path, other] = which === 'file' ? [question.file, question.existingFile] : [question.existingFile, question.file];
  if (path === '') return 'Current bill';
  const parts = path.split(/[\\/]/);
  const others = other.split(/[\\/]/);
  let from = parts.length - 1;
  while (from > 0 && path !== other && parts.slice(from).join('/') === others.slice(from - parts.length).join('/')) from -= 1;
  return parts.slice(from).join('/');
}

/** What can be chosen for a file: an answer, or that the other file of the same import is left out. */
export type Choice = Exclude<FileAnswer['answer'], 'ask'> | 'leaveOther';

/** The questions of an import, one for each pair of files. */
export function questionsOf(conflicts: ImportOutcome['conflicts']): Question[] {
  const questions = new Map<string, Question>();
  for (const conflict of conflicts) {
    const { file, existingFile, within } = conflict;
    const key = JSON.stringify([file, existingFile]);
    const question = questions.get(key) ?? { file, existingFile, within, answers: conflict.answers, bills: [] };
    question.answers = question.answers.filter((answer) => conflict.answers.includes(answer));
    question.bills.push(conflict);
    questions.set(key, question);
  }
  return [...questions.values()];
}

/** What can be chosen: the answers that can be right and no other. Of two files of one import either may be left out. */
export function choicesOf({ within, answers }: Question): Choice[] {
  return answers.flatMap((answer): Choice[] => (answer === 'ask' ? [] : within && answer === 'leave' ? ['leave', 'leaveOther'] : [answer]));
}

/** The answers that choices come to, after those that leave files out. A file that is left out stays so. */
export function answersOf(earlier: FileAnswer[], questions: Question[], chosen: (Choice | undefined)[]): FileAnswer[] {
  const answers = new Map(earlier.map(({ file, answer }) => [file, answer]));
  const give = (file: string, answer: FileAnswer['answer']) => {
    if (answers.get(file) !== 'leave') answers.set(file, answer);
  };
  questions.forEach(({ file, existingFile }, at) => {
    const choice = chosen[at];
    if (choice === 'leaveOther') give(existingFile, 'leave');
    else if (choice) give(file, choice);
  });
  return [...answers].map(([file, answer]) => ({ file, answer }));
}

/** "Nov 2026", "Sep – Nov 2026", "Nov 2025 – Nov 2026": from the first to the last. */
export function describeMonths(months: string[]): string {
  const sorted = [...months].sort();
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return '';
  if (first === last) return formatMonth(first);
  return `${formatMonth(first, { year: first.slice(0, 4) !== last.slice(0, 4) })} – ${formatMonth(last)}`;
}

/** "FOCUS 1.2 CSV", "6 formats": of a whole folder the list would be as long as the page. */
export function describeFormat({ format }: Pick<ImportInfo, 'format'>): string {
  const formats = format.split(', ');
  return formats.length > 2 ? formatCounted(formats.length, 'format') : format;
}

/** The state of an import in words. */
export const stateLabels: Record<ImportInfo['state'], string> = {
  active: 'Counted',
  superseded: 'Replaced',
  partly_superseded: 'Partly counted',
  excluded: 'Not counted',
  undone: 'Undone',
};

/** What is taken back: an import, or one file of it. */
export type Undoing = { info: ImportInfo; file: ImportedFile | null };

/** Files of an import that can be taken back one by one. */
export function canUndoFile(info: ImportInfo, file: ImportedFile): boolean {
  return canUndo(info) && info.files.length > 1 && !file.undone && file.lines > 0;
}

/** What became of the lines of an import, in sentences; none where all of them count. */
export function describeStanding({ importId, standing: { counted, replaced, replacedBy, notCounted, undone } }: Pick<ImportInfo, 'importId' | 'standing'>): string[] {
  const total = counted + replaced + notCounted + undone;
  if (counted === total) return [];
  const others = replacedBy.filter((id) => id !== importId);
  const own = others.length < replacedBy.length ? ['another file of this import'] : [];
  const by = [...own, ...(others.length === 0 ? [] : [`${others.length === 1 ? 'import' : 'imports'} ${others.join(', ')}`])].join(' and ');
  const sentences: [number, string][] = [
    [replaced, `${formatCounted(replaced, 'line was', 'lines were')} replaced${by === '' ? '' : ` by ${by}`}.`],
    [notCounted, `${formatCounted(notCounted, 'line is', 'lines are')} not counted, because another export of the bill is used.`],
    [undone, `${formatCounted(undone, 'line was', 'lines were')} undone with their file.`],
  ];
  return [`${formatCount(counted)} of ${formatCounted(total, 'line')} ${counted === 1 ? 'is' : 'are'} counted.`, ...sentences.filter(([many]) => many > 0).map(([, text]) => text)];
}

/** An import that can still be taken out of the ledger. */
export function canUndo({ state }: ImportInfo): boolean {
  return state === 'active' || state === 'partly_superseded' || state === 'excluded';
}

/** Imports that wait for the person's decision, newest first. */
export function waitingJobs(jobs: JobInfo[]): JobInfo[] {
  return jobs.filter((job) => job.kind === 'import' && job.state === 'waiting').reverse();
}

/** "Import a.csv would replace 2 bills": what a waiting import asks. */
export function describeWaiting({ title, result }: JobInfo): string {
  if (!result) return `${title} waits for an answer in another window.`;
  if (result.conflicts.length > 0) return `${title} waits for your answer: files overlap with bills of the workspace or with each other.`;
  return `${title} would replace ${formatCounted(result.changes.length, 'bill')} of the workspace. Nothing is imported yet.`;
}

/** Control totals of one month in one currency, by metric. */
export type TotalsRow = { month: string; currency: string; amounts: Record<string, string> };

/** Control totals with one row a month and currency; the amounts stay as they came. */
export function totalsRows(totals: ImportInfo['totals']): TotalsRow[] {
  const rows = new Map<string, TotalsRow>();
  for (const { month, currency, metric, amount } of totals) {
    const id = `${month} ${currency}`;
    const row = rows.get(id) ?? { month, currency, amounts: {} };
    row.amounts[metric] = amount;
    rows.set(id, row);
  }
  return [...rows.values()].sort((a, b) => (a.month === b.month ? a.currency.localeCompare(b.currency) : a.month < b.month ? -1 : 1));
}

/** The control totals of an import, as they leave for Excel or CSV. */
export function totalsTable({ importId, totals }: ImportInfo): ShownTable {
  return {
    title: 'Control totals',
    columns: [...columnsOfKind('text', 'Import'), ...columnsOfKind('month', 'Month'), ...columnsOfKind('text', 'Currency'), ...columnsOfKind('amount', ...metricNames.map((name) => metricLabels[name]))],
    rows: totalsRows(totals).map(({ month, currency, amounts }) => [String(importId), month, currency || null, ...metricNames.map((name) => amounts[name] ?? null)]),
    currencyColumn: 2,
  };
}

/** A reason as a sentence of its own. */
export function describeReason(reason: string): string {
  const sentence = reason.charAt(0).toUpperCase() + reason.slice(1);
  return /[.?]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** What the checks of a verification are called. */
const checkLabels: Record<string, string> = {
  file: 'Workspace file',
  audit: 'Audit log',
  ledger: 'Lines of the imports',
  duplicates: 'No double counting',
  rollup: 'Daily totals',
  segments: 'Columns for analysis',
  periods: 'Charge periods',
};

type Check = { name: string; ok: boolean; detail: string };

/** A number of things that a check counted, in its sentence. */
const counted = /\b\d{4,}(?= (?:lines?|daily totals|charge periods)\b)/g;

/** So many checks of one name that agree are listed; there is one for each import. */
const CHECKS_AT_ONCE = 6;

/** What the checks of a group say: those that failed, and the first of those that agree. */
export function shownChecks({ ok, details }: { ok: boolean; details: Check[] }): { checks: Check[]; more: number } {
  const checks = ok ? details.slice(0, CHECKS_AT_ONCE) : details.filter((one, at) => !one.ok || at < CHECKS_AT_ONCE);
  return { checks: checks.map((one) => ({ ...one, detail: one.detail.replace(counted, (digits) => formatCount(Number(digits))) })), more: details.length - checks.length };
}

/** The checks under their names, in the order in which they were made. */
export function groupChecks(checks: Check[]): { name: string; ok: boolean; details: Check[] }[] {
  const groups: { name: string; ok: boolean; details: Check[] }[] = [];
  for (const check of checks) {
    const name = checkLabels[check.name] ?? check.name;
    const group = groups.find((one) => one.name === name);
    if (group) {
      group.ok &&= check.ok;
      group.details.push(check);
    } else groups.push({ name, ok: check.ok, details: [check] });
  }
  return groups;
}

/** The first signs of a hash: enough to compare two files by eye. */
export function shortHash(sha256: string): string {
  return sha256.slice(0, 12);
}

/** Columns of a file that are FOCUS columns, and those that are kept beside them. */
export function splitColumns(columns: PlannedFile['columns']): { matched: number; others: string[] } {
  const others = columns.filter((column) => !column.focus).map((column) => column.raw);
  return { matched: columns.length - others.length, others };
}

/** The imports as a table for a file, a row for each of their files. */
export function importsTable(imports: ImportInfo[]): ShownTable {
  return {
    title: 'Imports',
    columns: [
      ...columnsOfKind('text', 'Import', 'State'),
      ...columnsOfKind('time', 'Finished'),
      ...columnsOfKind('text', 'By', 'Format', 'Version', 'Months', 'File', 'SHA-256'),
      ...columnsOfKind('count', 'Bytes', 'Lines', 'Skipped lines'),
      ...columnsOfKind('text', 'Warnings'),
    ],
    currencyColumn: -1,
    rows: imports.flatMap((info) =>
      info.files.map((file) => [
        String(info.importId),
        stateLabels[info.state],
        info.finishedAt,
        info.user,
        file.format,
        file.version,
        info.periods.join(' '),
        file.file,
        file.sha256,
        String(file.bytes),
        String(file.lines),
        String(file.rejects),
        file.warnings.join(' '),
      ]),
    ),
  };
}
