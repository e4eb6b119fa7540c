import { describe, expect, it } from 'vitest';

import { formatFileFormat } from './fileFormat';

describe('formatFileFormat', () => {
  it('tells formats in words', () => {
    expect(formatFileFormat('focus-csv', '1.2')).toBe('FOCUS 1.2 CSV');
    expect(formatFileFormat('aws-cur2-parquet', '2.0')).toBe('AWS CUR 2.0 Parquet');
    expect(formatFileFormat('azure-ea-actual, focus-csv', '1.0')).toBe('Azure EA actual, FOCUS 1.0 CSV');
    expect(formatFileFormat('something-new', '')).toBe('something new');
  });
});
