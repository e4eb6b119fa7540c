import { type AccountNames } from '../../lib/accountNames';
import { describeBill } from '../../lib/bill';
import { fileName } from '../../lib/fileName';
import { formatCounted } from '../../lib/money';
import type { ImportOutcome } from '../../lib/wire';
import { describeTrouble } from './preview';

/** What is worth knowing of one file of an import, in a sentence. */
export type Note = { file: string; text: string };

/** What was added to bills, what is not counted and why, and what was odd, file by file. */
export function notesOf({ added, notCounted, warnings, leftOut }: ImportOutcome, nameOf: AccountNames): Note[] {
  return [
    ...leftOut.map(({ path, reason }) => ({ file: path, text: `Left out: ${describeTrouble({ path, trouble: reason }, fileName(path))}` })),
    ...warnings,
    ...added.map((bill) => ({ file: bill.file, text: `Added to the bill ${describeBill(bill, nameOf(bill.billingAccount))}.` })),
    ...notCounted.map((bill) => {
      const { file, lines, existingFile, within } = bill;
      const other = fileName(existingFile);
      const why = within ? `${other || 'Another file'} of this import lists the same charges` : `The workspace has a later state of these charges${other === '' ? '' : `, from ${other}`}`;
      return { file, text: `${formatCounted(lines, 'line')} not counted in ${describeBill(bill, nameOf(bill.billingAccount))}. ${why}.` };
    }),
  ];
}
