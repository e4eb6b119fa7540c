/**
 * Imports in memory. What a file turns out to be follows from its name: "known" is already imported, "restated" conflicts with lines of
 * the ledger, "broken" cannot be read, "rejects" has lines that cannot be taken.
 */
import { addMonths } from '../../lib/days';
import { AppError } from '../errors';
import type { ImportInfo, ImportPlan, Imports, PlannedFile } from '../ports';
import { fakeLastDay, makeImportedCharges, type FakeCharge } from './charges';
import type { FakeJobs } from './jobs';
import { lines, printUnits } from './ledger';

type Store = {
  charges(): FakeCharge[];
  add(charges: FakeCharge[]): void;
  remove(importId: number): void;
  changed(): void;
  now(): number;
};

const previewColumns = ['BillingPeriodStart', 'ChargePeriodStart', 'ProviderName', 'SubAccountName', 'ServiceName', 'ChargeCategory', 'BilledCost', 'EffectiveCost', 'BillingCurrency'];

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

function planned(path: string, store: Store): PlannedFile {
  const first = lines(store.charges(), { where: [], from: '', to: '', currency: '', columns: previewColumns, sortBy: '', sortDesc: false, search: '', offset: 0, limit: 20 });
  return {
    path,
    format: 'FOCUS',
    version: '1.2',
    confidence: 1,
    reason: 'The header has all mandatory columns of FOCUS 1.2.',
    dialect: path.endsWith('.gz') ? 'gzip, CSV, comma, UTF-8' : 'CSV, comma, UTF-8',
    sizeBytes: 14_300_000,
    columns: previewColumns.map((name) => ({ name, raw: name, focus: true })),
    sampleLines: first.rows.length,
    estimatedLines: 31_000,
    providers: ['AWS'],
    billingPeriods: ['2026-11'],
    currencies: ['USD'],
    firstRows: first.rows,
    warnings: path.includes('rejects') ? ['Some lines of the sample have no billing currency.'] : [],
    status: path.includes('known') ? 'known' : 'new',
  };
}

function controlTotals(charges: FakeCharge[]): ImportInfo['totals'] {
  const sums = new Map<string, { currency: string; month: string; metric: string; units: bigint }>();
  const names = ['BilledCost', 'EffectiveCost', 'ListCost', 'ContractedCost'];
  for (const charge of charges) {
    names.forEach((metric, at) => {
      const month = charge.day.slice(0, 7);
      const id = `${charge.currency} ${month} ${metric}`;
      const sum = sums.get(id) ?? { currency: charge.currency, month, metric, units: 0n };
      sum.units += charge.amounts[at] ?? 0n;
      sums.set(id, sum);
    });
  }
  return [...sums.values()].map(({ units, ...rest }) => ({ ...rest, amount: printUnits(units) }));
}

function infoOf(id: number, paths: string[], charges: FakeCharge[], at: number): ImportInfo {
  const rejects = paths.some((path) => path.includes('rejects')) ? 3 : 0;
  return {
    id,
    state: 'active',
    startedAt: new Date(at - 4_200).toISOString(),
    finishedAt: new Date(at).toISOString(),
    durationMs: 4_200,
    user: 'nora',
    lines: charges.length,
    rejects,
    format: 'FOCUS',
    version: '1.2',
    providers: [...new Set(charges.map((charge) => charge.fields.ProviderName ?? ''))],
    periods: [...new Set(charges.map((charge) => charge.day.slice(0, 7)))].sort(),
    files: paths.map((path, at_) => ({
      path,
      sha256: `${(id * 7919 + at_ * 104_729).toString(16).padStart(8, '0')}`.repeat(8),
      bytes: 14_300_000,
      lines: Math.ceil(charges.length / paths.length),
      rejects: at_ === 0 ? rejects : 0,
    })),
    totals: controlTotals(charges),
    replaces: [],
  };
}

const seedFiles: Record<number, string[]> = {
  1: ['/home/nora/bills/aws/focus-2025-11-to-2026-11.csv.gz'],
  2: ['/home/nora/bills/azure/part-0-0001.csv', '/home/nora/bills/azure/part-0-0002.csv'],
  3: ['/home/nora/bills/gcp/focus-export.csv'],
};

export function createFakeImports(store: Store, jobs: FakeJobs): Imports {
  const plans = new Map<string, ImportPlan>();
  let infos: ImportInfo[] = [];
  let seeded = false;

  const list = () => {
    if (!seeded) {
      seeded = true;
      const ids = [...new Set(store.charges().map((charge) => charge.importId))];
      infos = ids.map((id) => infoOf(id, seedFiles[id] ?? ['/home/nora/bills/file.csv'], store.charges().filter((charge) => charge.importId === id), store.now() - 7_200_000 - id * 60_000));
    }
    return infos;
  };

  const finish = (plan: ImportPlan, overlap: string) => {
    const files = plan.files.filter((file) => file.status === 'new');
    const known = plan.files.filter((file) => file.status === 'known').map((file) => file.path);
    const restated = files.filter((file) => file.path.includes('restated'));
    const place = { provider: 'AWS', account: '222233334444', month: '2026-11' };
    if (restated.length > 0 && overlap === 'ask') {
      const conflicts = restated.map((file) => ({ ...place, file: baseName(file.path), existingFile: 'focus-2025-11-to-2026-11.csv.gz', reason: 'The ledger already holds lines of this account and month from another file.' }));
      return { imports: [], lines: 0, rejects: 0, known, replaced: [], conflicts };
    }
    if (files.length === 0) return { imports: [], lines: 0, rejects: 0, known, replaced: [], conflicts: [] };
    const id = Math.max(0, ...list().map((info) => info.id)) + 1;
    const made = makeImportedCharges(id, addMonths(`${fakeLastDay.slice(0, 7)}-01`, 0));
    store.add(made);
    const info = infoOf(id, files.map((file) => file.path), made, store.now());
    infos = [info, ...list()];
    store.changed();
    const replaced = restated.length > 0 && overlap === 'replace' ? [{ ...place, linesBefore: 18, linesNow: made.length }] : [];
    return { imports: [id], lines: made.length, rejects: info.rejects, known, replaced, conflicts: [] };
  };

  return {
    ChooseFiles: () => Promise.resolve(['/home/nora/Downloads/focus-2026-11.csv']),
    ChooseFolder: () => Promise.resolve(['/home/nora/Downloads/export']),
    Preview: (paths) => {
      if (paths.length === 0) return Promise.reject(new AppError('invalid', 'Choose at least one file.'));
      const readable = paths.filter((path) => !path.includes('broken'));
      const skipped = paths.filter((path) => path.includes('broken')).map((path) => ({ path, reason: 'The first line is not a header of any known billing format.' }));
      const plan: ImportPlan = { id: `plan-${plans.size + 1}`, files: readable.map((path) => planned(path, store)), skipped, warnings: [] };
      plans.set(plan.id, plan);
      return Promise.resolve(plan);
    },
    Start: (planId, { overlap }) => {
      const plan = plans.get(planId);
      if (!plan) return Promise.reject(new AppError('not_found', 'This preview is too old. Choose the files again.'));
      const bytes = plan.files.reduce((sum, file) => sum + file.sizeBytes, 0);
      const names = plan.files.length === 1 ? baseName(plan.files[0]?.path ?? '') : `${plan.files.length} files`;
      return Promise.resolve(jobs.start({ kind: 'import', title: `Import ${names}`, total: bytes, unit: 'bytes', lines: 31_000 * plan.files.length, finish: () => finish(plan, overlap) }));
    },
    List: () => Promise.resolve(list()),
    Rejects: (importId, offset, limit) => {
      const info = list().find((one) => one.id === importId);
      if (!info) return Promise.reject(new AppError('not_found', 'There is no such import.'));
      const rows = Array.from({ length: info.rejects }, (_, at) => ({ file: baseName(info.files[0]?.path ?? ''), line: 1_204 + at * 17, reason: 'BillingCurrency is empty.', text: `AWS,222233334444,2026-11-0${at + 1},,12.5000` }));
      return Promise.resolve({ total: rows.length, rows: rows.slice(offset, offset + limit) });
    },
    Undo: (importId) => {
      const info = list().find((one) => one.id === importId);
      if (!info) return Promise.reject(new AppError('not_found', 'There is no such import.'));
      if (info.state === 'undone') return Promise.reject(new AppError('conflict', 'This import is already undone.'));
      store.remove(importId);
      infos = infos.map((one) => (one.id === importId ? { ...one, state: 'undone' } : one));
      store.changed();
      return Promise.resolve();
    },
    Verify: () =>
      Promise.resolve({
        ok: true,
        durationMs: 840,
        checks: [
          { name: 'Control totals', ok: true, detail: 'Every import still sums to what its files said.' },
          { name: 'Rollups', ok: true, detail: 'The prepared sums equal the sums of the charge lines.' },
        ],
      }),
  };
}
