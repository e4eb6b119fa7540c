import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';

import { useCurrentWorkspace } from '../../bridge/queries';
import { createRecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { WorkspaceMenu } from './WorkspaceMenu';

function Menu() {
  const workspace = useCurrentWorkspace();
  return workspace.data ? <WorkspaceMenu workspace={workspace.data} detail="" /> : null;
}

async function openDialog() {
  const bridge = createRecordedBridge('charges');
  const write = vi.spyOn(bridge.ledger, 'ExportFocus');
  const user = userEvent.setup({ delay: null });
  renderPage(<Menu />, { bridge });
  await user.click(await screen.findByRole('button', { name: /^Workspace / }));
  await user.click(await screen.findByRole('menuitem', { name: 'Export as FOCUS…' }));
  return { write, user, dialog: await screen.findByRole('dialog', { name: 'Export as FOCUS' }) };
}

test('writes the version and format that were chosen, and names what the bills lack', async () => {
  const { write, user, dialog } = await openDialog();
  write.mockResolvedValueOnce({ path: '/home/nora/Documents/bill.parquet', lines: 27, gaps: [{ column: 'ListCost', reason: 'unknown', lines: 12 }] });
  await user.click(within(dialog).getByRole('button', { name: 'FOCUS 1.0' }));
  await user.click(within(dialog).getByRole('button', { name: 'Parquet' }));
  await user.click(within(dialog).getByRole('button', { name: 'Export…' }));
  expect(write).toHaveBeenCalledWith({ format: 'focus-parquet', version: '1.0' });
  const gaps = await within(dialog).findByRole('list', { name: 'Values that are missing' });
  expect(within(gaps).getByText('ListCost')).toBeVisible();
  expect(within(gaps).getByText('12 lines, not in the bills')).toBeVisible();
  expect(within(dialog).getByText('/home/nora/Documents/bill.parquet')).toBeVisible();
});

test('leaves the charges as they are when no version is wanted; a cancelled dialog changes nothing', async () => {
  const { write, user, dialog } = await openDialog();
  write.mockResolvedValueOnce({ path: '', lines: 0, gaps: [] });
  await user.click(within(dialog).getByRole('button', { name: 'As imported' }));
  await user.click(within(dialog).getByRole('button', { name: 'Export…' }));
  expect(write).toHaveBeenCalledWith({ format: 'focus-csv', version: '' });
  expect(await within(dialog).findByRole('button', { name: 'Export…' })).toBeVisible();
});

test('says why a file could not be written', async () => {
  const { write, user, dialog } = await openDialog();
  write.mockRejectedValueOnce(new Error('The disk is full.'));
  await user.click(within(dialog).getByRole('button', { name: 'Export…' }));
  expect(await within(dialog).findByText('The disk is full.')).toBeVisible();
});
