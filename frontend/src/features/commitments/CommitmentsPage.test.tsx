import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import { createRecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { CommitmentsPage } from './CommitmentsPage';

const user = userEvent.setup({ delay: null });

// Working out which of many cells a screen reader sees is slow in jsdom.
configure({ defaultHidden: true });

test('lists a commitment with what is unused, opens it, and leads to its charge lines', async () => {
  const bridge = createRecordedBridge('commitments');
  const page = renderPage(<CommitmentsPage />, { bridge, address: '/commitments' });
  const grid = await screen.findByRole('grid', { name: 'Commitments' });
  await waitFor(() => expect(within(grid).getAllByRole('row')[1]).toHaveTextContent(/Savings plan 2025.*86\.\d %/));

  await user.click(within(grid).getByText('Savings plan 2025'));
  const dialog = await screen.findByRole('dialog', { name: 'Savings plan 2025' });
  expect(dialog).toHaveTextContent('1 year, nothing upfront');
  expect(dialog).toHaveTextContent('30 Sep 2027 at the latest');
  expect(within(dialog).getByRole('table', { name: 'Months of the commitment' })).toHaveTextContent('Oct 2026');
  const link = within(dialog).getByRole('link', { name: 'Show charge lines' }).getAttribute('href') ?? '';
  expect(new URLSearchParams(link.split('?')[1]).get('where')).toContain('savingsplan/7c2e');
  expect(page.address()).toContain('commitment=');

  await user.click(within(dialog).getByRole('button', { name: 'Close' }));
  await user.click(screen.getByRole('button', { name: 'Export commitments' }));
  await user.click(screen.getByRole('menuitem', { name: 'Excel workbook' }));
  await waitFor(() => expect(bridge.exported).toHaveLength(1));
  expect(bridge.exported[0]).toMatchObject({ name: 'commitments', format: 'xlsx' });
});

test('simulates a pool: the slider answers from the curve, and a discount asks anew', async () => {
  const page = renderPage(<CommitmentsPage />, { bridge: createRecordedBridge('commitments'), address: '/commitments?tab=simulator' });
  const slider = await screen.findByRole('slider', { name: 'Commitment an hour' });
  expect(screen.getByText(/^Based on usage of .* committing .* USD an hour for 1 year would have saved .* USD a month/)).toBeInTheDocument();
  expect(screen.getByRole('table', { name: 'Terms and payments compared' })).toHaveTextContent('3 years, nothing upfront');

  slider.focus();
  await user.keyboard('{Home}');
  expect(screen.getByText(/^Without a commitment all usage is paid at on-demand prices/)).toBeInTheDocument();
  expect(page.address()).toContain('at=0');

  await user.type(screen.getByRole('textbox', { name: 'Discount, %' }), '5');
  await waitFor(() => expect(screen.getByText('The discount is the one you entered.')).toBeInTheDocument());
});

test('puts what the provider recommends beside the best commitment, with the difference explained', async () => {
  const bridge = createRecordedBridge('commitments');
  renderPage(<CommitmentsPage />, { bridge, address: '/commitments?tab=simulator' });
  const table = await screen.findByRole('table', { name: 'Recommended by AWS' });
  const [, plan, database] = within(table).getAllByRole('row');
  expect(plan).toHaveTextContent('Compute Savings Plan with a commitment of USD 0.05 an hour for 1 year, no upfrontpurchase-recommendations.json, 30 Oct 2026');
  expect(plan).toHaveTextContent(/AWS counted 30 days of usage before 30 Oct 2026, here it is the 29 days up to 29 Oct 2026; in these days its commitment would have .* USD a month/);
  expect(database).toHaveTextContent('Not comparable: Only commitments for machines are simulated.');
  await user.click(screen.getByRole('button', { name: 'Export: recommendations' }));
  await user.click(screen.getByRole('menuitem', { name: 'Excel workbook' }));
  await waitFor(() => expect(bridge.exported[0]).toMatchObject({ name: 'recommendations', table: { rows: [{ length: 10 }, { length: 10 }] } }));
});

test('the simulator of an empty workspace leads to the imports', async () => {
  renderPage(<CommitmentsPage />, { bridge: createRecordedBridge('empty'), address: '/commitments?tab=simulator' });
  expect(await screen.findByRole('link', { name: 'Go to imports' })).toHaveAttribute('href', '/imports');
  expect(screen.queryByText('The usage could not be read')).not.toBeInTheDocument();
});
