/** Mappings in memory, over one invented table. A path with "broken" is no table. */
import type { Mapping, MappingInfo, Mappings, MappingTable, MappingTarget, MappingTrial } from '../../lib/wire';
import { AppError } from '../errors';

const names = ['Datum', 'Produkt', 'Projekt', 'Betrag (EUR)', 'Team'];

const rows: (string | null)[][] = [
  ['03.10.2026', 'Cloud Server', 'shop', '1.234,50', 'red'],
  ['25.10.2026', 'Volume', 'shop', '0,10', null],
  ['26.10.2026', 'Credit', 'shop', '-34,60', 'red'],
];

const suggested: Mapping = {
  name: 'invoice-2026-10',
  header: ['betrageur', 'datum', 'produkt', 'projekt', 'team'],
  columns: [
    { focus: 'BilledCost', column: 'Betrag (EUR)', text: '' },
    { focus: 'BillingCurrency', column: '', text: 'EUR' },
    { focus: 'ChargePeriodStart', column: 'Datum', text: '' },
    { focus: 'ServiceName', column: 'Produkt', text: '' },
    { focus: 'SubAccountName', column: 'Projekt', text: '' },
  ],
  tags: [],
  dates: 'day-first',
  decimal: 'comma',
  sign: '',
  effectiveCost: '',
};

const targets: MappingTarget[] = [
  { name: 'BilledCost', kind: 'decimal', values: [] },
  { name: 'BillingAccountId', kind: 'text', values: [] },
  { name: 'BillingCurrency', kind: 'text', values: [] },
  { name: 'BillingPeriodStart', kind: 'time', values: [] },
  { name: 'ChargeCategory', kind: 'text', values: ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'] },
  { name: 'ChargePeriodEnd', kind: 'time', values: [] },
  { name: 'ChargePeriodStart', kind: 'time', values: [] },
  { name: 'EffectiveCost', kind: 'decimal', values: [] },
  { name: 'InvoiceDetailId', kind: 'text', values: [] },
  { name: 'ProviderName', kind: 'text', values: [] },
  { name: 'RegionId', kind: 'text', values: [] },
  { name: 'ServiceName', kind: 'text', values: [] },
  { name: 'SubAccountName', kind: 'text', values: [] },
  { name: 'Tags', kind: 'json', values: [] },
];

const hasProvider = (mapping: Mapping) => mapping.columns.some(({ focus, column, text }) => focus === 'ProviderName' && (column !== '' || text !== ''));

const providerMissing = 'Say whose bill this is (ProviderName): choose a column, or write the name.';

function tableOf(path: string): MappingTable {
  return {
    path,
    dialect: 'UTF-8, semicolon, LF',
    names,
    rows,
    mapping: suggested,
    matches: suggested.columns.map(({ focus, column, text }) => ({ focus, confidence: 0.9, reason: `The name "${column || text}" says so.`, others: [] })),
    questions: path.includes('unsure') ? [{ about: 'BilledCost', text: 'BilledCost could be "Team" as well as "Betrag (EUR)".' }] : [],
    missing: [providerMissing],
    seemsToBe: 'a table that is no known billing export',
    readBy: '',
    targets,
    version: 0,
  };
}

function trialOf(mapping: Mapping): MappingTrial {
  const empty: MappingTrial = { missing: [], columns: [], rows: [], lines: 0, left: 0, more: false, rejects: [], totals: [], leftCosts: [], leftUnknown: 0, refused: [] };
  if (!hasProvider(mapping)) return { ...empty, missing: [providerMissing] };
  const provider = mapping.columns.find(({ focus }) => focus === 'ProviderName');
  return {
    ...empty,
    columns: [
      { name: 'BilledCost', raw: 'Betrag (EUR)', focus: true },
      { name: 'BillingCurrency', raw: 'BillingCurrency', focus: true },
      { name: 'ProviderName', raw: 'ProviderName', focus: true },
    ],
    rows: [
      ['1234.50', 'EUR', provider?.text ?? ''],
      ['0.10', 'EUR', provider?.text ?? ''],
    ],
    lines: 3,
    left: 1,
    rejects: [{ line: 4, reason: '"Betrag (EUR)" is "viel", which is no number of the kind that the mapping names.', text: '26.10.2026,Traffic,shop,viel' }],
    totals: [{ currency: 'EUR', metric: 'BilledCost', amount: '1234.60' }],
  };
}

export function createFakeMappings(): Mappings {
  const saved = new Map<string, Mapping>();
  const missing = (name: string) => Promise.reject(new AppError('not_found', `There is no mapping named "${name}".`));
  const infoOf = ({ name, columns }: Mapping): MappingInfo => ({
    name,
    changedAt: '2026-11-22T09:30:00Z',
    columns: columns.length,
    provider: columns.find(({ focus }) => focus === 'ProviderName')?.text ?? '',
    problem: '',
  });
  return {
    Inspect: (path) => (path.includes('broken') ? Promise.reject(new AppError('invalid', 'The file cannot be mapped: it seems to be an HTML page.')) : Promise.resolve(tableOf(path))),
    Mappable: (paths) => Promise.resolve(paths.filter((path) => path.endsWith('.csv'))),
    Try: (_path, mapping) => Promise.resolve(trialOf(mapping)),
    List: () => Promise.resolve([...saved.values()].map(infoOf)),
    Find: (name) => {
      const mapping = saved.get(name);
      return mapping ? Promise.resolve(mapping) : missing(name);
    },
    Open: (name) => {
      const mapping = saved.get(name);
      return mapping ? Promise.resolve({ ...tableOf(''), mapping, rows: [], version: 1 }) : missing(name);
    },
    Save: (mapping, version) => {
      if (!hasProvider(mapping)) return Promise.reject(new AppError('invalid', `The mapping "${mapping.name}" is not complete. ${providerMissing}`));
      if (saved.has(mapping.name) && version === 0) return Promise.reject(new AppError('conflict', `There is a mapping named "${mapping.name}" already. Choose another name, or replace it.`));
      saved.set(mapping.name, mapping);
      return Promise.resolve(version + 1);
    },
    Delete: (name) => (saved.delete(name) ? Promise.resolve() : missing(name)),
    Export: (name) => Promise.resolve(`/home/nora/Documents/${name}.mapping.json`),
    Import: () => {
      saved.set('Imported', { ...suggested, name: 'Imported' });
      return Promise.resolve('Imported');
    },
  };
}
