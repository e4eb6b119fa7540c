import { columnsOfKind } from '../../../lib/table';
import type { MigrationDraft, ShownTable } from '../../../lib/wire';

/** What the charges of a month became, as it leaves for Excel or CSV: a row for each workload and currency. */
export function mappedTable({ month, lines }: MigrationDraft): ShownTable {
  return {
    title: 'Mapped charges',
    columns: [...columnsOfKind('month', 'Month'), ...columnsOfKind('text', 'Workload', 'Currency'), ...columnsOfKind('count', 'Resources', 'Confidence'), ...columnsOfKind('amount', 'Cost of the month')],
    rows: lines.flatMap((line) => line.costs.map((one) => [month, line.name, one.currency, String(line.resources), String(line.confidence), one.cost])),
    currencyColumn: 2,
  };
}

/** The charges of a month that became no workload, as they leave for Excel or CSV. */
export function unmappedTable({ month, unmapped }: MigrationDraft): ShownTable {
  return {
    title: 'Charges that are not mapped',
    columns: [...columnsOfKind('month', 'Month'), ...columnsOfKind('text', 'Service', 'Reason', 'Currency'), ...columnsOfKind('amount', 'Cost of the month')],
    rows: unmapped.map((one) => [month, one.service || null, one.reason, one.currency, one.monthly]),
    currencyColumn: 3,
  };
}
