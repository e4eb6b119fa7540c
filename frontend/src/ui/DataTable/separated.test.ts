import { describe, expect, test } from 'vitest';

import { type Column } from './model';
import { disarm, rowsToCsv, toTsv } from './separated';

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

test('a CSV has the headers in the order of the columns and keeps every digit', () => {
  const columns: Column<{ name: string; cost: string }>[] = [
    { id: 'cost', header: 'Cost, USD', kind: 'number', value: (row) => row.cost },
    { id: 'name', header: 'Name', kind: 'text', value: (row) => row.name },
  ];
  expect(rowsToCsv(columns, [{ name: '=cmd', cost: '0.00000000012345' }])).toBe('"Cost, USD",Name\r\n0.00000000012345,\'=cmd\r\n');
});
