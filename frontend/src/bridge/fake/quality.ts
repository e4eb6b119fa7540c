/** The passport of charges in memory: a few of the real measures, by the same rules, over one data set a provider. */
import { eachDay, eachMonth, firstOfMonth, lastOfMonth, monthOf } from '../../lib/days';
import { percentOf } from '../../lib/decimal';
import type { DataCoverage, DataFinding, DataPassport, DataSet, DataShare } from '../../lib/wire';
import type { FakeCharge } from './charges';
import { printUnits } from './ledger';

const size = (units: bigint) => (units < 0n ? -units : units);
const costOf = (charges: FakeCharge[]) => charges.reduce((sum, { amounts }) => sum + size(amounts[1] ?? amounts[0] ?? 0n), 0n);

function billedOf(charges: FakeCharge[]): string {
  return printUnits(charges.reduce((sum, { amounts }) => sum + (amounts[0] ?? 0n), 0n));
}

function coverageOf(charges: FakeCharge[]): DataCoverage {
  const lines = new Map<string, number>();
  for (const { day } of charges) lines.set(day, (lines.get(day) ?? 0) + 1);
  const days = [...lines.keys()].sort();
  const firstDay = days[0] ?? '';
  const lastDay = days.at(-1) ?? '';
  const missing = new Set(days.length === 0 ? [] : eachDay(firstDay, lastDay).filter((day) => !lines.has(day)));
  const months = days.length === 0 ? [] : eachMonth(firstDay, lastDay).map((month) => {
    const first = `${month}-01`;
    const complete = lastOfMonth(first) <= lastDay && firstOfMonth(first) >= firstDay && ![...missing].some((day) => monthOf(day) === month);
    return {
      month,
      complete,
      running: !complete && month === monthOf(lastDay),
      billed: true,
      days: eachDay(first, lastOfMonth(first)).map((day) => ({
        state: day < firstDay || day > lastDay ? ('outside' as const) : missing.has(day) ? ('missing' as const) : ('covered' as const),
        lines: lines.get(day) ?? 0,
        late: 0,
      })),
    };
  });
  return {
    firstDay,
    lastDay,
    days: days.length + missing.size,
    missingDays: missing.size,
    missingMonths: [],
    completeMonths: months.filter(({ complete }) => complete).length,
    behindDays: 0,
    lateLines: 0,
    judgedByDay: true,
    months,
  };
}

function shareOf(charges: FakeCharge[], code: string, column: string, good: number, has: (charge: FakeCharge) => boolean): DataShare {
  const currency = charges[0]?.currency ?? '';
  const usage = charges.filter(({ fields }) => fields.ChargeCategory === 'Usage');
  const kept = charges.filter(has);
  const keptUsage = usage.filter(has);
  const money = (some: FakeCharge[]) => printUnits(costOf(some.filter((charge) => charge.currency === currency)));
  const percent = percentOf(money(keptUsage), money(usage), 2) ?? '0';
  return {
    code,
    column,
    value: String(Number(percent) / 100),
    base: 'of the cost of usage',
    severity: Number(percent) >= good ? 'good' : 'gap',
    lines: kept.length,
    ofLines: charges.length,
    usageLines: keptUsage.length,
    ofUsageLines: usage.length,
    currency,
    cost: money(kept),
    ofCost: money(charges),
    usageCost: money(keptUsage),
    ofUsageCost: money(usage),
  };
}

function findingsOf(set: { provider: string; coverage: DataCoverage; shares: DataShare[] }): DataFinding[] {
  const where = set.provider === '' ? [] : [{ column: 'Provider', op: 'in' as const, values: [set.provider] }];
  const { firstDay, lastDay, missingDays } = set.coverage;
  const shares = set.shares.map((share) => ({
    code: share.code,
    severity: share.severity === 'good' ? ('good' as const) : ('gap' as const),
    value: share.value,
    unit: 'share',
    sentence: `A share of ${share.value} ${share.base} has a value in ${share.column}.`,
    meaning: share.severity === 'good' ? '' : `What has no ${share.column} cannot be told apart.`,
    action: share.severity === 'good' ? '' : 'Choose an export with this column.',
    where: share.severity === 'good' ? [] : [...where, share.column === 'Tags' ? { column: 'HasTags', op: 'in' as const, values: ['Untagged'] } : { column: share.column, op: 'in' as const, values: [null] }],
    from: firstDay,
    to: lastDay,
  }));
  const days: DataFinding = {
    code: 'missing_days',
    severity: missingDays > 0 ? 'problem' : 'good',
    value: String(missingDays),
    unit: 'days',
    sentence: missingDays > 0 ? `${missingDays} days have no charges.` : 'Every day has charges.',
    meaning: missingDays > 0 ? 'Totals of these months are too low.' : '',
    action: missingDays > 0 ? 'Export the months again.' : '',
    where: [],
    from: '',
    to: '',
  };
  const rank = ['problem', 'gap', 'info', 'good'];
  return [days, ...shares].sort((a, b) => rank.indexOf(a.severity) - rank.indexOf(b.severity));
}

function setOf(provider: string, charges: FakeCharge[], importedAt: string): DataSet {
  const coverage = coverageOf(charges);
  const shares = [
    shareOf(charges, 'resource_id', 'ResourceId', 80, ({ fields }) => (fields.ResourceId ?? null) !== null),
    shareOf(charges, 'tags', 'Tags', 80, ({ tags }) => Object.keys(tags).length > 0),
    shareOf(charges, 'list_cost', 'ListCost', 95, ({ amounts }) => amounts[2] !== null),
  ];
  const codes = [...new Set(charges.map(({ currency }) => currency))];
  return {
    id: provider === '' ? '' : `${provider}/fake/focus`,
    provider,
    account: '',
    accountName: '',
    export: provider === '' ? '' : 'focus',
    lines: charges.length,
    importedAt,
    importAgeDays: 0,
    files: 1,
    formats: [{ format: 'focus-csv', version: '1.2', files: 1, lines: charges.length }],
    currencies: codes.map((code) => {
      const own = charges.filter(({ currency }) => currency === code);
      return { code, lines: own.length, billed: billedOf(own), effective: billedOf(own) };
    }),
    coverage,
    grain: { word: 'daily', hourlyDays: 0, hour: 0, day: charges.length, month: 0, other: 0 },
    shares,
    filled: Object.keys(charges[0]?.fields ?? {}),
    empty: ['CapacityReservationId'],
    absent: ['ContractApplied'],
    tagKeys: [],
    unmapped: charges.length === 0 ? [] : [{ serviceName: 'Marketplace purchase', serviceCategory: 'Other', skuId: null, lines: 4, currency: codes[0] ?? '', cost: '12.5', reasons: ['category Other', 'no SKU'] }],
    unmappedCount: charges.length === 0 ? 0 : 1,
    duplicates: { lines: 0, acrossFiles: 0, amounts: [], examples: [] },
    rejects: [],
    rejectLines: 0,
    providerSums: [],
    findings: charges.length === 0 ? [] : findingsOf({ provider, coverage, shares }),
    readiness: [
      { analysis: 'forecast', level: coverage.completeMonths > 2 ? 'ready' : 'limited', reasons: [`${coverage.completeMonths} months are complete.`] },
      { analysis: 'commitments', level: 'limited', reasons: ['Usage is told by the day, not by the hour.'] },
    ],
  };
}

export function passportOf(charges: FakeCharge[], importedAt: string): DataPassport {
  const providers = [...new Set(charges.map(({ fields }) => fields.ProviderName ?? ''))].sort();
  return {
    today: charges.map(({ day }) => day).sort().at(-1) ?? '',
    whole: setOf('', charges, importedAt),
    sets: providers.map((provider) => setOf(provider, charges.filter(({ fields }) => (fields.ProviderName ?? '') === provider), importedAt)),
  };
}
