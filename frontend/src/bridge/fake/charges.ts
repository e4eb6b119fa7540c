/**
 * The bill of an invented client, thirteen months of it: three clouds, two currencies, fourteen services. Everything is reckoned in
 * whole ten-billionths, so the fake's totals are as exact as the real ledger's.
 */
import { addDays, addMonths, eachDay, firstOfMonth, lastOfMonth } from '../../lib/days';

export const fakeScale = 10;

/** One charge: its FOCUS columns as text, and what the fake's engine needs in other forms. */
export type FakeCharge = {
  importId: number;
  day: string;
  currency: string;
  fields: Record<string, string | null>;
  tags: Record<string, string>;
  /** Billed, effective, list, contracted, in units of 10^-10. */
  amounts: (bigint | null)[];
};

export const fakeFirstDay = '2025-11-01';
export const fakeLastDay = '2026-11-20';

type Series = {
  provider: string;
  service: string;
  category: string;
  account: string;
  region: string;
  /** Cents on a common day at the start. */
  daily: number;
  /** Growth over the whole time, in per mille. */
  growth: number;
  /** Share of a weekday that a weekend day costs, in per mille. */
  weekend: number;
  currency?: string;
  untagged?: boolean;
  /** A commitment covers it from this day, up to the day it ends. */
  commitment?: { from: string; to: string };
  /** A jump in cost from this day on, in per mille. */
  step?: { from: string; to: string; factor: number };
  unit: string;
};

const accounts: Record<string, string> = {
  '111122223333': 'payments-prod',
  '222233334444': 'shop-web',
  '333344445555': 'data-platform',
  'sub-7f21': 'Finance systems',
  'sub-9a40': 'Logistik DE',
  'analytics-prod-318': 'Analytics',
  'ml-research-502': 'ML research',
};

const regions: Record<string, string> = {
  'eu-west-1': 'Europe (Ireland)',
  'us-east-1': 'US East (N. Virginia)',
  westeurope: 'West Europe',
  germanywestcentral: 'Germany West Central',
  'europe-west4': 'Netherlands',
};

const owners: Record<string, { team: string; env: string }> = {
  '111122223333': { team: 'payments', env: 'prod' },
  '222233334444': { team: 'web', env: 'prod' },
  '333344445555': { team: 'data', env: 'prod' },
  'sub-7f21': { team: 'finance', env: 'prod' },
  'sub-9a40': { team: 'logistics', env: 'prod' },
  'analytics-prod-318': { team: 'data', env: 'prod' },
  'ml-research-502': { team: 'research', env: 'dev' },
};

const series: Series[] = [
  { provider: 'AWS', service: 'Amazon Elastic Compute Cloud', category: 'Compute', account: '111122223333', region: 'eu-west-1', daily: 218_340, growth: 210, weekend: 860, commitment: { from: '2025-11-01', to: '2026-12-31' }, step: { from: '2026-11-06', to: '2026-12-31', factor: 1160 }, unit: 'Hours' },
  { provider: 'AWS', service: 'Amazon Elastic Compute Cloud', category: 'Compute', account: '222233334444', region: 'us-east-1', daily: 141_210, growth: 90, weekend: 900, unit: 'Hours' },
  { provider: 'AWS', service: 'Amazon Relational Database Service', category: 'Databases', account: '111122223333', region: 'eu-west-1', daily: 128_477, growth: 60, weekend: 980, unit: 'Hours' },
  { provider: 'AWS', service: 'Amazon Simple Storage Service', category: 'Storage', account: '333344445555', region: 'eu-west-1', daily: 61_935, growth: 330, weekend: 1000, unit: 'GB-Mo' },
  { provider: 'AWS', service: 'AWS Lambda', category: 'Compute', account: '222233334444', region: 'us-east-1', daily: 18_412, growth: 140, weekend: 760, unit: 'GB-Seconds' },
  { provider: 'AWS', service: 'Amazon CloudFront', category: 'Networking', account: '222233334444', region: 'us-east-1', daily: 33_908, growth: 80, weekend: 1120, untagged: true, unit: 'GB' },
  { provider: 'AWS', service: 'AWS Data Transfer', category: 'Networking', account: '111122223333', region: 'eu-west-1', daily: 49_120, growth: 40, weekend: 880, untagged: true, step: { from: '2026-11-02', to: '2026-12-31', factor: 640 }, unit: 'GB' },
  { provider: 'Microsoft', service: 'Virtual Machines', category: 'Compute', account: 'sub-7f21', region: 'westeurope', daily: 139_450, growth: 120, weekend: 940, unit: '1 Hour' },
  { provider: 'Microsoft', service: 'Azure SQL Database', category: 'Databases', account: 'sub-7f21', region: 'westeurope', daily: 58_260, growth: 50, weekend: 1000, commitment: { from: '2025-11-01', to: '2026-10-31' }, step: { from: '2026-11-01', to: '2026-12-31', factor: 1290 }, unit: '1 Hour' },
  { provider: 'Microsoft', service: 'Storage Accounts', category: 'Storage', account: 'sub-7f21', region: 'westeurope', daily: 21_777, growth: 260, weekend: 1000, untagged: true, unit: '1 GB' },
  { provider: 'Microsoft', service: 'Virtual Machines', category: 'Compute', account: 'sub-9a40', region: 'germanywestcentral', daily: 31_864, growth: 70, weekend: 620, currency: 'EUR', unit: '1 Hour' },
  { provider: 'Microsoft', service: 'Azure Monitor', category: 'Management and Governance', account: 'sub-9a40', region: 'germanywestcentral', daily: 6_218, growth: 410, weekend: 970, currency: 'EUR', unit: '1 GB' },
  { provider: 'Google Cloud', service: 'BigQuery', category: 'Analytics', account: 'analytics-prod-318', region: 'europe-west4', daily: 67_340, growth: 150, weekend: 720, step: { from: '2026-11-11', to: '2026-11-13', factor: 2450 }, unit: 'tebibyte' },
  { provider: 'Google Cloud', service: 'Compute Engine', category: 'Compute', account: 'ml-research-502', region: 'europe-west4', daily: 44_120, growth: 520, weekend: 1000, untagged: true, unit: 'hour' },
  { provider: 'Google Cloud', service: 'Cloud Storage', category: 'Storage', account: 'analytics-prod-318', region: 'europe-west4', daily: 15_093, growth: 180, weekend: 1000, unit: 'gibibyte month' },
];

const importOf: Record<string, number> = { AWS: 1, Microsoft: 2, 'Google Cloud': 3 };

/** The last day each cloud's files reach; one of them is late. */
const lastDayOf: Record<string, string> = { AWS: fakeLastDay, Microsoft: '2026-11-18', 'Google Cloud': fakeLastDay };

/** A day one cloud's files skip. */
const missing = new Set(['Google Cloud 2026-11-09']);

/** A reproducible stream of whole numbers below a bound. */
export function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 16807) % 2147483647;
    return state % below;
  };
}

const cent = 10n ** 8n;

function perMille(amount: bigint, factor: number): bigint {
  return (amount * BigInt(factor)) / 1000n;
}

function weekendDay(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

function baseFields(one: Series, day: string, currency: string): Record<string, string | null> {
  const owner = owners[one.account];
  const tags = one.untagged || !owner ? null : JSON.stringify({ team: owner.team, env: owner.env });
  return {
    ProviderName: one.provider,
    PublisherName: one.provider,
    InvoiceIssuerName: one.provider,
    BillingAccountId: `${one.provider.slice(0, 2).toLowerCase()}-payer`,
    BillingAccountName: 'Northwind Retail',
    SubAccountId: one.account,
    SubAccountName: accounts[one.account] ?? null,
    BillingCurrency: currency,
    BillingPeriodStart: `${firstOfMonth(day)}T00:00:00Z`,
    BillingPeriodEnd: `${addMonths(firstOfMonth(day), 1)}T00:00:00Z`,
    ChargePeriodStart: `${day}T00:00:00Z`,
    ChargePeriodEnd: `${addDays(day, 1)}T00:00:00Z`,
    ChargeCategory: 'Usage',
    ChargeClass: null,
    ChargeDescription: `${one.service} in ${one.region}`,
    ChargeFrequency: 'Usage-Based',
    PricingCategory: 'Standard',
    CommitmentDiscountStatus: null,
    CommitmentDiscountId: null,
    ConsumedUnit: one.unit,
    ConsumedQuantity: null,
    ServiceName: one.service,
    ServiceCategory: one.category,
    RegionId: one.region,
    RegionName: regions[one.region] ?? null,
    ResourceId: `${one.account}/${one.service.toLowerCase().replaceAll(' ', '-')}/01`,
    ResourceName: `${accounts[one.account] ?? one.account}-01`,
    SkuId: `SKU-${one.service.length}${one.daily}`,
    Tags: tags,
  };
}

function tagsOf(text: string | null | undefined): Record<string, string> {
  return text ? (JSON.parse(text) as Record<string, string>) : {};
}

function make(importId: number, day: string, fields: Record<string, string | null>, amounts: (bigint | null)[]): FakeCharge {
  const currency = fields.BillingCurrency ?? '';
  return { importId, day, currency, fields, tags: tagsOf(fields.Tags), amounts };
}

function usageDay(one: Series, day: string, ordinal: number, next: (below: number) => number): FakeCharge[] {
  const importId = importOf[one.provider] ?? 0;
  let cost = BigInt(one.daily) * cent + BigInt(next(99_999_999));
  cost = perMille(cost, 1000 + Math.round((one.growth * ordinal) / 385));
  if (weekendDay(day)) cost = perMille(cost, one.weekend);
  cost = perMille(cost, 975 + next(50));
  if (one.step && day >= one.step.from && day <= one.step.to) cost = perMille(cost, one.step.factor);
  const currency = one.currency ?? 'USD';
  const quantity = { ConsumedQuantity: String(next(9_000) + 1_000) };
  const list = perMille(cost, 1180);
  const contracted = perMille(cost, 1060);
  const { commitment } = one;
  if (!commitment || day < commitment.from || day > commitment.to) {
    return [make(importId, day, { ...baseFields(one, day, currency), ...quantity }, [cost, cost, list, contracted])];
  }
  const used = perMille(cost, 580);
  const rest = cost - used;
  const covered = {
    ...baseFields(one, day, currency),
    ...quantity,
    PricingCategory: 'Committed',
    CommitmentDiscountStatus: 'Used',
    CommitmentDiscountId: `commitment-${one.account}`,
    ChargeDescription: `${one.service} in ${one.region}, covered by a commitment`,
  };
  return [
    make(importId, day, covered, [0n, used, perMille(used, 1520), perMille(used, 1400)]),
    make(importId, day, { ...baseFields(one, day, currency), ...quantity }, [rest, rest, perMille(rest, 1180), perMille(rest, 1060)]),
  ];
}

/** What comes once a month: the fee of a commitment, tax, a credit, a correction. */
function monthly(month: string, charges: FakeCharge[]): FakeCharge[] {
  const made: FakeCharge[] = [];
  const once = (one: Series, day: string, changes: Record<string, string | null>, amounts: bigint[]) => {
    const fields = { ...baseFields(one, day, one.currency ?? 'USD'), Tags: null, ResourceId: null, ResourceName: null, ConsumedUnit: null, ...changes };
    made.push(make(importOf[one.provider] ?? 0, day, fields, amounts));
  };
  for (const one of series) {
    if (one.commitment && month >= one.commitment.from && month <= one.commitment.to) {
      const fee = BigInt(one.daily) * cent * 17n;
      once(one, month, { ChargeCategory: 'Purchase', ChargeFrequency: 'Recurring', PricingCategory: null, ChargeDescription: `${one.service}: monthly fee of the commitment` }, [fee, 0n, fee, fee]);
    }
  }
  const usage = (provider: string) =>
    charges.reduce((sum, charge) => (charge.fields.ProviderName === provider && charge.currency === 'USD' && charge.day.startsWith(month.slice(0, 7)) ? sum + (charge.amounts[0] ?? 0n) : sum), 0n);
  for (const provider of ['AWS', 'Google Cloud']) {
    const first = series.find((one) => one.provider === provider);
    if (!first) continue;
    const tax = perMille(usage(provider), 21);
    once(first, month, { ChargeCategory: 'Tax', ServiceName: 'Tax', ServiceCategory: 'Other', RegionId: null, RegionName: null, PricingCategory: null, ChargeDescription: 'Value added tax' }, [tax, tax, tax, tax]);
  }
  const aws = series[0];
  if (aws && Number(month.slice(5, 7)) % 3 === 2) {
    const credit = -250_000n * cent;
    once(aws, addDays(month, 3), { ChargeCategory: 'Credit', PricingCategory: null, ChargeDescription: 'Support credit' }, [credit, credit, 0n, 0n]);
  }
  const web = series[1];
  if (web) {
    const back = -(11_204n + BigInt(month.charCodeAt(6)) * 131n) * cent;
    once(web, addDays(month, 5), { ChargeClass: 'Correction', ChargeDescription: 'Correction of an earlier month' }, [back, back, back, back]);
  }
  return made;
}

/** The whole bill, the same every time. */
export function makeCharges(): FakeCharge[] {
  const next = chance(20_251_101);
  const days = eachDay(fakeFirstDay, fakeLastDay);
  const usage = days.flatMap((day, ordinal) =>
    series.flatMap((one) => {
      const made = usageDay(one, day, ordinal, next);
      const gone = day > (lastDayOf[one.provider] ?? fakeLastDay) || missing.has(`${one.provider} ${day}`);
      return gone ? [] : made;
    }),
  );
  const months: string[] = [];
  for (let month = fakeFirstDay; month <= fakeLastDay; month = addMonths(month, 1)) months.push(month);
  return [...usage, ...months.flatMap((month) => monthly(month, usage))];
}

/** A further month of one small account, for an import made while the page is open. */
export function makeImportedCharges(importId: number, month: string): FakeCharge[] {
  const next = chance(7_001 + importId);
  const one: Series = { provider: 'AWS', service: 'Amazon Route 53', category: 'Networking', account: '222233334444', region: 'us-east-1', daily: 1_240, growth: 0, weekend: 1000, unit: 'Queries' };
  const last = lastOfMonth(month) > fakeLastDay ? fakeLastDay : lastOfMonth(month);
  return eachDay(month, last).flatMap((day, ordinal) => usageDay(one, day, ordinal, next)).map((charge) => ({ ...charge, importId }));
}
