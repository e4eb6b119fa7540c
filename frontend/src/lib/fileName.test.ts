import { expect, test } from 'vitest';

import { describeFiles, fileName, fileNames } from './fileName';

test('a file is named without its folders', () => {
  expect(fileName('/exports/aws/october.csv')).toBe('october.csv');
  expect(fileName('C:\\exports\\october.csv')).toBe('october.csv');
  expect(fileName('october/')).toBe('october');
  expect(describeFiles(['/a/one.csv', '/b/two.csv', '/c/three.csv'])).toBe('one.csv and 2 more');
});

test('files of the same name are distinguished by their folders, and only they', () => {
  const paths = ['/in/aws/2026-10/focus.csv', '/in/gcp/2026-10/focus.csv', '/in/aws/2026-11/focus.csv', '/in/other.csv'];
  expect(paths.map(fileNames(paths))).toEqual(['aws/2026-10/focus.csv', 'gcp/2026-10/focus.csv', '2026-11/focus.csv', 'other.csv']);
});

test('a file without folders, the same file twice and one that is not in the list have a name', () => {
  const nameOf = fileNames(['focus.csv', '/in/focus.csv', 'focus.csv']);
  expect(['focus.csv', '/in/focus.csv', '/else/where.csv'].map(nameOf)).toEqual(['focus.csv', 'in/focus.csv', 'where.csv']);
});
