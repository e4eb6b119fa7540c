import { expect, test } from 'vitest';

import { formatMonths } from './monthRanges';

test('months that follow one another are a range, and few that are missing are named', () => {
  expect(formatMonths([])).toBe('');
  expect(formatMonths(['2026-05'])).toBe('May 2026');
  expect(formatMonths(['2026-03', '2026-01', '2026-02'])).toBe('Jan – Mar 2026');
  expect(formatMonths(['2025-12', '2026-01'])).toBe('Dec 2025 – Jan 2026');
  expect(formatMonths(['2026-01', '2026-03'])).toBe('Jan 2026, Mar 2026');
  expect(formatMonths(['2026-01', '2026-02', '2026-03', '2026-05', '2026-06'])).toBe('Jan – Jun 2026 except Apr 2026');
});
