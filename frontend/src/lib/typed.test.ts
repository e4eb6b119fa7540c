import { expect, test } from 'vitest';

import { looksLikeAmount, plainNumber } from './typed';

test('amounts as people type them are left to the Go side, other text is not', () => {
  for (const text of ['1', '11,500', '11,500.00', '11 500', '1.234,50', '$ 5', '5 USD', '0.5', '0']) expect(looksLikeAmount(text), text).toBe(true);
  for (const text of ['', 'x', '-5', '−5', '(5)', 'five']) expect(looksLikeAmount(text), text).toBe(false);
});

test('thousands are no decimals', () => {
  expect(['11,500', '11,500.25', '1,234,567', '11 500', '11,5', '0,125', '-2,000', 'x', '1,23,4'].map(plainNumber)).toEqual(['11500', '11500.25', '1234567', '11500', '11.5', '0.125', '-2000', 'x', '1.23,4']);
});
