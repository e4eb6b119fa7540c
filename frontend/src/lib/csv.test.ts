import { expect, test } from 'vitest';

import { toCsv } from './csv';

test('quotes what needs it and leaves amounts alone', () => {
  expect(toCsv([['Name', 'Cost'], ['a "b", c', '-12.50'], [null, '0']])).toBe('Name,Cost\r\n"a ""b"", c",-12.50\r\n,0\r\n');
});

test('text that a spreadsheet would run is defused', () => {
  expect(toCsv([['=1+1', '@x', '-cmd', '+12']])).toBe("'=1+1,'@x,'-cmd,+12\r\n");
});
