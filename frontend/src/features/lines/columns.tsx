import { describeNamedAccount, type ValueNames } from '../../lib/accountNames';
import { formatMoney, fullMoney } from '../../lib/money';
import { columnLabel } from '../../ui/columnLabel';
import { type Column } from '../../ui/DataTable/model';
import { costColumns, type LedgerColumn, type LineRow, lineValue, describeTime } from './model';

/** What is comfortable to read of names; times and amounts are as wide as they are. */
const widths = new Map(Object.entries({
  Provider: 128,
  Account: 132,
  BillingAccount: 132,
  ServiceName: 164,
  ChargeDescription: 150,
  ResourceId: 240,
  Tags: 260,
}));

/** Short words that say what a charge is: never cut. */
const wholeColumns = new Set(['BillingCurrency', 'PricingCurrency', 'ChargeCategory', 'ChargeClass', 'ChargeFrequency', 'CommitmentDiscountStatus', 'CapacityReservationStatus']);

/** The names for a chooser that lists every column. */
export function choosableColumns(columns: LedgerColumn[]): { id: string; header: string }[] {
  return columns.map(({ name }) => ({ id: name, header: columnLabel(name) }));
}

/** How the cells of a table of lines are shown. */
export type LineLook = {
  currency: string;
  nameOf: ValueNames;
  /** The cost that the page shows, where the person did not choose columns: the others go where they have no room. */
  usual?: string;
};

/** What was charged and when: never without. */
const neededColumns = ['ChargePeriodStart', 'ServiceName'];

function lineColumn({ name, kind }: LedgerColumn, { currency, nameOf }: LineLook): Column<LineRow> {
  const value = (row: LineRow) => lineValue(row, name);
  const header = columnLabel(name);
  const common = { id: name, header, description: kind === 'time' ? `${name}, UTC` : name, value, width: widths.get(name) };
  if (costColumns.includes(name)) {
    return {
      ...common,
      kind: 'number',
      header: currency === '' ? header : `${header}, ${currency}`,
      unit: () => currency,
      display: (row) => formatMoney(value(row), currency),
      title: (row) => fullMoney(value(row), currency),
    };
  }
  if (kind === 'decimal') return { ...common, kind: 'number' };
  if (kind === 'time') {
    return { ...common, kind: 'text', whole: true, display: (row) => describeTime(row, name) };
  }
  const named = (row: LineRow) => nameOf(name, value(row) ?? '');
  return { ...common, kind: 'text', whole: wholeColumns.has(name), display: (row) => named(row) || (value(row) ?? ''), title: (row) => describeNamedAccount(value(row) ?? '', named(row)) };
}

/** The chosen columns in their order; names the ledger does not know are left out. */
export function lineColumns(columns: LedgerColumn[], chosen: string[], look: LineLook): Column<LineRow>[] {
  return chosen.flatMap((name, place) =>
    columns.filter((column) => column.name === name).map((column) => ({ ...lineColumn(column, look), secondary: look.usual === undefined || look.usual === name || neededColumns.includes(name) ? undefined : place })),
  );
}
