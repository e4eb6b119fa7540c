import { expect, test } from 'vitest';

import { showMarks } from './marks';

test('marks of direction are shown, all else stays', () => {
  expect(showMarks('bill\u202egpj.exe')).toBe('bill\\u202egpj.exe');
  expect(showMarks('\u061c\u2066x\u2069')).toBe('\\u061c\\u2066x\\u2069');
  expect(showMarks('שלום 👨‍👩‍👧 ÄÖ')).toBe('שלום 👨‍👩‍👧 ÄÖ');
});
