/** How amounts are written. Everything starts from the exact decimal string; a text that is not a number is shown unchanged, never an error. */
import { absolute, isDecimal, round, sign, trimZeros } from './decimal';

const minus = '\u2212';

/** Shown where a source gave no value: not the same as zero. */
export const unknownAmount = 'unknown';

let chosenLocale: string | undefined;

/** The locale of separators; undefined is the person's own. Tests and reports may set one. */
export function setNumberLocale(locale: string | undefined): void {
  chosenLocale = locale;
}

type Separators = { group: (whole: bigint) => string; point: string };

const separatorsByLocale = new Map<string, Separators>();

function separators(): Separators {
  const key = chosenLocale ?? '';
  const known = separatorsByLocale.get(key);
  if (known) return known;
  const format = new Intl.NumberFormat(chosenLocale, { useGrouping: true, numberingSystem: 'latn' });
  const point = format.formatToParts(1.5).find((part) => part.type === 'decimal')?.value ?? '.';
  const made = { group: (whole: bigint) => format.format(whole), point };
  separatorsByLocale.set(key, made);
  return made;
}

/** How many digits after the point the currency has: 2 for USD, 0 for JPY; 2 when the code says nothing. */
export function currencyDigits(currency: string): number {
  if (!/^[A-Z]{3}$/.test(currency)) return 2;
  try {
    const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
    return options.maximumFractionDigits ?? 2;
  } catch {
    // Billing files name codes that are no currency, such as credits; they are written like most money.
    return 2;
  }
}

function grouped(unsigned: string): string {
  const [whole = '0', fraction = ''] = unsigned.split('.');
  const { group, point } = separators();
  return group(BigInt(whole)) + (fraction ? point + fraction : '');
}

type MoneyOptions = {
  /** Digits after the point; the currency's own when left out. */
  digits?: number;
  /** Puts a plus before amounts above zero. */
  signed?: boolean;
};

/** "1,234.50", "−0.20": grouped for the locale, with the digits of the currency and a minus sign. */
export function formatMoney(amount: string | null, currency: string, options: MoneyOptions = {}): string {
  if (amount === null) return unknownAmount;
  if (!isDecimal(amount)) return amount;
  const rounded = round(amount, options.digits ?? currencyDigits(currency));
  const direction = sign(rounded);
  const prefix = direction < 0 ? minus : direction > 0 && options.signed ? '+' : '';
  return prefix + grouped(absolute(rounded));
}

/** Every digit the source gave, with the code of the currency: for hovering and copying. */
export function fullMoney(amount: string | null, currency: string): string {
  if (amount === null) return 'The source gives no value here';
  if (!isDecimal(amount)) return amount;
  const prefix = sign(amount) < 0 ? minus : '';
  return `${prefix}${grouped(trimZeros(absolute(amount)))}${currency ? ` ${currency}` : ''}`;
}

/** Every digit the source gave, and at least those of the currency: "950.00 USD", where it is read and not hovered. */
export function unroundedMoney(amount: string, currency: string): string {
  if (!isDecimal(amount)) return amount;
  const digits = trimZeros(absolute(amount)).split('.')[1]?.length ?? 0;
  return `${formatMoney(amount, currency, { digits: Math.max(digits, currencyDigits(currency)) })}${currency ? ` ${currency}` : ''}`;
}

/** "25k", "1.2M": for the axis of a chart, where the place of a mark and not its last digit counts. */
export function formatAxis(value: number): string {
  // Beyond the last step a number would be printed with an exponent.
  if (!(Math.abs(value) < 1e30)) return String(value);
  const size = Math.abs(value);
  const steps: [number, string][] = [
    [1e12, 'T'],
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'k'],
  ];
  const step = steps.find(([from]) => size >= from);
  const shown = step ? size / step[0] : size;
  const digits = Number.isInteger(shown) || shown >= 100 ? 0 : shown >= 1 ? 1 : shown >= 0.1 ? 2 : 4;
  const [whole = '0', fraction = ''] = shown.toFixed(digits).split('.');
  const trimmed = fraction.replace(/0+$/, '');
  const text = grouped(trimmed ? `${whole}.${trimmed}` : whole);
  return `${value < 0 ? minus : ''}${text}${step ? step[1] : ''}`;
}

/** "12,345": a count of things. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return unknownAmount;
  return `${count < 0 ? minus : ''}${separators().group(BigInt(Math.round(Math.abs(count))))}`;
}

/** "1 line", "2,000 lines". */
export function formatCounted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** "532 MB": the size of a file, in steps of a thousand as file managers show it. */
export function formatBytes(bytes: number): string {
  if (!(bytes >= 0 && bytes < 1e30)) return unknownAmount;
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const [whole = '0', fraction = ''] = size.toFixed(unit === 0 || size >= 100 ? 0 : 1).split('.');
  return `${grouped(fraction && fraction !== '0' ? `${whole}.${fraction}` : whole)} ${units[unit] ?? ''}`;
}

/** The code of a currency beside an amount; bills may name none. */
export function describeCurrency(code: string): string {
  return code === '' ? 'no currency' : code;
}
