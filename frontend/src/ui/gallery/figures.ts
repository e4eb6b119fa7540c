import { addDays, addMonths, formatDay, formatMonth } from '../../lib/days';
import type { ChartPoint, ChartSeries } from '../charts/model';
import { seriesColor } from '../theme/seriesColor';

/** Three providers; the colours they have everywhere. */
export const providers: ChartSeries[] = [
  { id: 'AWS', label: 'AWS', color: seriesColor('gold') },
  { id: 'Azure', label: 'Microsoft Azure', color: seriesColor('sky') },
  { id: 'Google', label: 'Google Cloud', color: seriesColor('green') },
];

/** Ninety days over the turn of a year; the last two lack a provider. */
export const days: ChartPoint[] = Array.from({ length: 90 }, (_, at) => {
  const time = addDays('2026-10-20', at);
  const late = at > 87;
  const amounts = [`${620 + (at % 7) * 31}.125`, late ? null : `${240 + (at % 5) * 18}.5`, at === 40 ? '-120.00' : `${480 + at * 3}.25`];
  return { time, tick: formatDay(time, { year: false }), label: formatDay(time), amounts, total: '1340.00', context: at < 73, incomplete: late ? 'Microsoft Azure missing' : undefined };
});

/** Three years of days, more than bars have room for. */
export const years: ChartPoint[] = Array.from({ length: 1096 }, (_, at) => {
  const time = addDays('2024-06-01', at);
  return { time, tick: formatDay(time, { year: false }), label: formatDay(time), amounts: [`${21000 + at * 41}`, `${9000 + (at % 7) * 300}`, `${4000 + at * 9}`], total: null, context: false };
});

/** A year of a budget: what came, what was expected, and the budget itself. */
export const burn: ChartPoint[] = Array.from({ length: 12 }, (_, at) => {
  const time = addMonths('2026-01-01', at).slice(0, 7);
  return { time, tick: formatMonth(time, { year: false }), label: formatMonth(time, { full: true }), amounts: [at < 8 ? `${(at + 1) * 10400}` : null, `${(at + 1) * 10000}`, '120000'], total: null, context: false };
});
