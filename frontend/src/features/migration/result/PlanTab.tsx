import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { useReadOnly } from '../../../bridge/queries';
import { addDays, formatDay } from '../../../lib/days';
import { formatCounted } from '../../../lib/money';
import type { AssessmentResult, TaskInfo } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { GanttChart } from '../../../ui/charts/GanttChart';
import { FigureTable } from '../../../ui/FigureTable';
import { Pill } from '../../../ui/Pill';
import { seriesColor } from '../../../ui/theme/seriesColor';
import type { SeriesHue } from '../../../ui/theme/tokens';
import { shownScore } from '../model/result';
import { DependencyGraph } from './DependencyGraph';
import { TaskDialog } from './TaskDialog';

const hues: Record<string, SeriesHue> = { assess: 'grey', mobilise: 'purple', pilot: 'teal', wave: 'sky', optimise: 'green' };

/** The phases over time, what must hold before each is done, and what can go wrong. */
export function PlanTab({ data }: { data: AssessmentResult }) {
  const { plan } = data.result;
  const [edited, setEdited] = useState<TaskInfo | null>(null);
  const readOnly = useReadOnly();
  const together = plan.groups.filter((group) => group.length > 1);
  const alone = plan.groups.length - together.length;
  const end = data.tasks.map(lastDay).reduce((last, day) => (day > last ? day : last), '');
  return (
    <>
      {plan.levers.length > 0 && (
        <Alert severity="warning">
          The plan ends {shownScore(plan.weeksAfterDeadline)} weeks after the deadline. What would help most: {plan.levers.map((one) => `${one.lever} (${shownScore(one.weeks)} weeks)`).join('; ')}
        </Alert>
      )}
      <Card title="Plan" sub={`${formatDay(data.tasks[0]?.start ?? plan.start)} to ${formatDay(end === '' ? plan.end : end)}; a heavy edge is the critical path`}>
        <GanttChart
          label="Plan"
          height={Math.min(520, 28 + data.tasks.length * 29)}
          onPick={(at) => readOnly || setEdited(data.tasks[at] ?? null)}
          tasks={data.tasks.map((task) => ({ id: task.phase, label: `${task.done ? '✓ ' : ''}${task.title}`, from: task.start, to: lastDay(task), color: seriesColor(hues[task.kind] ?? 'sky'), critical: task.critical, note: task.lines.length > 0 ? task.lines.join(', ') : task.gate }))}
        />
      </Card>
      <Card title="Tasks">
        <FigureTable
          label="Tasks"
          head={['Task', 'State', 'From', 'To', 'Moved', 'Done when', '']}
          folded={[4, 5]}
          words={[5]}
          rows={data.tasks.map((task) => ({
            key: task.phase,
            cells: [
              <Box key="name">
                {task.title}
                {(task.lines.length > 0 || task.note !== '') && (
                  <Typography variant="body2" sx={{ color: 'text.secondary', fontWeight: 400, overflowWrap: 'anywhere', maxWidth: 420 }}>
                    {[task.lines.join(', '), task.note].filter(Boolean).join(' · ')}
                  </Typography>
                )}
              </Box>,
              <Pill key="state" tone={task.done ? 'good' : 'plain'}>{task.done ? 'Done' : 'Open'}</Pill>,
              formatDay(task.start),
              formatDay(lastDay(task)),
              task.moved === 0 ? '–' : `${task.moved > 0 ? '+' : '−'}${Math.abs(task.moved)} days`,
              task.gate,
              <Button key="edit" size="small" disabled={readOnly} aria-label={`Edit ${task.title}`} onClick={() => setEdited(task)}>
                Edit
              </Button>,
            ],
          }))}
        />
      </Card>
      <Card title="Dependency groups" sub="workloads that move together; an arrow points to what a workload needs">
        <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1, mt: 1 }}>
          {together.map((group) => (
            <DependencyGraph key={group.join()} names={group} links={plan.links ?? []} />
          ))}
        </Box>
        {alone > 0 && (
          <Typography sx={{ color: 'text.secondary', mt: 1 }}>
            {formatCounted(alone, 'workload')} {alone === 1 ? 'depends' : 'depend'} on no other.
          </Typography>
        )}
      </Card>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' }, alignItems: 'start' }}>
        <Card title="Risks">
          {plan.risks.length === 0 && <Typography sx={{ color: 'text.secondary', mt: 1 }}>No rule found one.</Typography>}
          <Box component="ul" sx={{ pl: 2.5, my: 1 }}>
            {plan.risks.map((risk) => (
              <li key={`${risk.code} ${risk.message}`}>
                {risk.message}
                {risk.lines.length > 0 && <Box component="span" sx={{ color: 'text.secondary' }}> ({risk.lines.join(', ')})</Box>}
              </li>
            ))}
          </Box>
        </Card>
        <Card title="Roll back when">
          <Box component="ul" sx={{ pl: 2.5, my: 1 }}>
            {[...new Set(data.tasks.flatMap((task) => task.rollback))].map((text) => (
              <li key={text}>{text}</li>
            ))}
          </Box>
        </Card>
      </Box>
      {edited && <TaskDialog key={edited.phase} task={edited} name={data.name} version={data.version} onClose={() => setEdited(null)} />}
    </>
  );
}

/** The last day of a task; its end is the day by which it is done. */
function lastDay(task: TaskInfo): string {
  return task.end > task.start ? addDays(task.end, -1) : task.start;
}
