import { columnsOfKind } from '../../lib/table';
import type { CommitmentInfo, CommitmentMonth, CommitmentUse, PoolMonthInfo, ShownTable, SimulationInfo } from '../../lib/wire';
import { describeExpiry, describePool, describeRecommended, nameOf } from './model';

const count = (value: number | null) => (value === null ? null : String(value));
const word = (text: string) => text || null;

/** The list of commitments as it leaves for Excel or CSV. */
export function commitmentsTable(list: CommitmentInfo[]): ShownTable {
  return {
    title: 'Commitments',
    columns: [
      ...columnsOfKind('text', 'Commitment', 'Id', 'Type', 'Provider', 'Billing account', 'Currency'),
      ...columnsOfKind('count', 'Term in months'),
      ...columnsOfKind('text', 'Payment', 'Ends'),
      ...columnsOfKind('day', 'Last day', 'First charge', 'Last charge', 'From', 'To'),
      ...columnsOfKind('quantity', 'Cost an hour'),
      ...columnsOfKind('share', 'Utilisation', 'Break-even utilisation'),
      ...columnsOfKind('amount', 'Used a month', 'Unused a month', 'Usage at on-demand prices a month', 'Net saving a month', 'Cost of lapse a month', 'Sharing loss a month'),
    ],
    rows: list.map((c) => [
      nameOf(c), c.id, c.type, c.provider, c.billingAccount, c.currency, count(c.termMonths), word(c.payment), describeExpiry(c).text, word(c.expires), c.firstDay, c.lastDay, word(c.from), word(c.to),
      c.hourlyCost, c.utilisation, c.breakEvenUtilisation, c.monthlyUsed, c.monthlyUnused, c.monthlyOnDemand, c.monthlyNetSaving, c.monthlyCostOfLapse, c.sharing?.monthlyLoss ?? null,
    ]),
    currencyColumn: 5,
  };
}

/** How a commitment was used, by month. */
export function usesTable(months: CommitmentUse[]): ShownTable {
  return {
    title: 'Months of a commitment',
    columns: [...columnsOfKind('text', 'Commitment', 'Id', 'Currency'), ...columnsOfKind('month', 'Month'), ...columnsOfKind('share', 'Utilisation'), ...columnsOfKind('amount', 'Used', 'Unused', 'Usage at list prices')],
    rows: months.map((m) => [m.name || m.id, m.id, m.currency, m.month, m.utilisation, m.used, m.unused, m.coveredList]),
    currencyColumn: 2,
  };
}

/** Coverage by provider and month. */
export function monthsTable(months: CommitmentMonth[]): ShownTable {
  return {
    title: 'Coverage by month',
    columns: [...columnsOfKind('month', 'Month'), ...columnsOfKind('text', 'Provider', 'Currency'), ...columnsOfKind('share', 'Coverage', 'Effective savings rate', 'List cost unknown')],
    rows: months.map((m) => [m.month, m.provider, m.currency, m.coverage, m.effectiveSavingsRate, m.listUnknownShare]),
    currencyColumn: 2,
  };
}

/** Coverage by pool and month. */
export function poolsTable(pools: PoolMonthInfo[]): ShownTable {
  return {
    title: 'Coverage by pool',
    columns: [
      ...columnsOfKind('month', 'Month'), ...columnsOfKind('text', 'Pool', 'Id', 'Provider', 'Currency'), ...columnsOfKind('amount', 'Effective cost'),
      ...columnsOfKind('share', 'Coverage', 'Effective savings rate', 'Break-even utilisation'),
    ],
    rows: pools.map((p) => [p.month, describePool(p.pool), p.pool.id, p.pool.provider, p.pool.currency, p.pool.onDemand, p.coverage, p.effectiveSavingsRate, p.breakEvenUtilisation]),
    currencyColumn: 4,
  };
}

/** What to buy when, all at once and in four purchases, as it leaves for Excel or CSV. */
export function purchasesTable({ pool, plan, ladder }: SimulationInfo): ShownTable {
  const row = (way: string) => (p: { months: number; add: string; hourlyCommitment: string; expectedMonthlySaving: string }) => [way, pool.id, pool.currency, String(p.months), p.add, p.hourlyCommitment, p.expectedMonthlySaving];
  return {
    title: 'Purchases',
    columns: [...columnsOfKind('text', 'Plan', 'Pool', 'Currency'), ...columnsOfKind('count', 'Months from now'), ...columnsOfKind('quantity', 'Buy, an hour', 'Total, an hour'), ...columnsOfKind('amount', 'Saving a month')],
    rows: [...plan.map(row('Purchase plan')), ...(ladder?.rungs ?? []).map(row('Ladder'))],
    currencyColumn: 2,
  };
}

/** What the ladder saves over the term beside all at once, as it leaves for Excel or CSV. */
export function ladderTable({ pool, ladder }: SimulationInfo): ShownTable {
  const cases = ladder ? [{ usagePercent: 100, termSaving: ladder.termSaving, blockTermSaving: ladder.blockTermSaving }, ...ladder.downside] : [];
  return {
    title: 'Ladder',
    columns: [...columnsOfKind('text', 'Pool', 'Currency'), ...columnsOfKind('count', 'Usage after 3 months, percent'), ...columnsOfKind('amount', 'Saving of the ladder over the term', 'Saving of all at once over the term')],
    rows: cases.map((c) => [pool.id, pool.currency, String(c.usagePercent), c.termSaving, c.blockTermSaving]),
    currencyColumn: 1,
  };
}

/** The best commitment of each term and payment as it leaves for Excel or CSV. */
export function optionsTable({ pool, options }: SimulationInfo): ShownTable {
  return {
    title: 'Terms and payments',
    columns: [
      ...columnsOfKind('text', 'Pool', 'Currency'), ...columnsOfKind('count', 'Term in years'), ...columnsOfKind('text', 'Payment'), ...columnsOfKind('quantity', 'Commitment an hour'), ...columnsOfKind('amount', 'Saving a month'),
      ...columnsOfKind('share', 'Break-even utilisation'), ...columnsOfKind('count', 'Break-even month'), ...columnsOfKind('amount', 'Upfront', 'Each month', 'Over the term'),
    ],
    rows: options.map(({ termYears, payment, optimum, deal }) => [
      pool.id, pool.currency, String(termYears), payment, optimum?.hourlyCommitment ?? null, optimum?.expectedMonthlySaving ?? null, optimum?.breakEvenUtilisation ?? null,
      deal && deal.breakEvenMonth > 0 ? String(deal.breakEvenMonth) : null, deal?.upfront ?? null, deal?.monthly ?? null, deal?.total ?? null,
    ]),
    currencyColumn: 1,
  };
}

/** The curve of a simulation: what each commitment would have done. */
export function curveTable({ pool, curve }: SimulationInfo): ShownTable {
  return {
    title: 'Simulation',
    columns: [
      ...columnsOfKind('text', 'Pool', 'Currency'), ...columnsOfKind('quantity', 'Commitment an hour'), ...columnsOfKind('amount', 'Saving a month'), ...columnsOfKind('share', 'Utilisation', 'Coverage'),
      ...columnsOfKind('amount', 'Saving at 90 % of the usage', 'Saving at 80 % of the usage', 'Saving at 70 % of the usage', 'Saving in the last four weeks, a month'),
    ],
    rows: curve.map((p) => [pool.id, pool.currency, p.hourlyCommitment, p.expectedMonthlySaving, p.utilisation, p.coverage, p.downside[0] ?? null, p.downside[1] ?? null, p.downside[2] ?? null, p.heldOut]),
    currencyColumn: 1,
  };
}

/** What the provider itself recommends, as it leaves for Excel or CSV. */
export function recommendedTable({ pool, recommendations }: SimulationInfo): ShownTable {
  return {
    title: 'Recommendations of the provider',
    columns: [
      ...columnsOfKind('text', 'Recommendation', 'Currency', 'Document'), ...columnsOfKind('day', 'Day of the document'), ...columnsOfKind('quantity', 'Its commitment an hour'), ...columnsOfKind('amount', 'Its estimated saving a month'),
      ...columnsOfKind('quantity', 'Best here, an hour'), ...columnsOfKind('amount', 'Saving of the best here, a month', 'Saving of its commitment here, a month'), ...columnsOfKind('text', 'Difference'),
    ],
    rows: recommendations.map((one) => [
      one.said, one.currency || pool.currency, one.document, one.day, one.hourlyCommitment, one.expectedMonthlySaving, one.ours?.hourlyCommitment ?? null, one.ours?.expectedMonthlySaving ?? null,
      one.result?.expectedMonthlySaving ?? null, describeRecommended(one),
    ]),
    currencyColumn: 1,
  };
}
