import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';

import type { SpendComparison } from '../../../lib/wire';
import { createRecordedBridge } from '../../../test/recorded';
import { renderPage } from '../../../test/renderPage';
import { useLedgerView } from '../../../ui/view/ledgerView';
import { BookedLater } from './BookedLater';

const comparison: SpendComparison = { from: '2026-10-05', to: '2026-10-24', reason: '', reasonCode: '', whole: false, days: 20, ofDays: 20, unused: [], missing: [], movers: [], others: null, apart: null };

function Shown() {
  return <BookedLater apart={{ now: '12.5', before: '0', rows: [] }} comparison={comparison} view={useLedgerView()} />;
}

test('a period without charges that are booked later has none, which is no amount', async () => {
  renderPage(<Shown />, { bridge: createRecordedBridge('overview') });
  expect(await screen.findByText(/^Not compared, usually booked later:/)).toHaveTextContent('12.50 in this period, none in 5–24 Oct');
});
