import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, describe, expect, test } from 'vitest';

import { setNumberLocale } from '../../lib/money';
import type { PassportFindingDocument, PassportDocument } from '../../lib/wire';
import { createRecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { chargesAddress, dayLevel, describeAge, describeDay, describeFindings, describeReadiness, describeSet, levelLabel } from './model';
import { QualityPage } from './QualityPage';

const user = userEvent.setup({ delay: null });
beforeAll(() => setNumberLocale('en-US'));

/** A bridge whose passport was changed. */
function bridgeWith(edit: (passport: PassportDocument) => void) {
  const bridge = createRecordedBridge();
  const made = bridge.quality.Passport();
  bridge.quality.Passport = async () => {
    const passport = structuredClone(await made);
    edit(passport);
    return passport;
  };
  return bridge;
}

const finding: PassportFindingDocument = {
  code: 'resource_id',
  severity: 'gap',
  value: '0.5',
  unit: 'share',
  amount: '1200.5',
  currency: 'USD',
  sentence: '50 % of the cost of usage names its resource (ResourceId).',
  meaning: 'Waste cannot be found.',
  action: 'Switch resource ids on.',
  where: [{ column: 'ResourceId', op: 'in', values: [null] }],
  from: '2026-10-01',
  to: '2026-11-30',
};

describe('the page of data quality', () => {
  test('opens with a verdict and the findings of the whole, and shows one data set at a time', async () => {
    renderPage(<QualityPage />, { address: '/quality', bridge: createRecordedBridge() });
    const table = await screen.findByRole('table', { name: 'Readiness by analysis' });
    expect(screen.getByRole('heading', { level: 2, name: /^Totals are|^Check the totals/ })).toBeVisible();
    expect(screen.getByRole('list', { name: 'Findings of all data sets' })).toBeVisible();
    expect(within(table).getByRole('row', { name: /Tag compliance.* not in this version/ })).toHaveTextContent(/Data (limited|sufficient|insufficient)/);
    expect(screen.getByRole('region', { name: 'All data sets' })).toBeVisible();
    await user.click(within(screen.getByRole('table', { name: 'Data sets' })).getByRole('link', { name: 'AWS, Northwind Retail' }));
    expect(await screen.findByRole('region', { name: 'AWS, Northwind Retail' })).toBeVisible();
    expect(screen.queryByRole('region', { name: 'All data sets' })).toBeNull();
    expect(screen.getByRole('img', { name: /Days with data of AWS, Northwind Retail\. 1 Oct – 5 Nov 2026: 36 days/ })).toBeVisible();
  });

  test('leads from a finding to its charges', async () => {
    const bridge = bridgeWith(({ whole }) => whole?.findings.unshift(finding));
    const page = renderPage(<QualityPage />, { address: '/quality', bridge });
    await user.click(await screen.findByRole('link', { name: `Charges of the finding: ${finding.sentence}` }));
    const [path, search] = page.address().split('?');
    const params = new URLSearchParams(search);
    expect(path).toBe('/charges');
    expect(params.get('from')).toBe('2026-10-01');
    expect(params.getAll('f')).toEqual(['["ResourceId","in",null]']);
  });

  test('folds the checks that passed', async () => {
    const bridge = bridgeWith((passport) => {
      passport.dataSets = passport.dataSets.slice(0, 1);
      const [set] = passport.dataSets;
      if (set) set.findings = [finding, { ...finding, code: 'rejects', severity: 'good', sentence: 'Every line could be read.', meaning: '', action: '', where: [] }];
    });
    renderPage(<QualityPage />, { address: '/quality', bridge });
    const button = await screen.findByRole('button', { name: '1 check passed' });
    expect(screen.getByText('Waste cannot be found.')).toBeVisible();
    expect(screen.queryByText('Every line could be read.')).toBeNull();
    await user.click(button);
    expect(screen.getByText('Every line could be read.')).toBeVisible();
  });

  test('lists equal and rejected lines', async () => {
    const bridge = bridgeWith((passport) => {
      passport.dataSets = passport.dataSets.slice(0, 1);
      const [set] = passport.dataSets;
      if (!set) return;
      set.rejects = { lines: 2, reasons: [{ file: '/bills/a.csv', reason: 'BilledCost "oops" is not a decimal number', lines: 2 }] };
      set.duplicates = {
        lines: 3,
        acrossFiles: 1,
        amounts: [{ currency: 'USD', billed: '4.5' }],
        examples: [{ line: 9, firstLine: 2, day: '2026-11-03', ServiceName: 'Storage', ResourceId: null, currency: 'USD', billed: '1.50', file: '/b/again.csv', firstFile: '/b/a.csv' }],
      };
    });
    renderPage(<QualityPage />, { address: '/quality', bridge });
    expect(await screen.findByText('3 lines besides the first, 1 of them in another file')).toBeVisible();
    expect(screen.getByText('a.csv and again.csv')).toBeVisible();
    expect(screen.getByText('BilledCost "oops" is not a decimal number')).toBeVisible();
  });

  test('exports CSV and JSON', async () => {
    const bridge = createRecordedBridge();
    renderPage(<QualityPage />, { address: '/quality', bridge });
    const exported: unknown[] = [];
    bridge.quality.Export = (table, format) => {
      exported.push([table, format]);
      return Promise.resolve(`/home/nora/Documents/${table}.${format}`);
    };
    bridge.quality.ExportJSON = () => {
      exported.push('json');
      return Promise.resolve('/home/nora/Documents/quality.json');
    };
    await user.click(await screen.findByRole('button', { name: 'Export findings' }));
    await user.click(await screen.findByRole('menuitem', { name: 'CSV file' }));
    expect(await screen.findByText('Saved as /home/nora/Documents/findings.csv')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Export columns' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Excel workbook' }));
    await waitFor(() => expect(exported).toEqual([['findings', 'csv'], ['shares', 'xlsx']]));
    await user.click(screen.getByRole('button', { name: 'Export JSON' }));
    await waitFor(() => expect(exported).toContain('json'));
  });

  test('of an empty ledger says what to do with one button', async () => {
    renderPage(<QualityPage />, { address: '/quality', bridge: createRecordedBridge('empty') });
    expect(await screen.findByText('No data yet')).toBeVisible();
    expect(screen.getAllByRole('button')).toHaveLength(1);
  });
});

describe('words of data quality', () => {
  test('a finding without conditions leads nowhere', () => {
    expect(chargesAddress({ ...finding, where: [] }, 'USD')).toBeNull();
    expect(chargesAddress({ ...finding, from: null, to: null }, 'EUR')?.search).toContain('period=all&currency=EUR');
  });

  test('findings are counted by weight', () => {
    expect(describeFindings([finding, { ...finding, severity: 'problem' }, { ...finding, severity: 'info' }])).toBe('1 problem, 1 gap');
    expect(describeFindings([])).toBe('No gaps');
    const set = (id: string, findings: PassportFindingDocument[]) => ({ id, findings });
    expect(describeSet(set('', []), [set('', []), set('1', [finding]), set('2', [])])).toBe('Gaps in 1 data set');
    expect(describeSet(set('', [finding]), [set('', [finding]), set('1', [finding, finding]), set('2', [finding])])).toBe('1 gap overall; problems or gaps in 2 data sets');
    expect(describeSet(set('', []), [set('1', [])])).toBe('No gaps');
    expect(describeSet(set('2', []), [set('1', [finding])])).toBe('No gaps');
  });

  test('days say whether they have data', () => {
    expect(describeDay('2026-11-03', { state: 'covered', lines: 5, late: 2 })).toBe('3 Nov 2026: 5 lines, 2 lines billed in a later month');
    expect(describeDay('2026-11-03', { state: 'missing', lines: 0, late: 0 })).toBe('3 Nov 2026: missing');
    expect([0, 1, 40, 99].map((lines) => dayLevel(lines, 100))).toEqual([0, 1, 2, 3]);
    expect([0, 1, 12].map(describeAge)).toEqual(['today', 'yesterday', '12 days ago']);
  });

  test('what this version does not have is not called ready', () => {
    expect(levelLabel({ analysis: 'forecast', level: 'ready', available: false, reasons: [] })).toBe('Data sufficient');
    expect(levelLabel({ analysis: 'allocation', level: 'ready', available: true, reasons: [] })).toBe('Ready');
    const readiness = [true, true, false].map((available) => ({ analysis: '', level: 'ready' as const, available, reasons: [] }));
    expect(describeReadiness([...readiness, { analysis: '', level: 'limited', available: true, reasons: [] }])).toBe('2 of 3 analyses of this version ready');
  });
});
