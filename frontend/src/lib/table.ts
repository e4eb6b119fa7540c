/** A table on its way to a file: the program writes it, as CSV or as an Excel workbook; here is only what it holds. */

export type TableFormat = 'csv' | 'xlsx';

export type TableColumn = {
  name: string;
  /** How a workbook shows the cells; text that is not of the kind stays text. */
  kind: 'text' | 'day' | 'month' | 'time' | 'amount' | 'quantity' | 'share' | 'count';
};

/** Exact text, a cell for each column of each row; null = no value. */
export type TableOut = {
  /** Names the sheet. */
  title: string;
  columns: TableColumn[];
  /** The column that holds the currency of the amounts of a row; -1 = there is none. */
  currencyColumn: number;
  rows: (string | null)[][];
};

/** Columns of one kind. */
export function columnsOfKind(kind: TableColumn['kind'], ...names: string[]): TableColumn[] {
  return names.map((name) => ({ name, kind }));
}
