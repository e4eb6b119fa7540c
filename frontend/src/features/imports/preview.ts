import { billKey } from '../../lib/bill';
import { columnsOfKind } from '../../lib/table';
import { formatCount, formatCounted } from '../../lib/money';
import type { FileAnswer, ImportOutcome, ImportPlan, PlannedFile, ShownTable } from '../../lib/wire';
import type { Question } from './model';

/** What becomes of a file of a preview, the one that needs most attention first. */
export type Verdict = 'damaged' | 'asked' | 'warned' | 'fresh' | 'same' | 'known' | 'left';

const verdictOrder: readonly Verdict[] = ['damaged', 'asked', 'warned', 'fresh', 'same', 'known', 'left'];

/** A file of a preview and what becomes of it. */
export type PreviewRow = { file: PlannedFile; verdict: Verdict };

/** A file that an import can read and that the person may leave out. */
export function canImport({ status }: PlannedFile): boolean {
  return status === 'new';
}

function verdictOf(file: PlannedFile, left: ReadonlySet<string>, asked: ReadonlySet<string>): Verdict {
  if (file.status === 'damaged' || file.status === 'same' || file.status === 'known') return file.status;
  if (left.has(file.path)) return 'left';
  if (asked.has(file.path)) return 'asked';
  return file.warnings.length > 0 || file.rejects > 0 ? 'warned' : 'fresh';
}

/** The files of a preview, worst first; files of one verdict stay in the order in which they were found. */
export function previewRows({ files }: ImportPlan, left: ReadonlySet<string>, conflicts: ImportOutcome['conflicts']): PreviewRow[] {
  const asked = new Set(conflicts.flatMap(({ file, existingFile, within }) => (within ? [file, existingFile] : [file])));
  const rows = files.map((file) => ({ file, verdict: verdictOf(file, left, asked) }));
  return rows.sort((a, b) => verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict));
}

/** The files that an import would read. */
export function importedRows(rows: PreviewRow[]): PreviewRow[] {
  return rows.filter(({ verdict }) => verdict === 'asked' || verdict === 'warned' || verdict === 'fresh');
}

/** "42 to import, 14 left out, 16 with warnings": what would happen with all that was chosen. */
export function describePreview(rows: PreviewRow[], skipped: number): string {
  const fresh = importedRows(rows);
  const count = (verdict: Verdict) => rows.filter((row) => row.verdict === verdict).length;
  const warned = fresh.filter(({ file }) => file.warnings.length > 0 || file.rejects > 0).length;
  const parts: [number, string][] = [
    [count('left') + count('same') + count('known') + skipped, 'left out'],
    [count('damaged'), 'damaged'],
    [warned, warned === 1 ? 'with a warning' : 'with warnings'],
  ];
  return [`${formatCounted(fresh.length, 'file')} to import`, ...parts.filter(([many]) => many > 0).map(([many, words]) => `${formatCount(many)} ${words}`)].join(', ');
}

/** "31,204 lines" where a file was read to its end, else "about 31,000 lines". */
export function describeFileLines({ estimatedLines, sampleLines, lines, costs }: PlannedFile): string {
  if (lines > 0 || costs.length > 0) return formatCounted(lines, 'line');
  return `${estimatedLines === sampleLines ? '' : 'about '}${formatCounted(estimatedLines, 'line')}`;
}

/** Why a file cannot be imported, in sentences that name it as the list does. */
export function describeTrouble({ path, trouble }: Pick<PlannedFile, 'path' | 'trouble'>, name: string): string {
  const text = trouble.replace(path, name);
  return /[.?]$/.test(text) ? text : `${text}.`;
}

/** The answers that leave files out. */
export function leaving(left: ReadonlySet<string>): FileAnswer[] {
  return [...left].map((file) => ({ file, answer: 'leave' }));
}

/** What a reader of a bill looks for first; all other columns follow as the file has them. */
const openingColumns = ['ChargePeriodStart', 'ProviderName', 'ServiceProviderName', 'ServiceName', 'BilledCost', 'EffectiveCost', 'BillingCurrency', 'BillingPeriodStart'];

/** In a narrow window the costs are in sight without scrolling sideways. */
const narrowColumns = ['ChargePeriodStart', 'BilledCost', 'EffectiveCost', 'BillingCurrency', 'ServiceName', 'ProviderName', 'ServiceProviderName', 'BillingPeriodStart'];

/** The places of the columns of a file in the order in which its first lines are shown. */
export function sampleOrder(columns: PlannedFile['columns'], narrow: boolean): number[] {
  const opening = (narrow ? narrowColumns : openingColumns).flatMap((name) => {
    const at = columns.findIndex((column) => column.focus && column.name === name);
    return at < 0 ? [] : [at];
  });
  return [...opening, ...columns.map((_, at) => at).filter((at) => !opening.includes(at))];
}

/** The header of a column: as the file writes it, else what it becomes. */
export function sampleHeader({ name, raw }: PlannedFile['columns'][number]): string {
  return raw.trim() === '' ? name : raw;
}

/** The first lines of a file, just as they are in it, as they leave for Excel or CSV. */
export function sampleTable({ columns, firstRows }: PlannedFile): ShownTable {
  return { title: 'First lines', columns: columnsOfKind('text', ...columns.map(sampleHeader)), rows: firstRows, currencyColumn: -1 };
}

/** The conflicts of two outlooks, each pair of files and bill once. */
export function joinConflicts(first: ImportOutcome['conflicts'], second: ImportOutcome['conflicts']): ImportOutcome['conflicts'] {
  const key = ({ file, existingFile, provider, billingAccount, month }: ImportOutcome['conflicts'][number]) => JSON.stringify([file, existingFile, provider, billingAccount, month]);
  const known = new Set(first.map(key));
  return [...first, ...second.filter((one) => !known.has(key(one)))];
}

/** Newer files that take the place of bills of the workspace, as a question that has its answer already: to use them. */
export type Replacing = { files: string[]; question: Question };

/**
 * What the files of a preview replace, one for each set of files. `whole` is what they would with all of them, `now` what they would without
 * those that are left out; what stays in its place then is shown, too. Bills of `asked` are shown with their question.
 */
export function replacingOf(whole: ImportOutcome['replaced'], now: ImportOutcome['replaced'], asked: Question[]): Replacing[] {
  const bills = new Map([...whole, ...now].map((bill) => [billKey(bill), bill]));
  for (const { bills: overlapping } of asked) for (const bill of overlapping) bills.delete(billKey(bill));
  const groups = new Map<string, Replacing>();
  for (const { files, before, now: fresh, ...bill } of bills.values()) {
    const key = JSON.stringify(files);
    const [file = ''] = files;
    const group = groups.get(key) ?? { files, question: { file, existingFile: '', within: false, answers: ['replace', 'leave'], bills: [] } };
    group.question.bills.push({ ...bill, file, existingFile: '', within: false, reason: 'it is a newer export', answers: ['replace', 'leave'], new: fresh, existing: before });
    groups.set(key, group);
  }
  return [...groups.values()];
}
