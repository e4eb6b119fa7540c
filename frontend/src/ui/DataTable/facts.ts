import { add, divide, isDecimal, trimZeros } from '../../lib/decimal';
import { currencyDigits, formatCounted, formatMoney, fullMoney } from '../../lib/money';
import { type Column, type ColumnFact } from './model';

/** What the selected numbers of a column come to, those of one currency: exact, as text. */
export type Fact = { header: string; unit: string; count: number; sum: string };

/** The numbers of rows by column and currency; text that is no number, and cells without a value, are left out. */
export function factsOf<Row>(rows: Row[], columns: Column<Row>[]): Fact[] {
  return columns.flatMap((column) => {
    if (column.kind !== 'number') return [];
    const facts = new Map<string, Fact>();
    for (const row of rows) {
      const value = column.value(row);
      if (value === null || !isDecimal(value)) continue;
      const unit = column.unit?.(row) ?? '';
      const held = facts.get(unit);
      facts.set(unit, { header: column.header, unit, count: (held?.count ?? 0) + 1, sum: held ? add(held.sum, value) : value });
    }
    return [...facts.values()].sort((a, b) => a.unit.localeCompare(b.unit));
  });
}

/** What was counted elsewhere, with the headers of the columns. */
export function namedFacts<Row>(facts: ColumnFact[], columns: Column<Row>[]): Fact[] {
  return columns.flatMap(({ id, header }) => facts.filter(({ column }) => column === id).map(({ unit, count, sum }) => ({ header, unit, count, sum })));
}

/** "Billed cost, USD: sum 12.00, average 6.00, 2 values". */
export function describeFact({ header, unit, count, sum }: Fact): string {
  const shown = (value: string) => (unit === '' ? fullMoney(value, '') : formatMoney(value, unit));
  const average = divide(sum, count, unit === '' ? 4 : currencyDigits(unit));
  const named = unit === '' || header.endsWith(unit) ? header : `${header}, ${unit}`;
  return `${named}: sum ${shown(sum)}, average ${shown(unit === '' ? trimZeros(average) : average)}, ${formatCounted(count, 'value')}`;
}
