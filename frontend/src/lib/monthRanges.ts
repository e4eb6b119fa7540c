import { addMonths, eachMonth, formatMonth } from './days';

type Stretch = { first: string; last: string };

/** Joins months that follow one another. */
function stretchesOf(months: string[]): Stretch[] {
  const list: Stretch[] = [];
  for (const month of months) {
    const before = list.at(-1);
    if (before && addMonths(`${before.last}-01`, 1).slice(0, 7) === month) before.last = month;
    else list.push({ first: month, last: month });
  }
  return list;
}

function describeStretch({ first, last }: Stretch): string {
  if (first === last) return formatMonth(first);
  return `${formatMonth(first, { year: first.slice(0, 4) !== last.slice(0, 4) })} – ${formatMonth(last)}`;
}

const describe = (list: Stretch[]) => list.map(describeStretch).join(', ');

/** Months in words: "Jan 2019 – Aug 2026 except May 2026", "Mar – May 2026, Jul 2026". */
export function formatMonths(months: string[]): string {
  const sorted = [...months].sort();
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return '';
  const absent = eachMonth(`${first}-01`, `${last}-01`).filter((month) => !sorted.includes(month));
  if (absent.length > 0 && absent.length * 4 <= sorted.length) return `${describeStretch({ first, last })} except ${describe(stretchesOf(absent))}`;
  return describe(stretchesOf(sorted));
}
