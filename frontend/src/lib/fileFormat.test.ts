import { describe, expect, it } from 'vitest';

import { formatExport } from './fileFormat';

describe('formatExport', () => {
  it('names exports and their views in words', () => {
    expect(formatExport('focus', '')).toBe('FOCUS');
    expect(formatExport('aws-cur', '')).toBe('AWS Cost and Usage Report');
    expect(formatExport('azure-export', 'amortized')).toBe('Azure, amortized costs');
    expect(formatExport('azure-export', 'actual/commitments')).toBe('Azure, actual costs: commitment purchases and refunds');
  });

  it('keeps names it does not know', () => {
    expect(formatExport('new-cloud', '')).toBe('new cloud');
    expect(formatExport('focus', 'draft/rest')).toBe('FOCUS, draft: rest');
  });
});
