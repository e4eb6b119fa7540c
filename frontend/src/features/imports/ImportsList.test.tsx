import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';

import { createRecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { ImportsPage } from './ImportsPage';

const user = userEvent.setup({ delay: null });

describe('the list of imports', () => {
  test('opens to files, hashes and control totals', async () => {
    renderPage(<ImportsPage />, { bridge: createRecordedBridge(), address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Detail of import 1' }));
    const totals = screen.getByRole('table', { name: 'Control totals of import 1' });
    expect(within(totals).getAllByText('Nov 2026').length).toBeGreaterThan(0);
    expect(within(screen.getByRole('table', { name: 'Files of import 1' })).getByText('aws-2026-10.csv')).toBeVisible();
  });

  test('says what is not counted, leads to the bills of an import, and keeps it when the person thinks better of undoing it', async () => {
    const bridge = createRecordedBridge();
    const undo = vi.spyOn(bridge.imports, 'Undo');
    renderPage(<ImportsPage />, { bridge, address: '/imports' });
    expect(await screen.findByText('Not counted')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Detail of import 3' }));
    expect(screen.getByRole('link', { name: 'Show the bills' })).toHaveAttribute('href', '/bills?import=3');
    await user.click(screen.getByRole('button', { name: 'Undo import 3' }));
    expect(screen.getByRole('dialog')).toHaveTextContent('They are not counted, so totals do not change.');
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(undo).not.toHaveBeenCalled();
  });

  test('copies the whole hash', async () => {
    const bridge = createRecordedBridge();
    const [, , first] = await bridge.imports.List();
    renderPage(<ImportsPage />, { bridge, address: '/imports' });
    await user.click(await screen.findByRole('button', { name: `Detail of import ${first?.importId}` }));
    await user.click(screen.getAllByRole('button', { name: /Copy the hash/ })[0]!);
    await screen.findByText('Copied the hash.');
    expect(await navigator.clipboard.readText()).toBe(first?.files[0]?.sha256);
  });

  test('undoes an import after naming what is lost', async () => {
    const bridge = createRecordedBridge();
    const undo = vi.spyOn(bridge.imports, 'Undo');
    renderPage(<ImportsPage />, { bridge, address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Undo import 2' }));
    const dialog = screen.getByRole('dialog', { name: /Undo the import of aws-2026-11\.csv/ });
    expect(dialog).toHaveTextContent('12 charge lines of AWS, Nov 2026, are removed from the workspace');
    expect(undo).not.toHaveBeenCalled();
    await user.click(within(dialog).getByRole('button', { name: 'Undo the import' }));
    expect(await screen.findByText('Undone')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Undo import 2' })).toBeNull();
  });

  test('verifies the ledger and reports each check', async () => {
    renderPage(<ImportsPage />, { bridge: createRecordedBridge(), address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Verify totals' }));
    expect(await screen.findByText('All totals agree.')).toBeVisible();
    expect(screen.getByText('Daily totals')).toBeVisible();
  });

  test('says loudly when totals do not agree', async () => {
    const bridge = createRecordedBridge();
    bridge.imports.Verify = () => Promise.resolve({ ok: false, durationMs: 5, checks: [{ name: 'Rollups', ok: false, detail: 'November 2026 differs by 0.01 USD.' }] });
    renderPage(<ImportsPage />, { bridge, address: '/imports' });
    await user.click(await screen.findByRole('button', { name: 'Verify totals' }));
    expect(await screen.findByText(/do not agree/)).toBeVisible();
    expect(screen.getByText('November 2026 differs by 0.01 USD.')).toBeVisible();
  });

  test('of an empty ledger says what to do with one button', async () => {
    renderPage(<ImportsPage />, { bridge: createRecordedBridge('empty'), address: '/imports' });
    expect(await screen.findByText('Nothing imported yet')).toBeVisible();
    expect(screen.getAllByRole('button')).toHaveLength(1);
  });
});
