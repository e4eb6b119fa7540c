import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';

import { createFakeBridge } from '../../bridge/fake';
import { renderPage } from '../../test/renderPage';
import { MappingPage } from './MappingPage';

const user = userEvent.setup({ delay: null });

const address = '/imports/map?path=%2Fhome%2Fnora%2Finvoice.csv';

/** Writes a text for a FOCUS column that is the same for every line. */
async function writeText(focus: string, text: string) {
  await user.type(screen.getByLabelText(focus), text);
  await user.click(await screen.findByText(`Always “${text}”`));
}

describe('mapping a table', () => {
  test('shows the columns with what becomes of them, and why', async () => {
    renderPage(<MappingPage />, { address });
    const columns = await screen.findByRole('list', { name: 'Columns of the table' });
    expect(within(columns).getByText('03.10.2026 · 25.10.2026 · 26.10.2026')).toBeVisible();
    expect(within(columns).getByText('ChargePeriodStart')).toBeVisible();
    expect(within(columns).getByText('kept under its own name')).toBeVisible();
    expect(screen.getByLabelText('BilledCost')).toHaveValue('Betrag (EUR)');
    expect(screen.getByLabelText('BillingCurrency')).toHaveValue('Always “EUR”');
    expect(screen.getByText('The name "Betrag (EUR)" says so.')).toBeVisible();
    expect((await screen.findAllByText(/Say whose bill this is/))[0]).toBeVisible();
  });

  test('a text completes it; the sums and what is set aside are shown', async () => {
    renderPage(<MappingPage />, { address });
    await screen.findAllByText(/Say whose bill this is/);
    await writeText('ProviderName', 'Hetzner');
    const totals = await screen.findByRole('group', { name: 'Totals of these lines' });
    expect(totals).toHaveTextContent('Billed cost, EUR1,234.60');
    expect(screen.getByText(/Line 4 is set aside\./)).toBeVisible();
    expect(screen.getByText('all 3 lines, 1 of them set aside')).toBeVisible();
    expect(screen.queryByText(/Say whose bill this is/)).not.toBeInTheDocument();
  });

  test('is saved under a name that is taken only when asked to', async () => {
    const bridge = createFakeBridge();
    const taken = (await bridge.mappings.Inspect('x.csv')).mapping;
    await bridge.mappings.Save({ ...taken, columns: [...taken.columns, { focus: 'ProviderName', column: '', text: 'Other' }] }, false);
    renderPage(<MappingPage />, { address, bridge });
    await screen.findAllByText(/Say whose bill this is/);
    await writeText('ProviderName', 'Hetzner');
    await user.click(screen.getByText('Save', { selector: 'button' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('There is a mapping named "invoice-2026-10" already.');
    await user.click(screen.getByText('Replace it', { selector: 'button' }));
    expect(await screen.findByText('Saved the mapping invoice-2026-10.')).toBeVisible();
    expect((await bridge.mappings.Find('invoice-2026-10')).columns).toContainEqual({ focus: 'ProviderName', column: '', text: 'Hetzner' });
  });

  test('goes back to the preview once it is saved', async () => {
    const { bridge, address: at } = renderPage(<MappingPage />, { address });
    await screen.findAllByText(/Say whose bill this is/);
    await user.click(screen.getByText('Import with this mapping', { selector: 'button' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('is not complete');
    await writeText('ProviderName', 'Hetzner');
    await user.click(screen.getByText('Import with this mapping', { selector: 'button' }));
    await vi.waitFor(() => expect(at()).toBe('/imports?preview'));
    expect(await bridge.mappings.List()).toHaveLength(1);
  });

  test('says what a file is that is no table', async () => {
    renderPage(<MappingPage />, { address: '/imports/map?path=%2Fbroken.html' });
    expect(await screen.findByRole('alert')).toHaveTextContent('it seems to be an HTML page');
  });
});

describe('saved mappings', () => {
  test('are imported, exported and deleted after one question', async () => {
    renderPage(<MappingPage />, { address: '/imports/map' });
    await user.click(await screen.findByText('Import a mapping', { selector: 'button' }));
    expect(await screen.findByText('Imported the mapping Imported.')).toBeVisible();
    await user.click(await screen.findByLabelText('Export Imported'));
    expect(await screen.findByText('Saved as /home/nora/Documents/Imported.mapping.json')).toBeVisible();
    await user.click(screen.getByLabelText('Delete Imported'));
    await user.click(screen.getByText('Delete', { selector: 'button' }));
    expect(await screen.findByText('No mapping is saved')).toBeVisible();
  });

  test('can be the start for a table', async () => {
    renderPage(<MappingPage />, { address });
    await screen.findAllByText(/Say whose bill this is/);
    await user.click(screen.getByText('Saved mappings', { selector: 'button' }));
    await user.click(await screen.findByText('Import a mapping', { selector: 'button' }));
    await user.click(await screen.findByLabelText('Start from Imported'));
    expect(await screen.findByLabelText('Name of the mapping')).toHaveValue('Imported');
  });
});
