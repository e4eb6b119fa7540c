/** What the lines of an estate come to. Amounts are whole hundredths, so that nothing is rounded. */
export type EstateTotals = { machines: bigint; vcpu: bigint; memory: bigint; storage: bigint; egress: bigint };

/** A quantity in hundredths; 0 where it is no number, since its field says so. */
function hundredths(value: unknown, otherwise = '0'): bigint {
  const text = typeof value === 'string' && value.trim() !== '' ? value.trim().replace(',', '.') : typeof value === 'number' ? String(value) : otherwise;
  const [, sign = '', whole = '0', part = ''] = /^(-?)(\d+)(?:\.(\d{1,2})\d*)?$/.exec(text) ?? [];
  return BigInt(`${sign}${whole}${part.padEnd(2, '0')}`);
}

/** The sums of the lines; `defaultOf` gives what a field has where a line says nothing. */
export function estateTotals(lines: Record<string, unknown>[], defaultOf: (name: string) => string | undefined): EstateTotals {
  const totals = { machines: 0n, vcpu: 0n, memory: 0n, storage: 0n, egress: 0n };
  for (const line of lines) {
    const value = (name: string) => hundredths(line[name], defaultOf(name) ?? '0');
    const count = value('count') / 100n;
    totals.machines += count;
    totals.vcpu += count * value('vcpu');
    totals.memory += count * value('memory_gib');
    const engine = line['db_engine'];
    totals.storage += count * (value('block_gib') + (engine === undefined || engine === 'none' ? 0n : value('db_storage_gib'))) + value('object_gib');
    totals.egress += value('egress_gb_month');
  }
  return totals;
}

/** Hundredths as a decimal text. */
export function plainOf(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
  const part = digits.slice(-2).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}${part === '' ? '' : `.${part}`}`;
}
