import { expect, test } from 'vitest';

import { describeGroup, edgePath, layoutGroup, nodeSize } from './graph';

const links = [
  { from: 'web', to: 'api' },
  { from: 'api', to: 'db' },
  { from: 'web', to: 'db' },
  { from: 'jobs', to: 'db' },
];

test('a workload is to the left of what it needs, and no two are in one place', () => {
  const { nodes, edges, width, height } = layoutGroup(['web', 'api', 'db', 'jobs'], links);
  const at = new Map(nodes.map((node) => [node.name, node]));
  for (const { from, to } of edges) expect(from.x).toBeLessThan(to.x);
  expect(edges).toHaveLength(4);
  expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(4);
  expect(at.get('db')?.x).toBe(2 * (nodeSize.width + 56));
  expect(width).toBe((at.get('db')?.x ?? 0) + nodeSize.width);
  expect(height).toBe(2 * nodeSize.height + 12);
});

test('workloads that need each other in a circle are drawn, too', () => {
  const { nodes, edges } = layoutGroup(['a', 'b', 'c'], [{ from: 'a', to: 'b' }, { from: 'b', to: 'c' }, { from: 'c', to: 'a' }]);
  expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(3);
  for (const edge of edges) expect(edgePath(edge)).toMatch(/^M [\d.]+ [\d.]+ C /);
});

test('what is not in the group, and results without links, make no arrows', () => {
  expect(layoutGroup(['a', 'b'], [{ from: 'a', to: 'z' }]).edges).toEqual([]);
  expect(layoutGroup([], [])).toEqual({ width: 0, height: 0, nodes: [], edges: [] });
  expect(describeGroup(['web', 'db'], [{ from: 'web', to: 'db' }])).toBe('web needs db');
  expect(describeGroup(['web', 'db'], [])).toBe('web, db');
});
