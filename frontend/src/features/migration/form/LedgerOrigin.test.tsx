import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';

import { createRecordedBridge } from '../../../test/recorded';
import { renderPage } from '../../../test/renderPage';
import { LedgerOrigin } from './LedgerOrigin';

test('the months of the providers are said where they differ, and what is left out', async () => {
  renderPage(
    <LedgerOrigin
      origin={{
        month: '2026-10', months: [{ provider: 'AWS', month: '2026-10' }, { provider: 'Google Cloud', month: '2026-09' }], leftOut: [{ provider: 'Microsoft Azure', month: '2026-07' }, { provider: 'Oracle' }],
        lines: [], unmapped: [], providers: [], country: '', totals: [],
      }}
    />,
    { bridge: createRecordedBridge('sources'), address: '/migration' },
  );
  expect(await screen.findByText(/from the bills of AWS Oct 2026, Google Cloud Sep 2026/)).toBeVisible();
  expect(screen.getByText('Left out: Microsoft Azure, whose last complete month is Jul 2026; Oracle, which has no complete month')).toBeVisible();
});
