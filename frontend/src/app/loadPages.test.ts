// @vitest-environment jsdom
import { expect, test } from 'vitest';

import { loadPages } from './loadPages';

test('loads the code of every page, and goes on after one that cannot be loaded', async () => {
  const loaded: string[] = [];
  const page = (name: string) => () => {
    loaded.push(name);
    return name === 'broken' ? Promise.reject(new Error('The file is not there.')) : Promise.resolve({ Component: () => null });
  };
  await loadPages([{ path: '/', children: [{ index: true, lazy: page('first') }, { path: 'b', lazy: page('broken') }, { path: 'c', children: [{ path: 'd', lazy: page('last') }] }] }]);
  expect(loaded).toEqual(['first', 'broken', 'last']);
});
