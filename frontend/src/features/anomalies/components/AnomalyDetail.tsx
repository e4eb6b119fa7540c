import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

import type { AnomalyInfo } from '../../../lib/wire';
import { useSubAccountNames } from '../../../parts/accountNames';
import { LineChart } from '../../../ui/charts/LineChart';
import { Facts } from '../../../ui/Facts';
import { Money } from '../../../ui/Money';
import { Pill } from '../../../ui/Pill';
import { QueryView } from '../../../ui/QueryView';
import { seriesColor } from '../../../ui/theme/seriesColor';
import { bandOf, courseOf, describeCause, describeLevel, describeValue, linesOf, stateWords } from '../model';
import { useCourse } from '../queries';
import { MarkForm } from './MarkForm';
import { MuteButton } from './MuteButton';

/** Amounts below each other, with their decimals in one line. */
const figures = { '& dl': { gridTemplateColumns: 'minmax(140px, 184px) minmax(96px, max-content)' }, '& dd': { textAlign: 'right' } } as const;

/** Where an anomaly is, what it came to, its course, its cause and its state. */
export function AnomalyDetail({ anomaly }: { anomaly: AnomalyInfo }) {
  const nameOf = useSubAccountNames();
  const course = useCourse(anomaly.id);
  const { currency } = anomaly;
  const state = stateWords[anomaly.state];
  const money = (amount: string, signed = false) => <Money amount={amount} currency={currency} signed={signed} />;
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
      <Facts
        facts={[
          ...[...anomaly.node, ...anomaly.tags].map((level): [string, ReactNode] => [describeLevel(level.column), describeValue(level, nameOf)]),
          [
            'State',
            <span key="state" title={state.why}>
              <Pill tone={state.tone}>{state.label}</Pill> {anomaly.mutedBy === '' ? '' : `by the rule ${anomaly.mutedBy}`}
            </span>,
          ],
        ]}
      />
      <Box sx={figures}>
        <Facts
          facts={[
            [`Expected, ${currency}`, money(anomaly.expected)],
            [`Actual, ${currency}`, money(anomaly.actual)],
            [`Impact so far, ${currency}`, <strong key="impact">{money(anomaly.impact, true)}</strong>],
            [`Impact per month, ${currency}`, money(anomaly.monthOn, true)],
          ]}
        />
      </Box>
      <QueryView query={course} what="the daily costs" errorTitle="The daily costs could not be read" skeleton={<Skeleton variant="rounded" height={220} />}>
        {(days) => {
          const shown = courseOf(days, anomaly);
          return (
            <LineChart
              label={`Daily cost here, ${currency}`}
              currency={currency}
              height={220}
              points={shown.points}
              series={[
                { id: 'cost', label: 'Actual', color: seriesColor('sky') },
                { id: 'expected', label: 'Expected', color: seriesColor('grey'), style: 'dashed' },
                { id: 'anomaly', label: 'Anomaly', color: seriesColor('pink'), style: 'dots' },
              ]}
              bands={bandOf(shown, seriesColor('grey'))}
            />
          );
        }}
      </QueryView>
      <Box component="section" aria-label="Cause">
        <Typography variant="h2" component="h3" sx={{ mb: 0.5 }}>
          Cause
        </Typography>
        <Box sx={figures}>
          <Facts
            facts={[
              [`Price, ${currency}`, money(anomaly.cause.price, true)],
              [`Volume, ${currency}`, money(anomaly.cause.volume, true)],
            ]}
          />
        </Box>
        <Typography sx={{ mt: 0.5, overflowWrap: 'anywhere' }}>{describeCause(anomaly)}</Typography>
        <Typography sx={{ color: 'text.secondary' }}>Compared with the 28 days before. Volume is a change in units, including resources that are new or gone.</Typography>
      </Box>
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <Button variant="outlined" component={Link} to={linesOf(anomaly)}>
          Show charge lines
        </Button>
        <MuteButton anomaly={anomaly} />
      </Box>
      <MarkForm key={anomaly.id} anomaly={anomaly} />
    </Box>
  );
}
