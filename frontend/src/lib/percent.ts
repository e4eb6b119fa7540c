/** Shares and changes, worked out exactly from decimal strings. */
import { absolute, percentOf, round, sign, subtract } from './decimal';
import { formatMoney } from './money';

const minus = '\u2212';

function shown(percent: string, signed: boolean): string {
  const direction = sign(percent);
  const prefix = direction < 0 ? minus : direction > 0 && signed ? '+' : '';
  return `${prefix}${formatMoney(absolute(percent), '', { digits: percent.split('.')[1]?.length ?? 0 })} %`;
}

/** "29.5 %" of the whole; null when there is no whole to be a part of, or a value is unknown. */
export function formatShare(part: string | null, whole: string | null, digits = 1): string | null {
  if (part === null || whole === null) return null;
  const percent = percentOf(part, whole, digits);
  return percent === null ? null : shown(percent, false);
}

/** "29.5 %" of a share that Go calculated, "0.295000"; null where there is none, "". */
export function formatRatio(ratio: string, digits = 1): string | null {
  return ratio === '' ? null : formatShare(ratio, '1', digits);
}

/** A share as a number from 0 to 1, only to size a bar. */
export function shareMark(part: string | null, whole: string | null): number {
  if (part === null || whole === null) return 0;
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
  if (now === null || before === null) return null;
  const amount = subtract(now, before);
  // A cost that was negative before has no percentage a person could read.
  const percent = sign(before) > 0 ? percentOf(amount, before, 1) : null;
  return { amount, direction: sign(amount), percent: percent === null ? null : describeChange(percent) };
}

/** A change that Go calculated, with its share of what was before, "" where there is none; null when it is unknown. */
export function changeOf(amount: string | null, relative: string): Delta | null {
  if (amount === null) return null;
  return { amount, direction: sign(amount), percent: relative === '' ? null : describeChange(percentOf(relative, '1', 1) ?? '0') };
}

function describeChange(percent: string): string {
  // Beyond a thousand per cent the last digits say nothing.
  const large = percent.replace('-', '').split('.')[0] ?? '';
  return shown(large.length > 3 ? round(percent, 0) : percent, true);
}
