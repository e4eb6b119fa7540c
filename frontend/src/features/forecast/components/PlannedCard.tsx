import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { useReadOnly } from '../../../bridge/queries';
import { formatDay } from '../../../lib/days';
import type { ForecastInfo, PlannedInfo } from '../../../lib/wire';
import { ChangeConflict } from '../../../parts/ChangeConflict';
import { ExportList } from '../../../parts/ExportList';
import { Card } from '../../../ui/Card';
import { Money } from '../../../ui/Money';
import { describeCharges, describePlanned, newPlanned, plannedKinds } from '../planned';
import { useDeletePlanned, usePlanned } from '../queries';
import { PlannedDialog } from './PlannedDialog';

const row = { display: 'flex', gap: 2, alignItems: 'flex-start', py: 1, borderTop: 1, borderColor: 'tone.line2', '&:first-of-type': { borderTop: 0 } } as const;

/** What a person expects to change, and the commitments that end, each with what it changes in this forecast. */
export function PlannedCard({ info, scope }: { info: ForecastInfo; scope: string }) {
  const planned = usePlanned();
  const remove = useDeletePlanned();
  const readOnly = useReadOnly();
  const [edited, setEdited] = useState<PlannedInfo | 'new' | null>(null);
  const list = planned.data ?? [];
  const ends = info.effects.filter(({ kind }) => kind === '');
  const effect = (name: string) => info.effects.find((one) => one.name === name && one.kind !== '');
  const amount = (total: string | undefined) => (total === undefined ? <span title="It changes nothing in this forecast">–</span> : <Money amount={total} currency={info.currency} signed />);
  return (
    <Card
      title="Planned changes"
      sub={`Changes you expect and commitments that end, with their effect on the months shown, ${info.currency}`}
      actions={
        <>
          {list.length > 0 && <ExportList list="planned changes" />}
          <Button variant="outlined" disabled={readOnly} onClick={() => setEdited('new')}>
            Add a change
          </Button>
        </>
      }
    >
      {list.length === 0 && ends.length === 0 && <Typography sx={{ color: 'text.secondary', py: 1 }}>None. Add a launch, a shut-down, a price change or an accepted saving, and forecasts include it from its first day.</Typography>}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {list.map((one) => (
          <Box component="li" key={one.change.name} sx={row}>
            <Box sx={{ flex: 1, minWidth: 0 }}>
              <Typography sx={{ fontWeight: 570, overflowWrap: 'anywhere' }}>{one.change.name}</Typography>
              <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
                {[plannedKinds.find(({ value }) => value === one.change.kind)?.label, describePlanned(one.change), describeCharges(one.change), one.change.note].filter(Boolean).join(' · ')}
              </Typography>
              {one.problem !== '' && <Typography sx={{ color: 'error.main' }}>{one.problem}</Typography>}
            </Box>
            <Box sx={{ textAlign: 'right', whiteSpace: 'nowrap' }}>{amount(effect(one.change.name)?.total)}</Box>
            <Box sx={{ whiteSpace: 'nowrap' }}>
              <Button aria-label={`Edit ${one.change.name}`} disabled={readOnly} onClick={() => setEdited(one)}>
                Edit
              </Button>
              <Button aria-label={`Delete ${one.change.name}`} disabled={readOnly} loading={remove.isPending && remove.variables.name === one.change.name} onClick={() => remove.mutate({ name: one.change.name, version: one.version })}>
                Delete
              </Button>
            </Box>
          </Box>
        ))}
        {ends.map(({ name, firstDay, total }) => (
          <Box component="li" key={name} sx={row}>
            <Box sx={{ flex: 1, minWidth: 0 }}>
              <Typography sx={{ fontWeight: 570, overflowWrap: 'anywhere' }}>{name}</Typography>
              <Typography variant="body2" sx={{ color: 'text.secondary' }}>
                Commitment ends; its usage costs the contracted price from {formatDay(firstDay)}
              </Typography>
            </Box>
            {amount(total)}
          </Box>
        ))}
      </Box>
      <ChangeConflict what={`the planned change ${remove.variables?.name ?? ''}`} change={remove} />
      {edited !== null && (
        <PlannedDialog
          start={edited === 'new' ? newPlanned(`${info.months[1]?.month ?? info.months[0]?.month ?? ''}-01`, info.currency, scope) : edited.change}
          version={edited === 'new' ? 0 : edited.version}
          onClose={() => setEdited(null)}
        />
      )}
    </Card>
  );
}
