import SavingsIcon from '@mui/icons-material/SavingsOutlined';

import { describeNamedAccount, type ValueNames } from '../../lib/accountNames';
import { formatMoney, fullMoney } from '../../lib/money';
import type { ResourceMark } from '../../lib/wire';
import type { WasteOf } from '../../parts/waste';
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
  /** The finding of a resource, which is marked. */
  wasteOf?: WasteOf;
};

/** What was charged and when: never without. */
const neededColumns = ['ChargePeriodStart', 'ServiceName'];

/** The id of a resource, with a mark where something could be saved of it. */
function Resource({ id, mark }: { id: string | null; mark: ResourceMark }) {
  return (
    <>
      <SavingsIcon titleAccess={`Finding: ${mark.title}`} sx={{ fontSize: '1rem', verticalAlign: 'text-bottom', color: 'tone.warm', mr: 0.5 }} />
      {id}
    </>
  );
}

function lineColumn({ name, kind }: LedgerColumn, { currency, nameOf, wasteOf }: LineLook): Column<LineRow> {
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
  if (name === 'ResourceId' && wasteOf) {
    return {
      ...common,
      kind: 'text',
      render: (row) => {
        const mark = wasteOf(value(row));
        return mark ? <Resource id={value(row)} mark={mark} /> : value(row);
      },
    };
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
