import ArrowBackIcon from '@mui/icons-material/ArrowBack';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

import { formatInstant } from '../../../lib/days';
import { formatCounted } from '../../../lib/money';
import type { RuleInfo } from '../../../lib/wire';
import { QueryView } from '../../../ui/QueryView';
import { describeClass, describeSaving, describeStage, wordsOf } from '../model';
import { useRule } from '../queries';
import { CopyText } from '../../../ui/CopyText';
import { RuleSettings } from './RuleSettings';

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Box component="section" aria-label={title} sx={{ mt: 2 }}>
      <Typography variant="h3" sx={{ fontSize: '0.8125rem', fontWeight: 600, mb: 0.5 }}>
        {title}
      </Typography>
      {children}
    </Box>
  );
}

function Details({ rule: detail }: { rule: RuleInfo }) {
  const facts = [
    describeClass(detail.class),
    `confidence ${detail.confidence}`,
    `effort ${detail.effort}`,
    describeSaving(detail.saving),
    `looks back ${formatCounted(detail.lookback, 'day')}`,
    `needs ${formatCounted(detail.leastDays, 'day')} with usage`,
    formatCounted(detail.samples, 'sample'),
  ];
  return (
    <>
      <RuleSettings rule={detail} />
      <Typography sx={{ mt: 1.5, color: 'text.secondary' }}>
        {facts.join(' · ')} · version {detail.version}
      </Typography>
      <Part title="Which charge lines it prices">
        <CopyText label="Filter" text={detail.match} />
      </Part>
      <Part title="Evidence">
        <Typography>{detail.restsOn}</Typography>
      </Part>
      <Part title="When it does not apply">
        <Typography>{detail.refutedBy}</Typography>
      </Part>
      <Part title={`What to do: ${describeStage(detail.stage).toLowerCase()}`}>
        <Typography>{detail.fix.console}</Typography>
        <CopyText label="Command" text={detail.fix.cli} />
        <CopyText label="Terraform" text={detail.fix.terraform} />
        <Typography sx={{ mt: 1, color: 'text.secondary' }}>{detail.reversibility}</Typography>
      </Part>
      <Part title="Changes for this client">
        {detail.changed.length === 0 && <Typography sx={{ color: 'text.secondary' }}>Nobody changed this check.</Typography>}
        {detail.changed.map(({ parameter, value, at, by }) => (
          <Typography key={parameter}>
            {parameter === '' ? `Switched ${value}` : `${wordsOf(parameter)} is ${value}`}, {formatInstant(at)} by {by}
          </Typography>
        ))}
      </Part>
      <Part title="Sources">
        <Typography sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>{detail.sources.join(' · ')}</Typography>
      </Part>
    </>
  );
}

/** The page of one rule: what it looks for, its numbers, and who changed them. */
export function RuleDetail({ id, onBack }: { id: string; onBack: () => void }) {
  const rule = useRule(id);
  return (
    <>
      <Button size="small" variant="text" startIcon={<ArrowBackIcon />} onClick={onBack} sx={{ ml: -0.75, mb: 1 }}>
        All rules
      </Button>
      <QueryView query={rule} what="the rule" errorTitle="The rule could not be read" skeleton={<Skeleton variant="rounded" height={420} />}>
        {(detail) => <Details rule={detail} />}
      </QueryView>
    </>
  );
}
