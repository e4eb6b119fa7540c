import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import { AppError } from '../../bridge/errors';
import { createRecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { BudgetsPage } from './BudgetsPage';
import { thresholdTexts } from './model';

const user = userEvent.setup({ delay: null });

// Working out which of many cells a screen reader sees is slow in jsdom.
configure({ defaultHidden: true });

async function fillForm(name: string) {
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), name);
  await user.click(screen.getByRole('button', { name: 'Fill periods' }));
  const dialog = await screen.findByRole('dialog', { name: 'Fill periods' });
  await user.clear(within(dialog).getByRole('textbox', { name: 'Year or quarter' }));
  await user.type(within(dialog).getByRole('textbox', { name: 'Year or quarter' }), '2026-Q4');
  await user.type(within(dialog).getByRole('textbox', { name: 'Amount of each' }), '1500.50{Enter}');
  await waitFor(() => expect(screen.getByRole('textbox', { name: 'Amount 3' })).toHaveValue('1500.50'));
}

/** Pastes cells that were copied in a spreadsheet. */
async function pasteCells(cells: string) {
  if (screen.queryByRole('dialog') === null) await user.click(screen.getByRole('button', { name: 'Paste from a spreadsheet' }));
  const dialog = await screen.findByRole('dialog', { name: 'Paste amounts' });
  const text = within(dialog).getByRole('textbox', { name: 'Copied cells' });
  await user.clear(text);
  await user.click(text);
  await user.paste(cells);
  await user.click(within(dialog).getByRole('button', { name: 'Add amounts' }));
}

test('a budget is made with what is wrong said first, shown with its figures, and exported', async () => {
  const bridge = createRecordedBridge('budgets');
  const page = renderPage(<BudgetsPage />, { bridge, address: '/budgets' });
  await user.click(await screen.findByRole('button', { name: 'New budget' }));
  await user.click(await screen.findByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Give the budget a name.')).toBeInTheDocument();
  expect(screen.getByText('Enter an amount for at least one period.')).toBeInTheDocument();

  await fillForm('Cloud');
  await pasteCells('soon\t2,000.00');
  expect(await within(screen.getByRole('dialog')).findByRole('alert')).toHaveTextContent(/No amounts were added: 1 row is wrong\..*Row 1: /);
  await pasteCells('Oct 2026\t1,600.00\r\nJan-27\t2.000,00');
  await waitFor(() => expect(screen.getByRole('textbox', { name: 'Amount 4' })).toHaveValue('2000.00'));
  expect(screen.getByRole('textbox', { name: 'Period 4' })).toHaveValue('2027-01');
  expect(screen.getByRole('textbox', { name: 'Amount 1' })).toHaveValue('1600.00');
  await user.click(screen.getByRole('combobox', { name: 'Kind of threshold 1' }));
  expect(within(await screen.findByRole('listbox')).getAllByRole('option').map(({ textContent }) => textContent)).toEqual(Object.values(thresholdTexts));
  await user.keyboard('{Escape}');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('heading', { name: 'Cloud' })).toBeInTheDocument();
  await waitFor(() => expect(screen.getByRole('table', { name: 'Versions' })).toHaveTextContent('1, original'));
  expect(screen.getByRole('application', { name: /^Cost to date and forecast of Cloud/ })).toBeInTheDocument();
  expect(page.address()).toBe('/budgets?budget=Cloud');

  await user.click(screen.getByRole('button', { name: 'All budgets' }));
  const grid = await screen.findByRole('grid', { name: 'Budgets' });
  await waitFor(() => expect(within(grid).getAllByRole('row')[1]).toHaveTextContent(/Cloud.*Nov 2026.*1,500\.50/));
  expect(within(grid).getByRole('img', { name: 'Cost by day of Cloud' })).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Export budgets' }));
  await user.click(screen.getByRole('menuitem', { name: 'CSV file' }));
  await waitFor(() => expect(bridge.exported).toHaveLength(1));
  expect(bridge.exported[0]).toMatchObject({ name: 'budgets', format: 'csv' });
});

test('a budget that somebody changed meanwhile shows both values, and the person chooses', async () => {
  const bridge = createRecordedBridge('budgets');
  const have = { text: 'EffectiveCost of all charges in USD\n2026-10: 900', version: 4, changedAt: '2026-11-22T09:00:00Z', changedBy: 'Sam' };
  const seen: number[] = [];
  bridge.budgets.Save = (draft, version) => {
    seen.push(version);
    if (version === 4) return Promise.resolve(5);
    return Promise.reject(new AppError('conflict', 'It was changed.', '', { have, want: { ...have, text: draft.name, version: 0 } }));
  };
  renderPage(<BudgetsPage />, { bridge, address: '/budgets?edit=1' });
  await fillForm('Cloud');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  const dialog = await screen.findByRole('dialog', { name: 'Which version should be kept?' });
  expect(dialog).toHaveTextContent('2026-10: 900');
  await user.click(within(dialog).getByRole('button', { name: 'Save my version' }));
  await waitFor(() => expect(seen).toEqual([0, 4]));
});

test('the budgets that a provider keeps are shown beside those of the workspace, and one can be taken over', async () => {
  const bridge = createRecordedBridge('budgets');
  const kept = { provider: 'AWS', account: '111122223333', every: 'month', basis: '', spent: '', forecast: '', currency: 'USD', of: '', connection: 'Production', readAt: '2026-11-20T09:00:00Z' };
  const providers = [
    { ...kept, name: 'Platform', amount: '1250.00', spent: '980.40', forecast: '1310.00', period: '2026-11' },
    { ...kept, name: 'Follows usage', amount: '', basis: 'as the period before', of: 'Service: Amazon EC2', period: '' },
  ];
  bridge.budgets.Standings = () => Promise.resolve({ standings: [], problems: [], broken: [], providers });
  const page = renderPage(<BudgetsPage />, { bridge, address: '/budgets' });
  const table = await screen.findByRole('table', { name: 'Budgets of the providers' });
  const [, platform, follows] = within(table).getAllByRole('row');
  expect(platform).toHaveTextContent(/Platform.*AWS 111122223333.*All costs.*1,250\.00.*980\.40.*1,310\.00/);
  expect(follows).toHaveTextContent(/Service: Amazon EC2.*as the period before/);
  expect(within(table).getAllByRole('button')).toHaveLength(1);
  await user.click(within(table).getByRole('button', { name: 'Use as budget: Platform' }));
  expect(await screen.findByRole('textbox', { name: 'Name' })).toHaveValue('Platform');
  expect(page.address()).toContain('Platform');
});
