import { type AccountNames } from '../../lib/accountNames';
import { describeBill } from '../../lib/bill';
import { describeFiles, fileNames } from '../../lib/fileName';
import { formatCounted } from '../../lib/money';
import type { ImportOutcome } from '../../lib/wire';
import { describeTrouble } from './preview';

/** What is worth knowing of files of an import, in a sentence that is true of each of them; a warning where their charges are missing. */
export type Note = { files: string[]; name: string; text: string; warns: boolean };

/** Files of which the same is said have one note, where the first of them had its own. */
function joined(notes: { file: string; text: string; warns?: boolean }[], fileNameOf: (path: string) => string): Note[] {
  const byText = new Map<string, { files: string[]; warns: boolean }>();
  for (const { file, text, warns = false } of notes) byText.set(text, { files: [...(byText.get(text)?.files ?? []), file], warns });
  return [...byText].map(([text, { files, warns }]) => ({ files, name: describeFiles(files, fileNameOf), text, warns }));
}

/** What is a further part of a bill, what is not counted and why, and what was odd, file by file; of an import that was made and of one that is previewed. */
export function notesOf({ added, notCounted, warnings, leftOut }: ImportOutcome, nameOf: AccountNames): Note[] {
  const fileNameOf = fileNames([...leftOut.map(({ path }) => path), ...[...warnings, ...added].map(({ file }) => file), ...notCounted.flatMap(({ file, existingFile }) => (existingFile === '' ? [file] : [file, existingFile]))]);
  const notes = [
    ...leftOut.map(({ path, reason }) => ({ file: path, text: `Damaged, left out: ${describeTrouble({ path, trouble: reason }, 'it')}`, warns: true })),
    ...warnings,
    ...added.map((bill) => ({ file: bill.file, text: `A further part of the bill ${describeBill(bill, nameOf(bill.billingAccount))}.` })),
    ...notCounted.map((bill) => {
      const { file, lines, existingFile, within } = bill;
      const other = existingFile === '' ? '' : fileNameOf(existingFile);
      const why = within ? `${other || 'Another file'} of this import lists the same charges` : `The workspace has a later state of these charges${other === '' ? '' : `, from ${other}`}`;
      return { file, text: `${formatCounted(lines, 'line')} not counted in ${describeBill(bill, nameOf(bill.billingAccount))}. ${why}.` };
    }),
  ];
  return joined(notes, fileNameOf);
}
