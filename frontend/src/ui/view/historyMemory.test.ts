import { expect, test } from 'vitest';

import { createHistoryMemory } from './historyMemory';

test('each entry of the history of each window is remembered on its own, the latest ones', () => {
  const memory = createHistoryMemory<number>();
  const [one, other] = [{}, {}];
  for (let entry = 0; entry < 60; entry += 1) memory.keep(one, `entry ${entry}`, entry);
  expect([memory.recall(one, 'entry 59'), memory.recall(one, 'entry 10'), memory.recall(one, 'entry 9')]).toEqual([59, 10, undefined]);
  expect(memory.recall(other, 'entry 59')).toBeUndefined();
});
