import { formatMoney, fullMoney } from '../../lib/money';
import { columnLabel } from '../../ui/columnLabel';
import { type Column } from '../../ui/DataTable/model';
import { costColumns, type LedgerColumn, type LineRow, lineValue, tellTime } from './model';

const widths: Record<string, number> = {
  ChargePeriodStart: 104,
  ChargePeriodEnd: 104,
  BillingPeriodStart: 140,
  BillingPeriodEnd: 140,
  ProviderName: 104,
  ServiceProviderName: 104,
  SubAccountName: 124,
  ServiceName: 164,
  ChargeCategory: 124,
  ChargeDescription: 150,
  ResourceId: 240,
  Tags: 260,
};

/** "Account ID" where the plain name would say "Account" twice. */
function headerOf(name: string, shown: string[]): string {
  const label = columnLabel(name);
  const twin = shown.some((other) => other !== name && columnLabel(other) === label);
  return twin && name.endsWith('Id') ? `${label} ID` : label;
}

/** The names for a chooser that lists every column. */
export function choosableColumns(columns: LedgerColumn[]): { id: string; header: string }[] {
  const all = columns.map((column) => column.name);
  return columns.map(({ name }) => ({ id: name, header: headerOf(name, all) }));
}

function lineColumn(column: LedgerColumn, shown: string[], currency: string): Column<LineRow> {
  const { name, kind } = column;
  const value = (row: LineRow) => lineValue(row, name);
  const common = { id: name, description: name, value, width: widths[name] };
  if (costColumns.includes(name)) {
    return {
      ...common,
      kind: 'number',
      header: currency === '' ? headerOf(name, shown) : `${headerOf(name, shown)}, ${currency}`,
      width: name === 'BilledCost' ? 136 : 160,
      display: (row) => formatMoney(value(row), currency),
      title: (row) => fullMoney(value(row), currency),
    };
  }
  if (kind === 'decimal') return { ...common, kind: 'number', header: headerOf(name, shown) };
  const header = headerOf(name, shown);
  return kind === 'time'
    ? { ...common, kind: 'text', header, display: (row) => tellTime(value(row) ?? '') }
    : { ...common, kind: 'text', header };
}

/** The chosen columns in their order; names the ledger does not know are left out. */
export function lineColumns(columns: LedgerColumn[], chosen: string[], currency: string): Column<LineRow>[] {
  return chosen.flatMap((name) => columns.filter((column) => column.name === name).map((column) => lineColumn(column, chosen, currency)));
}
