import { configure, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';

import { createRecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { ForecastPage } from './ForecastPage';

const user = userEvent.setup({ delay: null });

// Working out which of many cells a screen reader sees is slow in jsdom.
configure({ defaultHidden: true });

test('says where the month lands, shows its parts and its back-test, and leaves as a table', async () => {
  const bridge = createRecordedBridge('outlook');
  const page = renderPage(<ForecastPage />, { bridge, address: '/forecast' });
  const landing = await screen.findByRole('region', { name: 'Forecast for November 2026' });
  expect(landing).toHaveTextContent(/Actual so far.*Usage to come.*80 % range/);
  expect(within(screen.getByRole('table', { name: 'Forecast by month' })).getAllByRole('row')).toHaveLength(5);
  expect(screen.getByRole('region', { name: /Accuracy of past forecasts/ })).toHaveTextContent(/WAPE; target 12 %.*Forecast on/);

  await user.click(screen.getByRole('button', { name: '12 months' }));
  await waitFor(() => expect(within(screen.getByRole('table', { name: 'Forecast by month' })).getAllByRole('row')).toHaveLength(14));
  expect(page.address()).toContain('months=12');

  await user.click(screen.getByRole('button', { name: 'Export forecast' }));
  await user.click(screen.getByRole('menuitem', { name: 'CSV file' }));
  await waitFor(() => expect(bridge.exported).toHaveLength(1));
  expect(bridge.exported[0]).toMatchObject({ name: 'forecast', format: 'csv' });
});

test('a planned change is saved, listed with what it changes, and counted in the forecast', async () => {
  renderPage(<ForecastPage />, { bridge: createRecordedBridge('outlook'), address: '/forecast' });
  await user.click(await screen.findByRole('button', { name: 'Add a change' }));
  const dialog = await screen.findByRole('dialog', { name: 'Add a planned change' });
  expect(within(dialog).getByRole('button', { name: 'Save' })).toBeDisabled();
  await user.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Shop');
  await user.type(within(dialog).getByRole('textbox', { name: 'Amount a month, USD' }), '2400');
  await user.click(within(dialog).getByRole('button', { name: 'Save' }));
  const card = screen.getByRole('region', { name: /^Planned changes/ });
  await waitFor(() => expect(within(card).getByRole('listitem')).toHaveTextContent(/Shop.*\+2,400\.00 USD a month, from 1 Dec 2026.*\+7,200\.00/));
  expect(within(screen.getByRole('table', { name: 'Forecast by month' })).getByRole('columnheader', { name: 'Planned changes' })).toBeInTheDocument();
});

test('a history that is too short is refused in words', async () => {
  renderPage(<ForecastPage />, { bridge: createRecordedBridge(), address: '/forecast' });
  expect(await screen.findByText(/complete days up to .*, and a forecast needs 60/)).toBeInTheDocument();
});
