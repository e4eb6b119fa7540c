/** The period a page looks at and the one it is held against. Reckoned from the last day of the ledger, not from today: an old bill must open on its own latest month. */
import { addDays, addMonths, countDays, firstOfMonth, formatRange, lastOfMonth, monthOf } from './days';

export const presets = ['mtd', 'last-month', '3m', '6m', '12m', 'all'] as const;

export type PeriodPreset = (typeof presets)[number];

export type Period = { from: string; to: string };

export const presetLabels: Record<PeriodPreset, string> = {
  mtd: 'Latest month to date',
  'last-month': 'Last full month',
  '3m': 'Last 3 months',
  '6m': 'Last 6 months',
  '12m': 'Last 12 months',
  all: 'All time',
};

export function isPreset(text: string | null): text is PeriodPreset {
  return presets.some((preset) => preset === text);
}

/** The days of a preset in a ledger that holds firstDay to lastDay; both "" when the ledger is empty. */
export function periodOf(preset: PeriodPreset, firstDay: string, lastDay: string): Period {
  if (lastDay === '') return { from: '', to: '' };
  const month = firstOfMonth(lastDay);
  switch (preset) {
    case 'mtd':
      return { from: month, to: lastDay };
    case 'last-month':
      return lastDay === lastOfMonth(lastDay) ? { from: month, to: lastDay } : { from: addMonths(month, -1), to: addDays(month, -1) };
    case '3m':
      return { from: addMonths(month, -2), to: lastDay };
    case '6m':
      return { from: addMonths(month, -5), to: lastDay };
    case '12m':
      return { from: addMonths(month, -11), to: lastDay };
    case 'all':
      return { from: firstDay, to: lastDay };
    default:
      return preset satisfies never;
  }
}

/**
 * The period to compare with: the same days some months earlier when the period starts on the first of a month, else as many
 * days just before. Null when the ledger does not reach back that far, for a half-empty period would make every cost look risen.
 */
export function comparisonOf(period: Period, firstDay: string): Period | null {
  const { from, to } = period;
  if (from === '' || to === '' || firstDay === '') return null;
  let earlier: Period;
  if (from === firstOfMonth(from)) {
    const months = monthsBetween(from, to) + 1;
    const end = to === lastOfMonth(to) ? lastOfMonth(addMonths(firstOfMonth(to), -months)) : addMonths(to, -months);
    earlier = { from: addMonths(from, -months), to: end };
  } else {
    const days = countDays(from, to);
    earlier = { from: addDays(from, -days), to: addDays(from, -1) };
  }
  return earlier.from < firstOfMonth(firstDay) ? null : earlier;
}

function monthsBetween(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0] = monthOf(from).split('-').map(Number);
  const [toYear = 0, toMonth = 0] = monthOf(to).split('-').map(Number);
  return (toYear - fromYear) * 12 + toMonth - fromMonth;
}

/** "1–20 Oct": the period held against, without the year where both share it. */
export function formatComparison(comparison: Period, period: Period): string {
  return formatRange(comparison.from, comparison.to, { year: comparison.to.slice(0, 4) !== period.to.slice(0, 4) });
}
