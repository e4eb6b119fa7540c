import { describe, expect, test } from 'vitest';

import { disarm, toTsv } from './separated';

describe('text that a spreadsheet would run', () => {
  test.each(['=1+1', '+cmd|calc', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://x")'])('%j is marked as text', (text) => {
    expect(disarm(text)).toBe(`'${text}`);
  });

  test.each(['-12.50', '+3', '-1e-9', '-.5', '0', 'a=b', ''])('%j stays as it is', (text) => {
    expect(disarm(text)).toBe(text);
  });
});

describe('copied cells', () => {
  test('are separated by tabs and lines, unknown values are empty', () => {
    expect(toTsv([['a', null, '-1.5'], ['b', 'c', '2']])).toBe('a\t\t-1.5\r\nb\tc\t2');
  });

  test('with tabs, line ends or quotes are quoted, so that they stay one cell', () => {
    expect(toTsv([['a\tb', 'say "x"', 'line\nend']])).toBe('"a\tb"\t"say ""x"""\t"line\nend"');
  });
});
