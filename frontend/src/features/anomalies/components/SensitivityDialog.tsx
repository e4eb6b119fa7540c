import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';

import { useReadOnly, useScopes } from '../../../bridge/queries';
import { formatRange } from '../../../lib/days';
import { formatCount } from '../../../lib/money';
import { ChangeConflict } from '../../../parts/ChangeConflict';
import { ExportTable } from '../../../parts/ExportTable';
import { FigureTable } from '../../../ui/FigureTable';
import { Loading } from '../../../ui/Loading';
import { PartFilter } from '../../../ui/PartFilter';
import { QueryView } from '../../../ui/QueryView';
import { Segmented } from '../../../ui/Segmented';
import { ALL_USAGE, describeSensitivity, leastOfSensitivity, sensitivityLevels, sensitivityTable } from '../model';
import { useSensitivities, useSensitivityPreview, useSetSensitivity } from '../queries';

type Level = (typeof sensitivityLevels)[number]['value'] | 'none';

/** How far a day must be off, for all usage or a scope, with what that would have found. */
export function SensitivityDialog({ onClose }: { onClose: () => void }) {
  const titleId = useId();
  const [scope, setScope] = useState<string | null>(null);
  const scopes = useScopes();
  const sensitivities = useSensitivities();
  const set = useSetSensitivity();
  const readOnly = useReadOnly();
  const name = scope ?? ALL_USAGE;
  const now = sensitivities.data?.find((one) => one.scope === name);
  const current: Level = sensitivityLevels.find(({ value }) => value === now?.level)?.value ?? 'none';
  const choices = [...(scope === null ? [] : [{ value: 'none' as const, label: 'As all usage' }]), ...sensitivityLevels].map((choice) => ({ ...choice, disabled: readOnly }));
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Sensitivity</DialogTitle>
      <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        <Typography sx={{ color: 'text.secondary' }}>How far the cost of a day must differ from what is expected to be an anomaly; in another currency than USD, by an amount of about the same size. A scope can have its own sensitivity, which applies to usage that is mostly in the scope.</Typography>
        <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
          <PartFilter label="Scope" all="All usage" value={scope} values={(scopes.data ?? []).map((one) => one.name)} labelOf={(value) => value} onChange={setScope} />
          <Segmented<Level> label="Sensitivity" value={current} choices={choices} onChange={(level) => set.mutate({ scope: name, level: level === 'none' ? '' : level, version: now?.version ?? 0 })} />
        </Box>
        {now?.problem !== undefined && now.problem !== '' && <Typography sx={{ color: 'error.main' }}>{now.problem}</Typography>}
        <Preview scope={name} />
        <ChangeConflict what={`the sensitivity of ${scope ?? 'all usage'}`} change={set} />
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Preview({ scope }: { scope: string }) {
  const preview = useSensitivityPreview(scope);
  return (
    <QueryView query={preview} what="the preview" errorTitle="The preview could not be made" skeleton={<Loading what="the preview"><Skeleton variant="rounded" height={164} /></Loading>}>
      {(list) => (
        <Box>
          <FigureTable label="Anomalies that each sensitivity would have found" head={['Sensitivity', 'A day differs by more than', 'Anomalies']} rows={list.map(({ level, anomalies }) => ({ key: level, cells: [describeSensitivity(level), leastOfSensitivity(level), formatCount(anomalies.length)] }))} />
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mt: 1 }}>
            <Typography sx={{ color: 'text.secondary', mr: 'auto' }}>{list[0] && `Anomalies found in the 90 days ${formatRange(list[0].from, list[0].to)}.`}</Typography>
            <ExportTable of="anomalies by sensitivity" table={() => sensitivityTable(list)} />
          </Box>
        </Box>
      )}
    </QueryView>
  );
}
