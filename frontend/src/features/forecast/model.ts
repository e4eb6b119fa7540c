import { formatDay, formatMonth } from '../../lib/days';
import { compare, sign } from '../../lib/decimal';
import { formatCounted } from '../../lib/money';
import { formatShare } from '../../lib/percent';
import { columnsOfKind } from '../../lib/table';
import type { ForecastInfo, ForecastMonthInfo, ShownTable } from '../../lib/wire';
import type { ChartBand, ChartPoint } from '../../ui/charts/model';
import type { SeriesHue } from '../../ui/theme/tokens';

export const horizons = [
  { value: '3', label: '3 months' },
  { value: '6', label: '6 months' },
  { value: '12', label: '12 months' },
  { value: '24', label: '24 months' },
] as const;

export const horizonValues = horizons.map(({ value }) => value);

/** The usual target: a forecast that is off by less than 12 % of the cost. */
export const TARGET = '0.12';

/** How many months that are over the chart shows before the forecast. */
const PAST_SHOWN = 13;

/** The months of the chart: what came, and then what is forecast with its bands. */
export function courseOf(info: ForecastInfo): { points: ChartPoint[]; low80: (string | null)[]; high80: (string | null)[]; low95: (string | null)[]; high95: (string | null)[] } {
  const past = info.past.slice(-PAST_SHOWN);
  const none = past.map(() => null);
  const point = (month: string, amounts: (string | null)[]): ChartPoint => ({
    time: month, tick: formatMonth(month, { year: false }), label: formatMonth(month), amounts, total: null, context: false,
  });
  return {
    points: [
      ...past.map(({ month, actual, whole }) => ({ ...point(month, [actual, null]), ...(whole ? {} : { incomplete: 'the data begins in this month' }) })),
      ...info.months.map(({ month, forecast }) => point(month, [null, forecast])),
    ],
    low80: [...none, ...info.months.map(({ low80 }) => low80)],
    high80: [...none, ...info.months.map(({ high80 }) => high80)],
    low95: [...none, ...info.months.map(({ low95 }) => low95)],
    high95: [...none, ...info.months.map(({ high95 }) => high95)],
  };
}

/** The bands of the chart, the wider one first behind the other. */
export function bandsOf(course: ReturnType<typeof courseOf>, color: string, pale: string): ChartBand[] {
  return [
    { id: '95', label: '95 % range', color: pale, low: course.low95, high: course.high95 },
    { id: '80', label: '80 % range', color, low: course.low80, high: course.high80 },
  ];
}

/** A part of the months that are forecast. All parts of a month are the whole. */
export type Part = { id: string; label: string; hue: SeriesHue; meaning: string; of: (month: ForecastMonthInfo) => string };

const parts: Part[] = [
  { id: 'actual', label: 'Actual so far', hue: 'sky', meaning: 'Charges of the complete days', of: ({ actual }) => actual ?? '0' },
  { id: 'fixed', label: 'Fees to come', hue: 'gold', meaning: 'Charges that recur on known days, at their last amount', of: ({ fixed }) => fixed },
  { id: 'varying', label: 'Usage to come', hue: 'green', meaning: 'All other charges, by the mix of models', of: ({ varying }) => varying },
  { id: 'ends', label: 'Commitments ending', hue: 'purple', meaning: 'What usage costs more, or less, once a commitment has ended', of: ({ ends }) => ends },
  { id: 'planned', label: 'Planned changes', hue: 'pink', meaning: 'What you expect to change', of: ({ planned }) => planned },
];

/** The parts that are not zero in every month. */
export function partsOf(months: ForecastMonthInfo[]): Part[] {
  return parts.filter(({ of }) => months.some((month) => sign(of(month)) !== 0));
}

/** "6.1 %" of a share that Go calculated. */
export function shareText(share: string): string {
  return formatShare(share, '1') ?? '–';
}

/** How good past forecasts were, beside the target. */
export function judgeBacktest(wape: string | null): { text: string; tone: 'good' | 'bad' | 'plain' } {
  if (wape === null) return { text: 'Not tested', tone: 'plain' };
  return compare(wape, TARGET) <= 0 ? { text: 'Within the 12 % target', tone: 'good' } : { text: 'Above the 12 % target', tone: 'bad' };
}

/** In which direction past forecasts were off. */
export function describeBias(bias: string): string {
  const size = shareText(bias.replace(/^-/, ''));
  return sign(bias) === 0 ? 'Neither too high nor too low' : sign(bias) > 0 ? `${size} too high on average` : `${size} too low on average`;
}

/** What was tested, in a sentence. */
export function describeTests(count: number): string {
  return count === 0
    ? 'The history is too short to test the forecast on months that are over.'
    : `The forecast was repeated for ${formatCounted(count, 'past month end')} with only the data known then, and compared with up to three months that followed.`;
}

/** How many models are named. */
const MODELS_NAMED = 5;

/** "Mean of 4 weeks 34 %, … and 3 others": the models that count, those that count most first. */
export function describeModels(models: ForecastInfo['models']): string {
  const shown = models.length > MODELS_NAMED + 1 ? models.slice(0, MODELS_NAMED) : models;
  const named = shown.map(({ model, share }) => `${model} ${formatShare(share, '1', 0)?.replace(' ', '\u00a0') ?? ''}`).join(', ');
  return named.charAt(0).toUpperCase() + named.slice(1) + (shown.length < models.length ? ` and ${models.length - shown.length} others` : '');
}

/** The months as they leave for Excel or CSV. */
export function forecastTable(info: ForecastInfo): ShownTable {
  const months = info.months.map(({ month, actual, fixed, varying, ends, planned, forecast, low80, high80, low95, high95 }) => [month, info.currency, actual, fixed, varying, ends, planned, forecast, low80, high80, low95, high95]);
  return {
    title: `Forecast from ${info.asOf}`,
    columns: [...columnsOfKind('month', 'Month'), ...columnsOfKind('text', 'Currency'), ...columnsOfKind('amount', 'Actual', 'Fees to come', 'Usage to come', 'Commitments ending', 'Planned changes', 'Forecast', '80 % from', '80 % to', '95 % from', '95 % to')],
    rows: [...info.past.map(({ month, actual }) => [month, info.currency, actual, null, null, null, null, null, null, null, null, null]), ...months],
    currencyColumn: 1,
  };
}

/** The title of what a month comes to. */
export function landingTitle({ month }: ForecastMonthInfo): string {
  return `Forecast for ${formatMonth(month, { full: true })}`;
}

/** How far the data reaches. */
export function describeAsOf(asOf: string): string {
  return `with data up to ${formatDay(asOf)}, the last complete day`;
}

/** What the same method was off in the past, as it leaves for Excel or CSV. */
export function testsTable({ backtest, currency }: ForecastInfo): ShownTable {
  return {
    title: 'Past forecasts',
    columns: [...columnsOfKind('day', 'Forecast on'), ...columnsOfKind('count', 'Months'), ...columnsOfKind('text', 'Currency'), ...columnsOfKind('amount', 'Forecast', 'Actual'), ...columnsOfKind('share', 'Error')],
    rows: backtest.tests.map((t) => [t.asOf, String(t.months), currency, t.forecast, t.actual, sign(t.actual) === 0 ? null : t.wape]),
    currencyColumn: 2,
  };
}
