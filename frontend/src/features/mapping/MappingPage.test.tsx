import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';

import { createRecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { MappingPage } from './MappingPage';

const user = userEvent.setup({ delay: null });

const tables = '/home/nora/Downloads/tables';
const address = `/imports/map?path=${encodeURIComponent(`${tables}/invoice.csv`)}`;

/** Types the provider and takes it with the Enter key. */
async function completeMapping() {
  await user.type(await screen.findByLabelText(/ProviderName$/), 'Hetzner{Enter}');
  expect(await screen.findByText('Complete')).toBeVisible();
}

describe('mapping a table', () => {
  test('shows what becomes of the columns, and is complete with what is typed', async () => {
    const { bridge, address: at } = renderPage(<MappingPage />, { address, bridge: createRecordedBridge('tables') });
    const columns = await screen.findByRole('list', { name: 'Columns of the table' });
    expect(within(columns).getByText('03.10.2026 · 25.10.2026 · 26.10.2026')).toBeVisible();
    expect(screen.getByLabelText(/BillingCurrency$/)).toHaveValue('Always “EUR”');
    expect(await screen.findByText('Not complete')).toBeVisible();
    expect(screen.getByText(/^Name the provider of the bill/)).toBeVisible();
    expect(screen.getByText('Import with this mapping', { selector: 'button' })).toBeDisabled();

    await completeMapping();
    expect(await screen.findByRole('group', { name: 'Totals of these lines' })).toHaveTextContent('Billed cost, EUR1,234.60');
    expect(screen.getByText('2 lines are skipped: 1,234.60 EUR, and 1 line whose amount cannot be read.')).toBeVisible();
    const save = vi.spyOn(bridge.mappings, 'Save');
    await user.click(screen.getByText('Import with this mapping', { selector: 'button' }));
    await vi.waitFor(() => expect(at()).toBe('/imports?preview'));
    expect(save).toHaveBeenCalledWith(expect.objectContaining({ name: 'invoice' }), 0);
  });

  test('refuses a column that cannot be it at once', async () => {
    renderPage(<MappingPage />, { address, bridge: createRecordedBridge('tables') });
    await completeMapping();
    const currency = screen.getByLabelText(/BillingCurrency$/);
    await user.clear(currency);
    await user.type(currency, 'Produkt{Enter}');
    expect(await screen.findByText(/"Produkt" holds .* which is not a currency code/)).toBeVisible();
    expect(screen.getByText('Not complete')).toBeVisible();
    expect(screen.getByRole('status')).toHaveTextContent('1 column does not fit');
  });

  test('says what a file is that is no table', async () => {
    renderPage(<MappingPage />, { address: `/imports/map?path=${encodeURIComponent(`${tables}/page.html`)}`, bridge: createRecordedBridge('tables') });
    expect(await screen.findByRole('alert')).toHaveTextContent('it seems to be an HTML page');
  });
});
