import { formatDay } from '../../../lib/days';
import { formatCounted } from '../../../lib/money';
import type { AddedDocumentInfo, DocumentInfo, FindingInfo } from '../../../lib/wire';

/** What became of a file that was added, in a sentence, and whether it is a fault. */
export function describeAdded(added: AddedDocumentInfo): { text: string; fault: boolean } {
  const file = added.path.slice(Math.max(added.path.lastIndexOf('/'), added.path.lastIndexOf('\\')) + 1);
  if (added.problem !== '') return { text: added.problem, fault: true };
  if (added.already !== '') return { text: `${file} is there already, as ${added.already}.`, fault: false };
  if (added.note !== '') return { text: `${file} was not added. ${added.note}`, fault: false };
  return { text: `${added.name}: ${added.title}, ${countEntries(added.entries)}.`, fault: false };
}

/** "1 entry", "12 entries". */
export function countEntries(entries: number): string {
  return formatCounted(entries, 'entry', 'entries');
}

/** Accounts, regions and day of a document, as far as they are known. */
export function describeScope(document: DocumentInfo): string {
  const many = (list: string[]) => (list.length > 2 ? `${list.slice(0, 2).join(', ')} and ${list.length - 2} more` : list.join(', '));
  const day = document.dated ? formatDay(document.day) : `${formatDay(document.day)} (day of the file)`;
  return [many(document.accounts), many(document.regions), document.fetched ? `fetched ${day}` : day, countEntries(document.entries), document.whole ? '' : 'cut off'].filter(Boolean).join(' · ');
}

/** Whether a document decided that a finding is none; such findings are listed only where they are asked for. */
export function isRefuted(finding: Pick<FindingInfo, 'found'>): boolean {
  return finding.found === 'refuted' || finding.found === 'superseded';
}
