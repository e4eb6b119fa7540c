import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import { createRecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { SavingsPage } from './SavingsPage';

const user = userEvent.setup({ delay: null });

// Working out which of many cells a screen reader sees is slow in jsdom.
configure({ defaultHidden: true });

test('marked findings are accepted together, and one that is done leaves the total and is measured', async () => {
  renderPage(<SavingsPage />, { bridge: createRecordedBridge('savings'), address: '/savings' });
  const grid = await screen.findByRole('grid', { name: 'Findings' });
  expect(screen.getByRole('region', { name: 'Savings found' })).toHaveTextContent('44.09');

  await user.click(screen.getByRole('button', { name: /^Mark all/ }));
  await user.click(screen.getByRole('button', { name: /^Decide about/ }));
  const dialog = screen.getByRole('dialog', { name: /^Decide about/ });
  await user.click(within(dialog).getByRole('combobox', { name: 'State' }));
  await user.click(screen.getByRole('option', { name: 'Accepted' }));
  await user.type(within(dialog).getByRole('textbox', { name: 'Owner' }), 'nora');
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(within(grid).getAllByText('Accepted').length).toBeGreaterThan(2));
  expect(screen.getByRole('region', { name: 'Savings found' })).toHaveTextContent('44.09');

  await user.click(within(grid).getByText('Commitment that is not fully used'));
  const drawer = await screen.findByRole('dialog', { name: 'Commitment that is not fully used' });
  expect(within(drawer).getByRole('region', { name: 'Decision' })).toHaveTextContent('nora');
  await user.click(within(drawer).getByRole('button', { name: 'Decide' }));
  const one = screen.getByRole('dialog', { name: 'Decide about the finding' });
  await user.click(within(one).getByRole('combobox', { name: 'State' }));
  await user.click(screen.getByRole('option', { name: 'Done' }));
  await user.click(within(one).getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.getByRole('region', { name: 'Savings found' })).toHaveTextContent('37.37'));
  await user.click(screen.getByRole('button', { name: 'Progress' }));
  expect(await screen.findByRole('region', { name: 'Realised savings' })).toHaveTextContent('Too early');
  await user.click(screen.getByRole('button', { name: 'Summary' }));
  expect(screen.getByRole('region', { name: 'What to do first' })).toHaveTextContent(/Acting on it saves/);
});
