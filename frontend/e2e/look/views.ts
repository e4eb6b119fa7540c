import { expect, type Page, type TestInfo } from '@playwright/test';

import { dropFiles, writeBill } from '../bill';
import { amounts, button, firstRow, have, haveFrozen, inWorkspaceMenu, listValues, manageScopes, openBudget, openInvoice, openPalette, pasteAmounts, pickDay, press, previewRule, typeAmounts, workspaceMenu } from './actions';
import { editMuteRule, fillChannel, haveChannel, haveRule, sendByChannels } from './alerts';
import { addDocument, bill, foreign, importBadLine, importBill, previewAll, previewNewer, replaceBill, showRecommended, writeText } from './bills';
import { conflictViews } from './conflicts';
import { compareResults, openMigration, pasteWorkloads } from './migration';
import { addBigQuery, connectFolders, openPermissions, showHosts, showProviderBudgets, signIn, testFolder, unfold } from './sources';
import { failsAt, readOnly, runJobs, typeAgainstAnother, waitsFor } from './states';
import { type Place } from './workspaces';

/** One thing a person can see: where it is and what is done to get there. */
export type View = {
  name: string;
  place: Place;
  address: string;
  show?: (page: Page, info: TestInfo) => Promise<unknown>;
  /** What it shows is that something loads, which does not end. */
  loading?: boolean;
};

/** A filter in an address: charges of which all columns have these values. */
function where(values: Record<string, string>): string {
  const parts = Object.entries(values).map(([column, value]) => ({ kind: 'condition', condition: { column, op: 'in', values: [value] } }));
  return encodeURIComponent(JSON.stringify({ kind: 'all', parts }));
}

/** What every page asks for, by the page that asks. */
const pages: { name: string; address: string; calls: string[] }[] = [
  { name: 'overview', address: '/', calls: ['Ledger.Spend', 'Ledger.Ask'] },
  { name: 'charges', address: '/charges', calls: ['Ledger.Lines'] },
  { name: 'savings', address: '/savings', calls: ['Savings.Find'] },
  { name: 'forecast', address: '/forecast', calls: ['Forecasts.Build'] },
  { name: 'anomalies', address: '/anomalies', calls: ['Anomalies.List'] },
  { name: 'dimensions', address: '/dimensions', calls: ['Dimensions.List'] },
  { name: 'sources', address: '/sources', calls: ['Connections.List'] },
  { name: 'bills', address: '/bills', calls: ['Bills.List'] },
  { name: 'imports', address: '/imports', calls: ['Imports.List'] },
  { name: 'reconciliation', address: '/reconciliation', calls: ['Reconciliation.List'] },
  { name: 'quality', address: '/quality', calls: ['Quality.Passport'] },
];

/** Every page, dialog and drawer. The name is that of the picture and of what `--only` matches. */
export const views: View[] = [
  { name: 'overview', place: 'client', address: '/' },
  { name: 'overview-by-month', place: 'client', address: '/', show: button('Month') },
  { name: 'overview-figures', place: 'client', address: '/', show: button('Show the figures') },
  { name: 'overview-sources', place: 'client', address: '/', show: button(/^\d+ providers?, /) },
  { name: 'overview-estimate', place: 'client', address: '/?grain=day&estimate=on' },
  { name: 'overview-group', place: 'client', address: '/', show: button(/^Group by/) },
  { name: 'overview-services', place: 'client', address: '/?stack=service&by=billing&sort=name-up' },
  { name: 'overview-resources', place: 'client', address: '/?period=all&by=resource&sort=change&rows=many&stack=sku&grain=month' },
  { name: 'overview-treemap', place: 'client', address: '/?parts=treemap&rows=many' },
  { name: 'overview-heat', place: 'client', address: '/?parts=heat' },
  { name: 'overview-heat-months', place: 'client', address: '/?period=all&grain=month&parts=heat&rows=many' },
  { name: 'overview-donut', place: 'client', address: '/?by=provider&parts=donut' },
  { name: 'overview-day', place: 'client', address: '/', show: pickDay },
  { name: 'overview-long', place: 'client', address: '/?period=all&grain=day&by=sku' },
  { name: 'overview-period', place: 'client', address: '/', show: button(/^\d+ .* vs |^\d.*20\d\d/) },
  { name: 'overview-currency', place: 'client', address: '/', show: button(/^Currency /) },
  { name: 'palette', place: 'client', address: '/', show: (page) => page.keyboard.press('Control+k').then(() => expect(page.getByRole('dialog')).toBeVisible()) },
  {
    name: 'palette-found',
    place: 'client',
    address: '/',
    show: async (page) => {
      await openPalette('am')(page);
      await expect(page.getByRole('option', { name: /Service$/ }).first()).toBeVisible();
    },
  },
  { name: 'workspace-menu', place: 'client', address: '/', show: workspaceMenu },
  { name: 'workspace-new', place: 'client', address: '/', show: inWorkspaceMenu(/^New client workspace/) },
  { name: 'workspace-rename', place: 'client', address: '/', show: inWorkspaceMenu(/^Rename/) },
  { name: 'workspace-fiscal-year', place: 'client', address: '/', show: inWorkspaceMenu(/^Fiscal year/) },
  { name: 'workspace-duplicate', place: 'client', address: '/', show: inWorkspaceMenu(/^Duplicate/) },
  { name: 'workspace-export', place: 'client', address: '/', show: inWorkspaceMenu(/^Export as FOCUS/) },
  { name: 'workspace-trash', place: 'client', address: '/', show: inWorkspaceMenu(/^Move to trash/) },
  { name: 'charges', place: 'client', address: '/charges' },
  { name: 'charges-filter', place: 'client', address: '/charges', show: button('Filter') },
  { name: 'charges-columns', place: 'client', address: '/charges', show: button('Columns') },
  { name: 'charges-export', place: 'client', address: '/charges', show: button('Export') },
  { name: 'charges-line', place: 'client', address: '/charges', show: firstRow('Charge lines') },
  {
    name: 'charges-selection',
    place: 'client',
    address: '/charges',
    show: async (page) => {
      const grid = page.getByRole('grid', { name: 'Charge lines' });
      await have(grid);
      await grid.focus();
      await page.keyboard.press('Control+a');
      await expect(page.getByText(/: sum .*, average /).first()).toBeVisible();
    },
  },
  {
    name: 'charges-menu',
    place: 'client',
    address: '/charges',
    show: async (page) => {
      const grid = page.getByRole('grid', { name: 'Charge lines' });
      await have(grid);
      await grid.focus();
      await page.keyboard.press('Shift+F10');
      await expect(page.getByRole('menu')).toBeVisible();
    },
  },
  { name: 'savings', place: 'client', address: '/savings' },
  { name: 'savings-summary', place: 'client', address: '/savings?tab=summary' },
  { name: 'savings-progress', place: 'client', address: '/savings?tab=progress' },
  { name: 'savings-finding', place: 'client', address: '/savings', show: firstRow('Findings') },
  { name: 'savings-documents', place: 'client', address: '/savings?documents=1' },
  { name: 'savings-documents-added', place: 'client', address: '/savings', show: addDocument },
  {
    name: 'savings-document',
    place: 'client',
    address: '/savings',
    show: async (page, info) => {
      await addDocument(page, info);
      await button(/^Change /)(page);
    },
  },
  { name: 'savings-decide', place: 'client', address: '/savings', show: async (page) => { await button(/^Mark all/)(page); await button(/^Decide about/)(page); } },
  { name: 'savings-rules', place: 'client', address: '/savings?rules=1' },
  { name: 'savings-rule', place: 'client', address: '/savings?rules=1&check=A-NET-07' },
  { name: 'savings-none', place: 'empty', address: '/savings' },
  { name: 'forecast', place: 'client', address: '/forecast' },
  { name: 'forecast-24', place: 'client', address: '/forecast?months=24' },
  { name: 'forecast-refused', place: 'client', address: `/forecast?where=${where({ ServiceName: 'BigQuery', Provider: 'AWS' })}` },
  { name: 'forecast-nothing', place: 'client', address: `/forecast?where=${where({ ChargeCategory: 'Credit', Provider: 'AWS' })}` },
  { name: 'forecast-rare', place: 'client', address: `/forecast?where=${where({ ServiceName: 'Datadog Pro' })}` },
  { name: 'forecast-add', place: 'client', address: '/forecast', show: button('Add a change') },
  { name: 'forecast-frozen', place: 'client', address: '/forecast', show: haveFrozen },
  { name: 'anomalies', place: 'client', address: '/anomalies?state=all' },
  { name: 'anomalies-one', place: 'client', address: '/anomalies?state=all', show: firstRow('Anomalies') },
  { name: 'anomalies-sensitivity', place: 'client', address: '/anomalies?dialog=sensitivity' },
  { name: 'anomalies-mute', place: 'client', address: '/anomalies?dialog=mute' },
  { name: 'anomalies-mute-edit', place: 'client', address: '/anomalies?state=all', show: editMuteRule },
  { name: 'anomalies-none', place: 'empty', address: '/anomalies' },
  { name: 'forecast-none', place: 'empty', address: '/forecast' },
  { name: 'commitments', place: 'client', address: '/commitments' },
  { name: 'commitments-one', place: 'client', address: '/commitments', show: firstRow('Commitments') },
  { name: 'commitments-coverage', place: 'client', address: '/commitments?tab=coverage' },
  { name: 'commitments-simulator', place: 'client', address: '/commitments?tab=simulator&years=3' },
  { name: 'commitments-simulator-recommended', place: 'client', address: '/savings', show: showRecommended },
  { name: 'commitments-simulator-none', place: 'empty', address: '/commitments?tab=simulator' },
  { name: 'commitments-none', place: 'empty', address: '/commitments' },
  { name: 'budgets', place: 'client', address: '/budgets' },
  { name: 'budgets-one', place: 'client', address: '/budgets', show: openBudget('Google Cloud') },
  { name: 'budgets-resources', place: 'client', address: '/budgets?budget=Cloud%2C+USD&by=ResourceId' },
  { name: 'budgets-new', place: 'client', address: '/budgets', show: button('New budget') },
  {
    name: 'budgets-edit',
    place: 'client',
    address: '/budgets',
    show: async (page) => {
      await openBudget('Production')(page);
      await press(page.getByRole('button', { name: 'Edit', exact: true }));
      await expect(page.getByRole('form', { name: 'Budget' })).toBeVisible();
    },
  },
  {
    name: 'budgets-rename',
    place: 'client',
    address: '/budgets',
    show: async (page) => {
      await openBudget('Production')(page);
      await press(page.getByRole('button', { name: 'Edit', exact: true }));
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Google Cloud');
      await press(page.getByRole('button', { name: /^Save/ }));
      await expect(page.getByText(/Choose another name/)).toBeVisible();
    },
  },
  { name: 'budgets-fill', place: 'client', address: '/budgets?edit=1', show: button('Fill periods') },
  { name: 'budgets-paste', place: 'client', address: '/budgets?edit=1', show: pasteAmounts },
  { name: 'budgets-import', place: 'client', address: '/budgets', show: button('Import') },
  { name: 'budgets-none', place: 'empty', address: '/budgets' },
  { name: 'migration', place: 'client', address: '/migration', show: openMigration('') },
  { name: 'migration-new', place: 'client', address: '/migration', show: openMigration('', button('New assessment')) },
  { name: 'migration-organisation', place: 'client', address: '/migration', show: openMigration('?assessment=From+the+bills&step=organization') },
  { name: 'migration-workloads', place: 'client', address: '/migration', show: openMigration('?assessment=From+the+bills&step=workloads') },
  { name: 'migration-workloads-wrong', place: 'client', address: '/migration', show: openMigration('?assessment=Draft&step=workloads', button('Next')) },
  { name: 'migration-workload', place: 'client', address: '/migration', show: openMigration('?assessment=Draft&step=workloads', firstRow('Workloads')) },
  { name: 'migration-paste', place: 'client', address: '/migration', show: openMigration('?assessment=Draft&step=workloads', pasteWorkloads) },
  { name: 'migration-requirements', place: 'client', address: '/migration', show: openMigration('?assessment=From+the+bills&step=requirements') },
  { name: 'migration-review', place: 'client', address: '/migration', show: openMigration('?assessment=From+the+bills&step=review') },
  { name: 'migration-review-wrong', place: 'client', address: '/migration', show: openMigration('?assessment=Draft&step=review') },
  { name: 'migration-comparison', place: 'client', address: '/migration', show: openMigration('?assessment=From+the+bills') },
  { name: 'migration-costs', place: 'client', address: '/migration', show: openMigration('?assessment=From+the+bills&tab=costs') },
  { name: 'migration-money', place: 'client', address: '/migration', show: openMigration('?assessment=From+the+bills&tab=money') },
  { name: 'migration-sensitivity', place: 'client', address: '/migration', show: openMigration('?assessment=From+the+bills&tab=sensitivity') },
  { name: 'migration-plan', place: 'client', address: '/migration', show: openMigration('?assessment=From+the+bills&tab=plan') },
  { name: 'migration-task', place: 'client', address: '/migration', show: openMigration('?assessment=Three+tiers&tab=plan', button(/^Edit Pilot/)) },
  { name: 'migration-mapping', place: 'client', address: '/migration', show: openMigration('?assessment=From+the+bills&tab=mapping') },
  { name: 'migration-compare', place: 'client', address: '/migration', show: openMigration('?compare=From+the+bills&compare=Three+tiers') },
  { name: 'migration-groups', place: 'client', address: '/migration', show: openMigration('?assessment=Three+tiers&tab=plan') },
  { name: 'migration-prices', place: 'client', address: '/migration', show: openMigration('?assessment=Three+tiers', button('Newer prices')) },
  { name: 'migration-changes', place: 'client', address: '/migration', show: openMigration('?assessment=Three+tiers', compareResults) },
  { name: 'migration-none', place: 'empty', address: '/migration' },
  { name: 'alerts', place: 'client', address: '/alerts' },
  { name: 'alerts-log-none', place: 'client', address: '/alerts?tab=log' },
  { name: 'alerts-channel', place: 'client', address: '/alerts?tab=channels', show: button('Add channel') },
  { name: 'alerts-channel-desktop', place: 'client', address: '/alerts?tab=channels', show: fillChannel },
  { name: 'alerts-channels', place: 'client', address: '/alerts?tab=channels', show: haveChannel },
  { name: 'alerts-hours', place: 'client', address: '/alerts?tab=channels', show: async (page) => { await haveChannel(page); await button(/^Change when/)(page); } },
  { name: 'alerts-rule', place: 'client', address: '/alerts?tab=rules', show: button('Add rule') },
  { name: 'alerts-rules', place: 'client', address: '/alerts?tab=rules', show: haveRule },
  { name: 'alerts-rule-edit', place: 'client', address: '/alerts?tab=rules', show: async (page) => { await haveRule(page); await button(/^Edit /)(page); } },
  { name: 'alerts-log', place: 'client', address: '/alerts?tab=log', show: sendByChannels },
  { name: 'alerts-rules-none', place: 'empty', address: '/alerts?tab=rules' },
  { name: 'alerts-none', place: 'empty', address: '/alerts' },
  { name: 'sources', place: 'new', address: '/sources', show: connectFolders },
  { name: 'sources-none', place: 'empty', address: '/sources' },
  { name: 'sources-add', place: 'empty', address: '/sources', show: button('Add connection') },
  { name: 'sources-add-bigquery', place: 'empty', address: '/sources', show: addBigQuery },
  { name: 'sources-add-also', place: 'empty', address: '/sources', show: unfold(/^Also read/, 'Regions') },
  { name: 'sources-add-more', place: 'empty', address: '/sources', show: unfold(/^More options/, 'STS endpoint') },
  { name: 'sources-permissions', place: 'new', address: '/sources', show: openPermissions },
  { name: 'sources-test', place: 'new', address: '/sources', show: testFolder },
  { name: 'sources-sign-in', place: 'new', address: '/sources', show: signIn, loading: true },
  { name: 'sources-budgets', place: 'client', address: '/sources', show: showProviderBudgets },
  { name: 'sources-history', place: 'new', address: '/sources?tab=history', show: connectFolders },
  { name: 'sources-schedule', place: 'empty', address: '/sources?tab=schedule' },
  { name: 'sources-hosts', place: 'empty', address: '/', show: showHosts },
  { name: 'sources-network', place: 'empty', address: '/sources?tab=network' },
  { name: 'bills', place: 'client', address: '/bills' },
  { name: 'bills-month', place: 'client', address: '/bills', show: button(/^(Month|All months)/) },
  { name: 'bills-bill', place: 'client', address: '/bills', show: firstRow('Bills') },
  { name: 'bills-none', place: 'empty', address: '/bills' },
  { name: 'imports', place: 'client', address: '/imports' },
  { name: 'imports-detail', place: 'client', address: '/imports', show: button(/^Detail of import/) },
  { name: 'imports-undo', place: 'client', address: '/imports', show: button(/^Undo import/) },
  { name: 'imports-verify', place: 'client', address: '/imports', show: button('Verify totals') },
  { name: 'imports-none', place: 'empty', address: '/imports' },
  { name: 'imports-mappings', place: 'client', address: '/imports/map' },
  { name: 'reconciliation', place: 'client', address: '/reconciliation' },
  { name: 'reconciliation-invoice', place: 'client', address: '/reconciliation', show: openInvoice },
  { name: 'reconciliation-entry', place: 'client', address: '/reconciliation', show: typeAmounts },
  { name: 'reconciliation-file', place: 'client', address: '/reconciliation', show: (page, info) => dropFiles(page, [writeText(info.outputPath('amounts.csv'), amounts)], page.getByRole('dialog')) },
  { name: 'reconciliation-new', place: 'client', address: '/reconciliation?invoice=new' },
  { name: 'reconciliation-none', place: 'empty', address: '/reconciliation' },
  { name: 'quality', place: 'client', address: '/quality' },
  { name: 'quality-none', place: 'empty', address: '/quality' },
  { name: 'quality-set', place: 'client', address: '/quality', show: (page) => press(page.getByRole('table', { name: 'Data sets', exact: true }).getByRole('link').nth(1)) },
  {
    name: 'activity',
    place: 'new',
    address: '/',
    show: async (page, info) => {
      await importBill(page, info);
      await page.goto('/#/activity');
      await expect(page.getByRole('table', { name: 'History' })).toBeVisible();
    },
  },
  { name: 'activity-none', place: 'empty', address: '/activity' },
  { name: 'dimensions', place: 'client', address: '/dimensions' },
  { name: 'dimensions-editor', place: 'client', address: '/dimensions?new=1' },
  { name: 'dimensions-preview', place: 'client', address: '/dimensions?new=1', show: previewRule },
  {
    name: 'filter-text',
    place: 'client',
    address: '/charges',
    show: async (page) => {
      await press(page.getByRole('button', { name: 'Filter', exact: true }));
      await press(page.getByRole('button', { name: 'Text', exact: true }));
    },
  },
  { name: 'scope-menu', place: 'client', address: '/', show: button(/^Scope /) },
  { name: 'scope-manage', place: 'client', address: '/', show: manageScopes },
  {
    name: 'scope-edit',
    place: 'client',
    address: '/',
    show: async (page) => {
      await manageScopes(page);
      await press(page.getByRole('button', { name: /New scope/ }));
    },
  },
  { name: 'jobs', place: 'client', address: '/', show: runJobs, loading: true },
  { name: 'activity-running', place: 'client', address: '/activity', show: runJobs, loading: true },
  { name: 'read-only', place: 'client', address: '/bills', show: readOnly },
  { name: 'palette-nothing', place: 'client', address: '/', show: openPalette('nosuchthing') },
  { name: 'filter-values', place: 'client', address: '/charges', show: listValues },
  { name: 'charges-nothing', place: 'client', address: '/charges?q=nosuchthing' },
  { name: 'bills-nothing', place: 'client', address: '/bills?month=1999-01' },
  {
    name: 'reconciliation-conflict',
    place: 'client',
    address: '/reconciliation',
    show: async (page) => {
      await openInvoice(page);
      await typeAgainstAnother(page);
    },
  },
  ...pages.flatMap(({ name, address, calls }): View[] => {
    const before = name === 'imports' ? '/bills' : '/imports';
    return [
      { name: `${name}-loading`, place: 'client', address: before, show: waitsFor(address, calls), loading: true },
      { name: `${name}-failed`, place: 'client', address: before, show: failsAt(address, calls) },
    ];
  }),
  { name: 'not-found', place: 'client', address: '/nowhere' },
  { name: 'overview-none', place: 'empty', address: '/' },
  { name: 'charges-none', place: 'empty', address: '/charges' },
  { name: 'import-preview', place: 'new', address: '/', show: (page, info) => dropFiles(page, [writeBill(info.outputPath('october.csv'), bill), writeText(info.outputPath('hoster.csv'), foreign)]) },
  { name: 'import-preview-all', place: 'new', address: '/', show: previewAll },
  { name: 'import-preview-newer', place: 'new', address: '/', show: previewNewer },
  { name: 'import-result', place: 'new', address: '/', show: importBill },
  { name: 'import-replaces', place: 'new', address: '/', show: replaceBill },
  {
    name: 'import-skipped',
    place: 'new',
    address: '/',
    show: async (page, info) => {
      await importBadLine(page, info);
      await page.getByRole('button', { name: /^(Show )?[Ss]kipped lines/ }).click();
    },
  },
  {
    name: 'bills-versions',
    place: 'new',
    address: '/',
    show: async (page, info) => {
      await replaceBill(page, info);
      await page.getByRole('button', { name: 'Replace', exact: true }).click();
      await expect(page.getByRole('heading', { name: /lines? imported$/ })).toBeVisible();
      await page.goto('/#/bills');
      await firstRow('Bills')(page);
      await page.getByRole('button', { name: /^What changed/ }).first().click();
    },
  },
  {
    name: 'import-mapping',
    place: 'new',
    address: '/',
    show: async (page, info) => {
      await dropFiles(page, [writeText(info.outputPath('hoster.csv'), foreign)]);
      await page.getByRole('button', { name: /^Map the columns/ }).click();
      await expect(page.getByRole('combobox', { name: 'BilledCost' })).toBeVisible();
    },
  },
  ...conflictViews,
  { name: 'gallery', place: 'gallery', address: '/' },
  { name: 'welcome', place: 'closed', address: '/' },
];
