import { describe, expect, it } from 'vitest';

import { describeEnded } from './ended';

describe('describeEnded', () => {
  it('counts what is of bills that ended long before the newest data, and says when', () => {
    expect(describeEnded(['2018-11-28', '2026-04-14', '2018-08-01'], '2026-04-14')).toBe('2 of them come from bills that ended long before (1 Aug – 28 Nov 2018)');
    expect(describeEnded(['2018-11-28', '2018-08-01'], '2026-04-14')).toBe('All of them come from bills that ended long before (1 Aug – 28 Nov 2018)');
    expect(describeEnded(['2018-11-28'], '2026-04-14')).toBe('1 of them comes from a bill that ended long before (28 Nov 2018)');
  });

  it('is silent where all bills go on, and of what has no day', () => {
    expect(describeEnded(['2026-02-28', ''], '2026-04-14')).toBe('');
    expect(describeEnded(['2026-02-27'], '2026-04-14')).not.toBe('');
  });
});
