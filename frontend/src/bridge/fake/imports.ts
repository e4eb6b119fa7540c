/**
 * Imports in memory. What a file turns out to be follows from its name: "known" is already imported, "restated" conflicts with lines of
 * the ledger, "newer" replaces the AWS bill of the last month, "older" is an earlier state of it, "twin" is a second export of it, "pair" are two
 * files with the same charges, "broken" cannot be read, "rejects" has lines that are skipped.
 */
import { addMonths } from '../../lib/days';
import type { ImportInfo, ImportOptions, ImportOutcome, ImportPlan, Imports, PlannedFile } from '../../lib/wire';
import { AppError } from '../errors';
import type { Brought, FakeBills, FakeStore } from './bills';
import { fakeLastDay, makeImportedCharges, type FakeCharge } from './charges';
import type { FakeJobs } from './jobs';
import { lines, printUnits } from './ledger';

const previewColumns = ['BillingPeriodStart', 'ChargePeriodStart', 'ProviderName', 'SubAccountName', 'ServiceName', 'ChargeCategory', 'BilledCost', 'EffectiveCost', 'BillingCurrency'];

function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

function planned(path: string, store: FakeStore): PlannedFile {
  const first = lines(store.charges(), { where: { kind: 'all' }, from: '', to: '', currency: '', columns: previewColumns, sortBy: '', sortDesc: false, search: '', offset: 0, limit: 20 });
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
      warnings: path.includes('titled') ? [titled] : [],
    })),
    totals: controlTotals(charges),
    replaces: [],
  };
}

export const seedFiles: Record<number, string[]> = {
  1: ['/home/nora/bills/aws/focus-2025-11-to-2026-11.csv.gz'],
  2: ['/home/nora/bills/azure/part-0-0001.csv', '/home/nora/bills/azure/part-0-0002.csv'],
  3: ['/home/nora/bills/gcp/focus-export.csv'],
  4: ['/home/nora/bills/aws/focus-2026-11-to-the-15th.csv.gz'],
  5: ['/home/nora/bills/azure/amortized-2026-10.csv'],
};

/** When the invented client's files were imported: the two that are history some days before the others. */
export function seedTime(now: number, importId: number): string {
  return new Date(now - 7_200_000 - importId * 60_000 - (importId > 3 ? 432_000_000 : 0)).toISOString();
}

const titled = 'The names of the columns are on line 3; the lines above them were skipped.';

const nothing: ImportOutcome = { imports: [], lines: 0, rejects: 0, known: [], replaced: [], added: [], notCounted: [], same: [], changes: [], needsReview: false, warnings: [], conflicts: [] };

/** The AWS bill of the last month as an export of a later day has it. */
function newerCharges(charges: FakeCharge[], importId: number): FakeCharge[] {
  const month = charges.filter((charge) => charge.fields.ProviderName === 'AWS' && charge.day >= `${fakeLastDay.slice(0, 7)}-01`);
  const kept = month.filter((_, at) => at % 41 !== 7);
  const corrected = kept.map((charge, at) => ({ ...charge, importId, amounts: at % 19 === 3 ? charge.amounts.map((units) => (units === null ? null : (units * 108n) / 100n)) : charge.amounts }));
  return [...corrected, ...makeImportedCharges(importId, `${fakeLastDay.slice(0, 7)}-01`)];
}

export function createFakeImports(store: FakeStore, bills: FakeBills, jobs: FakeJobs): Imports {
  const plans = new Map<string, ImportPlan>();
  /** What each preview finds. */
  const looks = new Map<string, ImportPlan>();
  let infos: ImportInfo[] = [];
  let seeded = false;

  const list = () => {
    if (!seeded) {
      seeded = true;
      const at = (id: number) => Date.parse(seedTime(store.now(), id));
      const ids = [...new Set(store.charges().map((charge) => charge.importId))];
      const current = ids.map((id) => infoOf(id, seedFiles[id] ?? ['/home/nora/bills/file.csv'], store.charges().filter((charge) => charge.importId === id), at(id)));
      const history = bills.history().map(({ importId, files, charges, state, export: name }) => ({
        ...infoOf(importId, files, charges, at(importId)),
        state,
        ...(name === 'focus' ? {} : { format: 'azure-mca-amortized', version: '' }),
      }));
      infos = [...current.map((info) => (info.id === 1 && history.length > 0 ? { ...info, replaces: [4] } : info)), ...history];
    }
    return infos;
  };

  /** Keeps the import and says what became of it. */
  const keep = (brought: Brought, more: Partial<ImportOutcome>): ImportOutcome => {
    const info = infoOf(brought.importId, brought.files, brought.charges, store.now());
    infos = [{ ...info, state: more.same ? 'excluded' : 'active' }, ...list()];
    return { ...nothing, imports: [info.id], lines: brought.charges.length, rejects: info.rejects, ...more };
  };

  const finish = (plan: ImportPlan, { answers, look }: ImportOptions): ImportOutcome => {
    const answerOf = (path: string) => answers.find((one) => one.file === path)?.answer;
    const files = plan.files.filter((file) => file.status === 'new' && answerOf(file.path) !== 'leave');
    const known = plan.files.filter((file) => file.status === 'known').map((file) => file.path);
    const named = (word: string) => files.filter((file) => baseName(file.path).includes(word));
    const place = { provider: 'AWS', account: '222233334444', month: '2026-11' };
    const restated = named('restated');
    const asked = restated.filter((file) => !answerOf(file.path));
    if (asked.length > 0) {
      const conflicts = asked.map((file) => ({
        ...place,
        file: file.path,
        within: false,
        existingFile: 'focus-2025-11-to-2026-11.csv.gz',
        reason: baseName(file.path).includes('partial') ? 'it lists only a part of the charges; it may be an older export' : 'it lists other charges than the workspace has of this bill',
        answers: baseName(file.path).includes('partial') ? (['replace', 'leave'] as const).slice() : (['replace', 'add', 'leave'] as const).slice(),
      }));
      return { ...nothing, known, conflicts };
    }
    const [one, two] = named('pair');
    if (one && two && !answerOf(one.path) && !answerOf(two.path)) {
      const conflict = { ...place, file: two.path, existingFile: one.path, within: true, reason: 'both files list the same charges of this bill, with other amounts; import only the newer one', answers: ['leave' as const] };
      return { ...nothing, known, conflicts: [conflict] };
    }
    if (files.length === 0) return { ...nothing, known };
    const importId = Math.max(0, ...list().map((info) => info.id)) + 1;
    const brought: Brought = { importId, importedAt: new Date(store.now()).toISOString(), export: 'focus', files: files.map((file) => file.path), charges: makeImportedCharges(importId, addMonths(`${fakeLastDay.slice(0, 7)}-01`, 0)) };
    if (named('newer').length > 0) {
      const newer = { ...brought, charges: newerCharges(store.charges(), importId) };
      const changes = bills.replace(newer, !look);
      if (look) return { ...nothing, lines: newer.charges.length, known, changes, needsReview: true };
      return keep(newer, { known, changes, replaced: changes.map((change) => ({ ...change.bill, linesBefore: change.before.lines, linesNow: change.now.lines })) });
    }
    if (named('twin').length > 0) {
      const month = store.charges().filter((charge) => charge.fields.ProviderName === 'AWS' && charge.day >= `${fakeLastDay.slice(0, 7)}-01`);
      const twin = { ...brought, export: 'aws-cur', charges: month.map((charge) => ({ ...charge, importId })) };
      return keep(twin, { known, same: bills.exclude(twin) });
    }
    bills.bring(brought);
    const notCounted = named('older').map((file) => ({ bill: place, file: file.path, lines: 12, existingFile: 'focus-2025-11-to-2026-11.csv.gz', within: false }));
    const warnings = named('titled').map((file) => ({ file: file.path, text: titled }));
    return keep(brought, { known, warnings, notCounted, added: restated.filter((file) => answerOf(file.path) === 'add').map((file) => ({ bill: place, file: file.path })), replaced: restated.some((file) => answerOf(file.path) === 'replace') ? [{ ...place, linesBefore: 18, linesNow: brought.charges.length }] : [] });
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
      const job = jobs.start({ kind: 'preview', title: `Preview ${paths.length === 1 ? baseName(paths[0] ?? '') : `${paths.length} files and folders`}`, total: paths.length, unit: 'files', lines: 20_000 * paths.length, steps: 3, finish: () => null });
      looks.set(job.id, plan);
      return Promise.resolve(job);
    },
    Previewed: async (jobId) => {
      const plan = looks.get(jobId);
      if (!plan) throw new AppError('not_found', 'This job has ended and is no longer listed.');
      const { state } = await jobs.ended(jobId);
      if (state === 'cancelled') throw new AppError('cancelled', 'The preview was cancelled; nothing was imported.');
      return plan;
    },
    Start: (planId, options) => {
      const plan = plans.get(planId);
      if (!plan) return Promise.reject(new AppError('not_found', 'This preview is too old. Choose the files again.'));
      const bytes = plan.files.reduce((sum, file) => sum + file.sizeBytes, 0);
      const names = plan.files.length === 1 ? baseName(plan.files[0]?.path ?? '') : `${plan.files.length} files`;
      return Promise.resolve(jobs.start({ kind: 'import', title: `Import ${names}`, total: bytes, unit: 'bytes', lines: 31_000 * plan.files.length, finish: () => finish(plan, options) }));
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
      bills.undo(importId);
      infos = infos.map((one) => (one.id === importId ? { ...one, state: 'undone' } : one));
      return Promise.resolve();
    },
    Verify: () =>
      Promise.resolve({
        ok: true,
        durationMs: 840,
        checks: [
          { name: 'Control totals', ok: true, detail: 'The lines of every import add up to its control totals.' },
          { name: 'Rollups', ok: true, detail: 'The daily sums equal the sums of the charge lines.' },
        ],
      }),
  };
}
