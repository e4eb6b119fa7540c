import Box from '@mui/material/Box';
import { useId } from 'react';

import type { MigrationLink } from '../../../lib/wire';
import { describeGroup, edgePath, layoutGroup, nodeSize } from '../model/graph';

/** How much of a name has room in its box. */
const NAME_CHARS = 22;

/** A group of workloads that move together: each points to what it needs. */
export function DependencyGraph({ names, links }: { names: string[]; links: MigrationLink[] }) {
  const arrow = useId();
  const { width, height, nodes, edges } = layoutGroup(names, links);
  return (
    <Box sx={{ overflow: 'auto', maxHeight: 420, border: 1, borderColor: 'divider', borderRadius: '9px', p: 1.5 }} tabIndex={0} role="region" aria-label={`Group of ${names[0] ?? ''}`}>
      <Box component="svg" role="img" aria-label={describeGroup(names, links)} width={width + 2} height={height + 2} viewBox={`-1 -1 ${width + 2} ${height + 2}`} sx={{ display: 'block', fontSize: '0.8125rem' }}>
        <defs>
          <marker id={arrow} viewBox="0 0 8 8" refX={7} refY={4} markerWidth={7} markerHeight={7} orient="auto">
            <Box component="path" d="M 0 0 L 8 4 L 0 8 z" sx={{ fill: 'var(--mui-palette-text-secondary)' }} />
          </marker>
        </defs>
        {edges.map((edge) => (
          <Box key={`${edge.from.name} ${edge.to.name}`} component="path" d={edgePath(edge)} markerEnd={`url(#${arrow})`} sx={{ fill: 'none', stroke: 'var(--mui-palette-text-secondary)', strokeWidth: 1.5 }} />
        ))}
        {nodes.map(({ name, x, y }) => (
          <g key={name} transform={`translate(${x} ${y})`}>
            <title>{name}</title>
            <Box component="rect" width={nodeSize.width} height={nodeSize.height} rx={6} sx={{ fill: 'var(--mui-palette-background-paper)', stroke: 'var(--mui-palette-text-secondary)' }} />
            <Box component="text" x={nodeSize.width / 2} y={nodeSize.height / 2} textAnchor="middle" dominantBaseline="central" sx={{ fill: 'var(--mui-palette-text-primary)' }}>
              {name.length > NAME_CHARS ? `${name.slice(0, NAME_CHARS - 1)}…` : name}
            </Box>
          </g>
        ))}
      </Box>
    </Box>
  );
}
