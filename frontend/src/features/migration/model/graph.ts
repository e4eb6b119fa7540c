import type { MigrationLink } from '../../../lib/wire';

/** A workload in the drawing of a group, in pixels. */
export type GraphNode = { name: string; x: number; y: number };

/** An arrow from a workload to what it needs. */
export type GraphEdge = { from: GraphNode; to: GraphNode };

export type Graph = { width: number; height: number; nodes: GraphNode[]; edges: GraphEdge[] };

export const nodeSize = { width: 168, height: 30 };

const gap = { x: 56, y: 12 };

/** Places the workloads of a group in columns: each to the left of what it needs, in the order of those that need it. */
export function layoutGroup(names: string[], links: MigrationLink[]): Graph {
  const inside = links.filter(({ from, to }) => from !== to && names.includes(from) && names.includes(to));
  const columns = new Map(names.map((name) => [name, 0]));
  // A chain has at most as many columns as there are names; where names need each other in a circle it ends there.
  for (let pass = 1; pass < names.length; pass += 1) {
    let moved = false;
    for (const { from, to } of inside) {
      const next = (columns.get(from) ?? 0) + 1;
      if (next <= pass && next > (columns.get(to) ?? 0)) {
        columns.set(to, next);
        moved = true;
      }
    }
    if (!moved && pass > 1) break;
  }
  const used = [...new Set(columns.values())].sort((a, b) => a - b);
  const placed = new Map<string, GraphNode>();
  const rows = used.map((column) => names.filter((name) => columns.get(name) === column));
  for (const [at, column] of rows.entries()) {
    const middle = (name: string) => {
      const above = inside.flatMap(({ from, to }) => (to === name ? [placed.get(from)?.y ?? 0] : []));
      return above.length === 0 ? Infinity : above.reduce((sum, y) => sum + y, 0) / above.length;
    };
    const ordered = at === 0 ? column : [...column].sort((a, b) => (middle(a) === middle(b) ? 0 : middle(a) - middle(b)));
    for (const [row, name] of ordered.entries()) placed.set(name, { name, x: at * (nodeSize.width + gap.x), y: row * (nodeSize.height + gap.y) });
  }
  const tallest = Math.max(0, ...rows.map(({ length }) => length));
  return {
    width: Math.max(0, rows.length * (nodeSize.width + gap.x) - gap.x),
    height: Math.max(0, tallest * (nodeSize.height + gap.y) - gap.y),
    nodes: names.flatMap((name) => placed.get(name) ?? []),
    edges: inside.flatMap(({ from, to }) => {
      const [a, b] = [placed.get(from), placed.get(to)];
      return a && b ? [{ from: a, to: b }] : [];
    }),
  };
}

/** The path of an arrow: from the right edge of a workload to the left edge of what it needs, or back where they need each other. */
export function edgePath({ from, to }: GraphEdge): string {
  const forward = to.x > from.x;
  const [x1, y1] = [from.x + (forward ? nodeSize.width : 0), from.y + nodeSize.height / 2];
  const [x2, y2] = [to.x + (forward ? 0 : nodeSize.width), to.y + nodeSize.height / 2];
  const bend = forward ? Math.max(24, (x2 - x1) / 2) : -36;
  return `M ${x1} ${y1} C ${x1 + bend} ${y1}, ${x2 - bend} ${y2}, ${x2} ${y2}`;
}

/** A group in words, for whoever does not see the drawing. */
export function describeGroup(names: string[], links: MigrationLink[]): string {
  const needs = links.filter(({ from, to }) => names.includes(from) && names.includes(to)).map(({ from, to }) => `${from} needs ${to}`);
  return needs.length === 0 ? names.join(', ') : needs.join('; ');
}
