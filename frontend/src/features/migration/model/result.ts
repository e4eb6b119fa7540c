import { compare, subtract } from '../../../lib/decimal';
import { formatMoney } from '../../../lib/money';
import type { AssessmentInfo, MigrationComponents, MigrationProvider, MigrationResult } from '../../../lib/wire';
import type { ChartPoint, ChartSeries } from '../../../ui/charts/model';
import { hueOf, seriesColor } from '../../../ui/theme/seriesColor';
import { optionLabel } from './labels';

export function providerName(key: string): string {
  return optionLabel('', key);
}

export function providerColor(key: string): string {
  return seriesColor(hueOf(providerName(key)));
}

/** The components of the monthly cost, in the order of a bill, with a hue each. */
export const components = [
  { id: 'compute', label: 'Compute', color: seriesColor('sky') },
  { id: 'licences', label: 'Licences', color: seriesColor('plum') },
  { id: 'block', label: 'Block storage', color: seriesColor('gold') },
  { id: 'object', label: 'Object storage', color: seriesColor('olive') },
  { id: 'database', label: 'Databases', color: seriesColor('purple') },
  { id: 'network', label: 'Network', color: seriesColor('teal') },
  { id: 'support', label: 'Support', color: seriesColor('pink') },
] as const satisfies (ChartSeries & { id: keyof MigrationComponents })[];

export const parts = [
  { id: 'cost', label: 'Cost' },
  { id: 'services', label: 'Service compatibility' },
  { id: 'compliance', label: 'Compliance' },
  { id: 'performance', label: 'Performance' },
] as const;

/** The providers that have prices, as points of a chart by component. */
export function componentPoints(providers: MigrationProvider[]): ChartPoint[] {
  return providers.flatMap(({ provider, monthly }) =>
    monthly ? [{ time: provider, tick: providerName(provider), label: providerName(provider), amounts: components.map(({ id }) => monthly[id]), total: monthly.total, context: false }] : [],
  );
}

/** The cumulative saving of each provider by month; none where the cost of today is unknown. */
export function savingPoints(providers: MigrationProvider[]): ChartPoint[] {
  const known = providers.filter(({ cashFlow }) => cashFlow.length > 0 && cashFlow[0]?.cumulative !== null);
  return (known[0]?.cashFlow ?? []).map(({ month }) => ({ time: String(month), tick: String(month + 1), label: `Month ${month + 1}`, amounts: known.map((one) => one.cashFlow[month]?.cumulative ?? null), total: null, context: false }));
}

/** The provider that an assessment puts first; none where no provider has a score. */
export function bestOf<One extends Pick<AssessmentInfo['standing'][number], 'eligible' | 'score'>>(one: { standing: One[] }): One | undefined {
  return one.standing.find(({ eligible, score }) => eligible && score !== null);
}

/** Why an assessment puts no provider first. */
export function noneText({ made }: { made: Pick<NonNullable<AssessmentInfo['made']>, 'reason'> | null }): string {
  return made?.reason?.replace(/\.$/, '') ?? 'No provider meets the requirements';
}

/** What stands in place of a score. */
export function notScored(one: { eligible: boolean } | undefined): string {
  if (!one) return 'Not compared';
  return one.eligible ? '–' : 'Not eligible';
}

/** The headline of a result: who is first, by how much, and whether that says anything. */
export function headline({ recommendation, providers }: { recommendation: MigrationResult['recommendation']; providers: Pick<MigrationProvider, 'provider' | 'eligible' | 'score' | 'gates'>[] }): { title: string; text: string } {
  const [first, second] = providers.filter((one) => one.eligible && one.score);
  if (!first?.score || recommendation.provider === null) {
    const excluded = providers.flatMap(({ gates }) => gates.map(({ message }) => message)).join(' ');
    return { title: recommendation.reason?.replace(/\.$/, '') ?? 'No provider meets the requirements', text: providers.some(({ eligible }) => eligible) ? 'So no provider is recommended.' : excluded };
  }
  const name = providerName(first.provider);
  if (!second?.score) return { title: `${name} is the only provider that meets the requirements`, text: `It scores ${shownScore(first.score.total)} of 100.` };
  const ahead = shownScore(Number(subtract(String(first.score.total), String(second.score.total))));
  if (recommendation.tooClose) return { title: 'Too close to call', text: `${name} is ${ahead} points ahead of ${providerName(second.provider)}. Below 3 points the score does not decide.` };
  return { title: `${name} fits best`, text: `It scores ${shownScore(first.score.total)} of 100, ${ahead} points ahead of ${providerName(second.provider)}.` };
}

export function shownScore(score: number): string {
  return formatMoney(String(score), '', { digits: 1 });
}

/** The weighted points that a part adds to the total. Parts and weights are exact; the total is rounded once. */
export function weighted(part: number, weight: number): string {
  const [whole = '0', decimal = '0'] = String(part).split('.');
  const thousandths = (BigInt(whole) * 10n + BigInt(decimal)) * BigInt(weight);
  return `${thousandths / 1000n}.${(thousandths % 1000n).toString().padStart(3, '0')}`;
}

/** Tornado bars with the low figure first, since less of something may be better or worse. */
export function ordered(a: string, b: string): [string, string] {
  return compare(a, b) <= 0 ? [a, b] : [b, a];
}
