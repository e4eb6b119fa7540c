import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

import { formatAge, formatMonth } from '../../../lib/days';
import type { ConnectionInfo, ConnectorInfo, JobInfo } from '../../../lib/wire';
import { RunningJobs } from '../../../parts/jobs/RunningJobs';
import { Card } from '../../../ui/Card';
import { Facts } from '../../../ui/Facts';
import { Pill } from '../../../ui/Pill';
import { useNow } from '../../../ui/useNow';
import { describeChanges, describeConnection, describeDay, describeExtras, describeFailure, describeMonths, describeProblem, describeSyncs } from '../model';

type ConnectionCardProps = {
  connection: ConnectionInfo;
  /** Its kind; undefined where this program does not know it. */
  connector: ConnectorInfo | undefined;
  /** The sync that runs or is paused. */
  job: JobInfo | undefined;
  readOnly: boolean;
  onSync: () => void;
  onTest: () => void;
  onOpen: (what: 'edit' | 'policy' | 'remove') => void;
};

/** One connection: what it brought in, how fresh that is, what is wrong with it, and the sync that runs. */
export function ConnectionCard({ connection, connector, job, readOnly, onSync, onTest, onOpen }: ConnectionCardProps) {
  const now = useNow();
  const { name, label, lastRun, missingSecrets } = connection;
  const state = describeConnection(connection, job);
  const problem = describeProblem(connection);
  const failure = describeFailure(connection, now);
  const required = (connector?.options ?? []).filter((option) => option.required && !option.secret);
  const where = required.map((option): [string, ReactNode] => [option.label, connection.values.find((one) => one.name === option.name)?.value ?? '–']);
  const facts: [string, ReactNode][] = [
    ...where,
    ['Imported', describeMonths(connection)],
    ...(connection.from === '' ? [] : [['First month', formatMonth(connection.from)] satisfies [string, ReactNode]]),
    ...(connection.namedAt === '' ? [] : [['Account names', `Read ${formatAge(connection.namedAt, now)}`] satisfies [string, ReactNode]]),
    ...(connection.extras.length === 0 ? [] : [['Also read', describeExtras(connection, now)] satisfies [string, ReactNode]]),
    ...describeSyncs(connection, job, now).map(([label, lines]): [string, ReactNode] => [label, <Lines key={label} lines={lines} />]),
    ...(lastRun && lastRun.bills.length > 0 ? [['Changed', <Lines key="bills" lines={describeChanges({ ...lastRun, days: [] })} />] satisfies [string, ReactNode]] : []),
    ...(lastRun && lastRun.days.length > 0 ? [['Newest day', <Lines key="days" lines={lastRun.days.map(describeDay)} />] satisfies [string, ReactNode]] : []),
  ];
  const act = (text: string, onClick: () => void, disabled = readOnly) => (
    <Button variant="text" disabled={disabled} onClick={onClick} aria-label={`${text}: ${name}`}>
      {text}
    </Button>
  );
  return (
    <Card
      title={name}
      sub={
        <>
          <Pill tone={state.tone}>{state.label}</Pill> {label}
        </>
      }
      actions={
        <>
          {missingSecrets.length > 0 ? (
            <Button variant="contained" disabled={readOnly} onClick={() => onOpen('edit')} aria-label={`Enter the secret of ${name}`}>
              Enter secret
            </Button>
          ) : (
            <Button variant="outlined" disabled={readOnly || problem !== '' || job !== undefined} onClick={onSync} aria-label={`Sync now: ${name}`}>
              Sync now
            </Button>
          )}
          {act('Test', onTest, problem !== '')}
          {connector?.policies === true && act('Permissions', () => onOpen('policy'), false)}
          {act('Edit', () => onOpen('edit'), readOnly || !connector)}
          {act('Remove', () => onOpen('remove'))}
        </>
      }
    >
      {(problem !== '' || (failure !== '' && !job)) && (
        <Typography role="status" sx={{ mt: 0.5, mb: 1, color: 'error.main', overflowWrap: 'anywhere' }}>
          {problem !== '' ? problem : failure}
        </Typography>
      )}
      <Box sx={{ mt: 0.75, '& dd': { overflowWrap: 'anywhere', minWidth: 0 } }}>
        <Facts facts={facts} />
      </Box>
      {job && <RunningJobs jobs={[job]} />}
    </Card>
  );
}

function Lines({ lines }: { lines: string[] }) {
  return lines.map((line) => <div key={line}>{line}</div>);
}
