import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';

import { AppError } from '../../bridge/errors';
import { useCurrentWorkspace } from '../../bridge/queries';
import { createRecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { WorkspaceMenu } from './WorkspaceMenu';

function Menu() {
  const workspace = useCurrentWorkspace();
  return workspace.data ? <WorkspaceMenu workspace={workspace.data} detail="" /> : null;
}

test('shows both months when somebody set the fiscal year meanwhile, and stores the chosen one', async () => {
  const bridge = createRecordedBridge('charges');
  vi.spyOn(bridge.workspaces, 'Settings').mockResolvedValue({ name: 'Northwind', nameVersion: 1, firstMonth: 1, monthVersion: 0 });
  const side = (text: string) => ({ text, version: 1, changedAt: '2026-11-22T09:00:00Z', changedBy: 'omar' });
  const set = vi
    .spyOn(bridge.workspaces, 'SetFiscalYear')
    .mockRejectedValueOnce(new AppError('conflict', 'This setting was changed meanwhile.', '', { have: side('April'), want: side('October') }))
    .mockResolvedValueOnce();
  const user = userEvent.setup({ delay: null });
  renderPage(<Menu />, { bridge });
  await user.click(await screen.findByRole('button', { name: /^Workspace / }));
  await user.click(await screen.findByRole('menuitem', { name: 'Fiscal year…' }));
  const dialog = await screen.findByRole('dialog', { name: 'Fiscal year' });
  await user.click(await within(dialog).findByRole('combobox', { name: 'Starts in' }));
  await user.click(await screen.findByRole('option', { name: 'October' }));
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  const conflict = await screen.findByRole('dialog', { name: 'Which version should be kept?' });
  expect(conflict).toHaveTextContent('April');
  expect(conflict).toHaveTextContent('by omar');
  await user.click(within(conflict).getByRole('button', { name: 'Save my version' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(set.mock.calls).toEqual([
    [10, 0],
    [10, 1],
  ]);
});
