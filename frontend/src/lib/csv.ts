/** One comma-separated text as RFC 4180 wants it; an unknown value is an empty field. */
export function toCsv(rows: (string | null)[][]): string {
  return rows.map((row) => row.map(field).join(',')).join('\r\n') + '\r\n';
}

function field(value: string | null): string {
  if (value === null) return '';
  // A spreadsheet would run text that starts like a formula; amounts such as -12.5 are left as they are.
  const safe = /^[=+\-@\t\r]/.test(value) && !/^[+-]?\d+(\.\d+)?$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
