import { type AccountNames } from '../../lib/accountNames';
import { describeBill } from '../../lib/bill';
import { describeFiles, fileNames } from '../../lib/fileName';
import { formatCounted } from '../../lib/money';
import type { ImportOutcome } from '../../lib/wire';
import { describeTrouble } from './preview';

/** What is worth knowing of files of an import, in a sentence that is true of each of them. */
export type Note = { files: string[]; name: string; text: string };

/** Files of which the same is said have one note, where the first of them had its own. */
function joined(notes: { file: string; text: string }[], fileNameOf: (path: string) => string): Note[] {
  const files = new Map<string, string[]>();
  for (const { file, text } of notes) files.set(text, [...(files.get(text) ?? []), file]);
  return [...files].map(([text, of]) => ({ files: of, name: describeFiles(of, fileNameOf), text }));
}

/** What is a further part of a bill, what is not counted and why, and what was odd, file by file; of an import that was made and of one that is previewed. */
export function notesOf({ added, notCounted, warnings, leftOut }: ImportOutcome, nameOf: AccountNames): Note[] {
  const fileNameOf = fileNames([...leftOut.map(({ path }) => path), ...[...warnings, ...added].map(({ file }) => file), ...notCounted.flatMap(({ file, existingFile }) => (existingFile === '' ? [file] : [file, existingFile]))]);
  const notes = [
    ...leftOut.map(({ path, reason }) => ({ file: path, text: `Left out: ${describeTrouble({ path, trouble: reason }, fileNameOf(path))}` })),
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
