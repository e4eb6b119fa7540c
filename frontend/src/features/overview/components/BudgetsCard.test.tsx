import { screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import { everything } from '../../../lib/filter';
import type { BudgetDraft } from '../../../lib/wire';
import { createRecordedBridge } from '../../../test/recorded';
import { renderPage } from '../../../test/renderPage';
import { BudgetsCard } from './BudgetsCard';

const draft = (name: string, amount: string): BudgetDraft => ({
  name, was: '', scope: '', where: everything, metric: 'EffectiveCost', currency: 'USD', firstMonth: 1, weeks: false, amounts: [{ period: '2026-11', amount }],
  thresholds: [{ kind: 'actual', percent: '100' }], rollOver: false, parent: '', reason: '',
});

test('the Overview has the budgets, the gravest first, each with its way', async () => {
  const bridge = createRecordedBridge('budgets');
  await bridge.budgets.Save(draft('Calm', '100000'), 0);
  await bridge.budgets.Save(draft('Spent', '1'), 0);
  renderPage(<BudgetsCard />, { bridge });
  const card = await screen.findByRole('region', { name: 'Budgets' });
  expect(card).toHaveTextContent('1 over budget');
  const [spent, calm] = within(card).getAllByRole('listitem');
  expect(spent).toHaveTextContent(/Spent.*% spent.*Over budget.*Nov 2026.*20\.30 of 1\.00 USD/);
  expect(calm).toHaveTextContent(/Calm.*On track/);
  expect(within(spent!).getByRole('link')).toHaveAttribute('href', '/budgets?budget=Spent');
  expect(within(card).getByRole('link', { name: 'All budgets' })).toHaveAttribute('href', '/budgets');
});
