import { describe, expect, it } from 'vitest';

import { formatExport, formatFileFormat } from './fileFormat';

describe('formatFileFormat', () => {
  it('names formats in words', () => {
    expect(formatFileFormat('focus-csv', '1.2')).toBe('FOCUS 1.2 CSV');
    expect(formatFileFormat('aws-cur2-parquet', '2.0')).toBe('AWS CUR 2.0 Parquet');
    expect(formatFileFormat('azure-ea-actual, focus-csv', '1.0')).toBe('Azure EA actual, FOCUS 1.0 CSV');
    expect(formatFileFormat('something-new', '')).toBe('something new');
  });
});

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
