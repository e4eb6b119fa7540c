import { type CellValue } from './model';

const number = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Text that a spreadsheet would run as a formula gets an apostrophe in front, which spreadsheets read as "this is text".
 * A bill has names that other people chose; one of them may be a formula. Numbers stay numbers.
 */
export function disarm(text: string): string {
  return /^[=+\-@\t\r]/.test(text) && !number.test(text) ? `'${text}` : text;
}

function tsvField(value: CellValue): string {
  const safe = disarm(value ?? '');
  return /["\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Cells as tab-separated text, as spreadsheets put it on the clipboard themselves. */
export function toTsv(rows: CellValue[][]): string {
  return rows.map((row) => row.map(tsvField).join('\t')).join('\r\n');
}
