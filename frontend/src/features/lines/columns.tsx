import { describeNamedAccount, type ValueNames } from '../../lib/accountNames';
import { formatMoney, fullMoney } from '../../lib/money';
import { columnLabel } from '../../ui/columnLabel';
import { type Column } from '../../ui/DataTable/model';
import { costColumns, type LedgerColumn, type LineRow, lineValue, describeTime } from './model';

/** Widths that have room for hours. */
const hourWidths: Record<string, number> = { ChargePeriodStart: 196, ChargePeriodEnd: 152 };

const widths: Record<string, number> = {
  ChargePeriodStart: 104,
  ChargePeriodEnd: 104,
  BillingPeriodStart: 140,
  BillingPeriodEnd: 140,
  Provider: 128,
  Account: 132,
  BillingAccount: 132,
  ServiceName: 164,
  ChargeCategory: 124,
  ChargeDescription: 150,
  ResourceId: 240,
  Tags: 260,
};

/** The names for a chooser that lists every column. */
export function choosableColumns(columns: LedgerColumn[]): { id: string; header: string }[] {
  return columns.map(({ name }) => ({ id: name, header: columnLabel(name) }));
}

/** How the cells of a table of lines are shown. */
export type LineLook = {
  currency: string;
  nameOf: ValueNames;
  /** Charge periods have hours and need the room for them. */
  hours: boolean;
};

function lineColumn({ name, kind }: LedgerColumn, { currency, nameOf, hours }: LineLook): Column<LineRow> {
  const value = (row: LineRow) => lineValue(row, name);
  const header = columnLabel(name);
  const common = { id: name, header, description: kind === 'time' ? `${name}, UTC` : name, value, width: widths[name] };
  if (costColumns.includes(name)) {
    return {
      ...common,
      kind: 'number',
      header: currency === '' ? header : `${header}, ${currency}`,
      width: name === 'BilledCost' ? 136 : 160,
      display: (row) => formatMoney(value(row), currency),
      title: (row) => fullMoney(value(row), currency),
    };
  }
  if (kind === 'decimal') return { ...common, kind: 'number' };
  if (kind === 'time') {
    return { ...common, kind: 'text', width: (hours && hourWidths[name]) || common.width, display: (row) => describeTime(row, name) };
  }
  const named = (row: LineRow) => nameOf(name, value(row) ?? '');
  return { ...common, kind: 'text', display: (row) => named(row) || (value(row) ?? ''), title: (row) => describeNamedAccount(value(row) ?? '', named(row)) };
}

/** The chosen columns in their order; names the ledger does not know are left out. */
export function lineColumns(columns: LedgerColumn[], chosen: string[], look: LineLook): Column<LineRow>[] {
  return chosen.flatMap((name) => columns.filter((column) => column.name === name).map((column) => lineColumn(column, look)));
}
