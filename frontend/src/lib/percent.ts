/** Shares and changes, calculated exactly from decimal strings. */
import { absolute, compare, isDecimal, percentDown, percentOf, round, sign, subtract, trimZeros } from './decimal';
import { currencyDigits, formatMoney } from './money';

const minus = '\u2212';

/** Whether the text is an amount that has a share and a change; a bill may give none, or text that is no number. */
function known(amount: string | null): amount is string {
  return amount !== null && isDecimal(amount);
}

function shown(percent: string, signed: boolean): string {
  const direction = sign(percent);
  const prefix = direction < 0 ? minus : direction > 0 && signed ? '+' : '';
  return `${prefix}${formatMoney(absolute(percent), '', { digits: percent.split('.')[1]?.length ?? 0 })} %`;
}

/** "29.5 %" of the whole, "under 0.1 %" where it would read as nothing; null when there is no whole to be a part of, or a value is unknown. */
export function formatShare(part: string | null, whole: string | null, digits = 1): string | null {
  if (!known(part) || !known(whole)) return null;
  const percent = percentOf(part, whole, digits);
  if (percent !== null && sign(percent) === 0 && sign(part) !== 0) return `under ${digits === 0 ? '1' : `0.${'1'.padStart(digits, '0')}`} %`;
  return percent === null ? null : shown(percent, false);
}

/** "29.5 %" of a net cost; a dash where charges and credits cancel out, so that the whole is shown as nothing or less, or a part is not within it. */
export function formatShareOfCost(part: string | null, whole: string | null, currency: string): string {
  if (!known(part) || !known(whole) || sign(round(whole, currencyDigits(currency))) <= 0 || sign(part) < 0 || compare(part, whole) > 0) return '–';
  return formatShare(part, whole) ?? '–';
}

/** "29.5 %" of a share that Go calculated, "0.295000"; null where there is none, "". */
export function formatRatio(ratio: string, digits = 1): string | null {
  return ratio === '' ? null : formatShare(ratio, '1', digits);
}

/** "96.5 %" of data that has something, as the Go side writes it: rounded down, so that 100 % is everything and 0 % nothing; a dash where there is no whole. */
export function formatPart(part: string | null, whole: string | null): string {
  const percent = known(part) && known(whole) ? percentDown(part, whole, 1) : null;
  if (part === null || percent === null) return '–';
  return sign(percent) === 0 && sign(part) !== 0 ? 'under 0.1 %' : shown(trimZeros(percent), false);
}

/** A share as a number from 0 to 1, only to size a bar. */
export function shareMark(part: string | null, whole: string | null): number {
  if (!known(part) || !known(whole)) return 0;
  const percent = percentOf(part, whole, 4);
  return percent === null ? 0 : Math.min(1, Math.max(0, Number(percent) / 100));
}

export type Delta = {
  /** Exact difference, now less before. */
  amount: string;
  direction: -1 | 0 | 1;
  /** "+4.2 %"; null when there was nothing before. */
  percent: string | null;
};

/** The change from before to now; null when either is unknown. */
export function deltaOf(now: string | null, before: string | null): Delta | null {
  if (!known(now) || !known(before)) return null;
  const amount = subtract(now, before);
  // A cost that was negative before has no percentage a person could read.
  const percent = sign(before) > 0 ? percentOf(amount, before, 1) : null;
  return { amount, direction: sign(amount), percent: percent === null ? null : describeChange(percent) };
}

/**
 * A change that Go calculated, with its share of what was before, "" where there is none; null when it is unknown. What is shown as zero goes
 * neither up nor down, and a percentage of it would mislead.
 */
export function changeOf(amount: string | null, relative: string, currency: string): Delta | null {
  if (!known(amount)) return null;
  const direction = shownDirection(amount, currency);
  const nearlyZero = direction === 0 && sign(amount) !== 0;
  return { amount, direction, percent: known(relative) && !nearlyZero ? describeChange(percentOf(relative, '1', 1) ?? '0') : null };
}

/** The direction of an amount as it is shown, rounded to the digits of its currency. */
export function shownDirection(amount: string, currency: string): -1 | 0 | 1 {
  return sign(round(amount, currencyDigits(currency)));
}

function describeChange(percent: string): string {
  // Beyond a thousand per cent the last digits say nothing.
  const large = percent.replace('-', '').split('.')[0] ?? '';
  return shown(large.length > 3 ? round(percent, 0) : percent, true);
}
