/**
 * Exact decimals as they cross from the Go side: strings such as "-1234.5600000001". Nothing here goes through a floating
 * point number; `toMark` is the one way out, for placing a mark in a chart.
 */
type Decimal = { units: bigint; scale: number };

const pattern = /^([+-]?)(\d+)(?:\.(\d+))?$/;

function parse(text: string): Decimal {
  const match = pattern.exec(text);
  if (!match) throw new Error(`"${text}" is not a decimal number.`);
  const [, sign, whole = '0', fraction = ''] = match;
  const units = BigInt(whole + fraction);
  return { units: sign === '-' ? -units : units, scale: fraction.length };
}

/** Whether the text is a decimal that can be calculated with; a cell of a bill may contain any text. */
export function isDecimal(text: string): boolean {
  return pattern.test(text);
}

function pow10(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

function align(a: string, b: string): { left: bigint; right: bigint; scale: number } {
  const x = parse(a);
  const y = parse(b);
  const scale = Math.max(x.scale, y.scale);
  return { left: x.units * pow10(scale - x.scale), right: y.units * pow10(scale - y.scale), scale };
}

function print(units: bigint, scale: number): string {
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale);
  return `${negative ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** The quotient rounded to the nearest whole, halves away from zero. */
function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const n = abs(numerator);
  const d = abs(denominator);
  const quotient = (n * 2n + d) / (d * 2n);
  return negative ? -quotient : quotient;
}

/** a − b, with no digit lost. */
export function subtract(a: string, b: string): string {
  const { left, right, scale } = align(a, b);
  return print(left - right, scale);
}

/** a + b, with no digit lost. The figures of a page come summed from the ledger; this is for what a person selects. */
export function add(a: string, b: string): string {
  const { left, right, scale } = align(a, b);
  return print(left + right, scale);
}

/** Below zero when a < b, above when a > b, else 0. */
export function compare(a: string, b: string): number {
  const { left, right } = align(a, b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** −1, 0 or 1. */
export function sign(value: string): -1 | 0 | 1 {
  const { units } = parse(value);
  return units < 0n ? -1 : units > 0n ? 1 : 0;
}

export function absolute(value: string): string {
  const { units, scale } = parse(value);
  return print(abs(units), scale);
}

/** The value with this many digits after the point, halves away from zero. */
export function round(value: string, digits: number): string {
  const { units, scale } = parse(value);
  if (scale <= digits) return print(units * pow10(digits - scale), digits);
  return print(divideRounded(units, pow10(scale - digits)), digits);
}

/** 100 × part ÷ whole with this many digits, or null when the whole is zero. */
export function percentOf(part: string, whole: string, digits: number): string | null {
  const { left, right } = align(part, whole);
  if (right === 0n) return null;
  return print(divideRounded(left * 100n * pow10(digits), right), digits);
}

/** part ÷ whole in per cent, rounded towards zero; null when the whole is zero. */
export function percentDown(part: string, whole: string, digits: number): string | null {
  const { left, right } = align(part, whole);
  if (right === 0n) return null;
  return print((left * 100n * pow10(digits)) / right, digits);
}

/** value ÷ count with this many digits after the point, halves away from zero. */
export function divide(value: string, count: number, digits: number): string {
  const { units, scale } = parse(value);
  return print(divideRounded(units * pow10(digits), BigInt(count) * pow10(scale)), digits);
}

/** The value without zeros at the end of its fraction, so that 1.5000 and 1.5 read the same. */
export function trimZeros(value: string): string {
  return value.includes('.') ? value.replace(/\.?0+$/, '') : value;
}

/** A number near the value, only to place a mark in a chart or size a bar. */
export function toMark(value: string | null): number {
  return value === null ? 0 : Number(value);
}
