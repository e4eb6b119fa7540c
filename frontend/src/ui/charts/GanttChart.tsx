import Box from '@mui/material/Box';

import { ChartFrame, type ChartProps } from './ChartFrame';
import { ganttBars, ganttData, ganttMonths, type GanttTask } from './gantt';

type GanttChartProps = Omit<ChartProps, 'currency' | 'onSpan'> & { tasks: GanttTask[] };

/** Tasks over time, one a row. The critical path has a heavy edge, so that it is not shown by colour alone. */
export function GanttChart({ tasks, ...frame }: GanttChartProps) {
  const bars = ganttBars(tasks);
  const months = ganttMonths(tasks);
  const [after] = months.slice(1);
  // The name of a month that the plan begins in the middle of may have no room before the next one.
  const named = after && after.at < 0.08 ? months.slice(1) : months;
  return (
    <ChartFrame {...frame} currency="" data={ganttData(tasks)} first="Task">
      {(width, mark) => {
        const names = Math.min(220, width * 0.34);
        const every = Math.max(1, Math.ceil((named.length * 64) / Math.max(1, width - names)));
        return (
          <Box sx={{ height: frame.height, overflowY: 'auto', position: 'relative', fontSize: '0.75rem' }}>
            <Box sx={{ position: 'sticky', top: 0, zIndex: 1, bgcolor: 'background.paper', height: 20, ml: `${names}px`, color: 'tone.ink3', fontSize: '0.6875rem' }}>
              {named.map(({ label, at }, index) =>
                index % every === 0 ? (
                  <Box key={label} sx={{ position: 'absolute', whiteSpace: 'nowrap' }} style={at > 0.92 ? { right: 0 } : { left: `${at * 100}%` }}>
                    {label}
                  </Box>
                ) : null,
              )}
            </Box>
            {tasks.map(({ id, label, color, critical, milestone }, at) => {
              const { from, to } = bars[at] ?? { from: 0, to: 0 };
              return (
                <Box key={id} data-datum={at} sx={{ display: 'flex', minHeight: 28, alignItems: 'center', borderBottom: 1, borderColor: 'tone.line2', bgcolor: mark.active === at ? 'tone.selected' : undefined }}>
                  <Box sx={{ width: names, flex: 'none', pr: 1, py: 0.5, overflowWrap: 'anywhere', lineHeight: 1.25 }}>{label}</Box>
                  <Box sx={{ position: 'relative', flex: 1, height: 14 }}>
                    <Box
                      sx={{
                        position: 'absolute',
                        top: 0,
                        height: 14,
                        left: `${from * 100}%`,
                        bgcolor: color,
                        printColorAdjust: 'exact',
                        boxShadow: critical ? 'inset 0 0 0 2px var(--mui-palette-text-primary)' : undefined,
                        ...(milestone ? { width: 14, ml: '-7px', transform: 'rotate(45deg)' } : { width: `${(to - from) * 100}%`, minWidth: '3px', borderRadius: '3px' }),
                      }}
                    />
                  </Box>
                </Box>
              );
            })}
          </Box>
        );
      }}
    </ChartFrame>
  );
}
