import { describe, expect, test } from 'vitest';

import { add, compare, divide, percentOf, round, sign, subtract, trimZeros } from './decimal';

/** A reproducible stream, so that a failure can be seen again. */
function stream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state;
  };
}

function randomDecimal(next: () => number): string {
  const digits = next() % 25;
  const fraction = digits > 0 ? `.${Array.from({ length: digits }, () => next() % 10).join('')}` : '';
  return `${next() % 2 === 0 ? '-' : ''}${next()}${next()}${fraction}`;
}

describe('decimal', () => {
  test('keeps digits that a floating point number would lose', () => {
    expect(subtract('9007199254740993.0000000001', '0.0000000002')).toBe('9007199254740992.9999999999');
    expect(add('0.1', '0.2')).toBe('0.3');
  });

  test('a − b + b is a, for any two amounts', () => {
    const next = stream(20_261_122);
    for (let round_ = 0; round_ < 500; round_ += 1) {
      const a = randomDecimal(next);
      const b = randomDecimal(next);
      expect(compare(add(subtract(a, b), b), a), `${a} ${b}`).toBe(0);
      expect(compare(a, b), `${a} ${b}`).toBe(-compare(b, a) || 0);
    }
  });

  test.each([
    ['2.345', 2, '2.35'],
    ['-2.345', 2, '-2.35'],
    ['0.004', 2, '0.00'],
    ['-0.004', 2, '0.00'],
    ['1.5', 0, '2'],
    ['7', 2, '7.00'],
    ['999.995', 2, '1000.00'],
  ])('%s with %i digits is %s', (value, digits, expected) => {
    expect(round(value, digits)).toBe(expected);
  });

  test('a percentage is rounded once, exactly', () => {
    expect(percentOf('1', '3', 1)).toBe('33.3');
    expect(percentOf('-2', '3', 1)).toBe('-66.7');
    expect(percentOf('1', '0', 1)).toBeNull();
    expect(percentOf('1', '0.000', 1)).toBeNull();
  });

  test('an average is rounded once, halves away from zero', () => {
    expect([divide('10', 3, 2), divide('-0.05', 2, 2), divide('0.001', 4, 2), divide('9007199254740993', 1, 1)]).toEqual(['3.33', '-0.03', '0.00', '9007199254740993.0']);
  });

  test('zero has no sign, however it is written', () => {
    expect(sign('-0.00')).toBe(0);
    expect(sign('0.0000000001')).toBe(1);
    expect(trimZeros('1.5000')).toBe('1.5');
    expect(trimZeros('100')).toBe('100');
    expect(trimZeros('3.000')).toBe('3');
  });

  test('refuses what is no decimal', () => {
    expect(() => add('1e5', '1')).toThrow('"1e5" is not a decimal number.');
    expect(() => add('', '1')).toThrow();
  });
});
