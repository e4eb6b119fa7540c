import ExpandMore from '@mui/icons-material/ExpandMore';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import { useId, useState } from 'react';

import { describeCurrency, formatBytes, formatCount, formatCounted } from '../../../lib/money';
import type { PlannedFile } from '../../../lib/wire';
import { ExportTable } from '../../../parts/ExportTable';
import { Money } from '../../../ui/Money';
import { Pill, type PillTone } from '../../../ui/Pill';
import { describeMonths } from '../model';
import { canImport, describeFileLines, describeTrouble, sampleTable, type Verdict } from '../preview';
import { FileFacts } from './FileFacts';
import { SampleTable } from './SampleTable';

type PlannedFileCardProps = { file: PlannedFile; name: string; verdict: Verdict; startsOpen: boolean; onLeave: (left: boolean) => void };

const pills: Partial<Record<Verdict, [tone: PillTone, text: string]>> = {
  damaged: ['bad', 'Damaged, left out'],
  asked: ['bad', 'Overlaps'],
  same: ['plain', 'Same as another file'],
  known: ['plain', 'Already imported'],
  left: ['plain', 'Left out'],
};

/** One file: what it was recognised as, what it costs and its first lines; it can be left out. */
export function PlannedFileCard({ file, name, verdict, startsOpen, onLeave }: PlannedFileCardProps) {
  const [open, setOpen] = useState(startsOpen);
  const titleId = useId();
  const pill = pills[verdict];
  const facts = [file.formatName, file.providers.join(', '), describeMonths(file.billingPeriods), verdict === 'damaged' ? '' : describeFileLines(file), formatBytes(file.sizeBytes)];

  return (
    <Box component="section" aria-labelledby={titleId} sx={{ bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', overflow: 'hidden', flex: 'none' }}>
      <Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', columnGap: 1.25, rowGap: 0.5, pl: 1, pr: 2.25, py: 1 }}>
        <Checkbox size="small" disabled={!canImport(file)} checked={canImport(file) && verdict !== 'left'} onChange={(event) => onLeave(!event.target.checked)} slotProps={{ input: { 'aria-label': `Import ${name}` } }} />
        <Box sx={{ minWidth: 0, flex: '1 1 240px', color: verdict === 'left' ? 'text.secondary' : undefined }}>
          <Box component="h2" id={titleId} title={file.path} sx={{ typography: 'h2', m: 0, overflowWrap: 'anywhere' }}>
            <bdi>{name}</bdi>
          </Box>
          <Box sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>{facts.filter((fact) => fact !== '').join(' · ')}</Box>
        </Box>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, ml: 'auto', alignItems: 'center', justifyContent: 'flex-end' }}>
          {file.costs.map(({ currency, billed }) => (
            <Box component="span" key={currency} sx={{ fontWeight: 570, whiteSpace: 'nowrap' }}>
              <Money amount={billed} currency={currency} /> {describeCurrency(currency)}
            </Box>
          ))}
          {pill && <Pill tone={pill[0]}>{pill[1]}</Pill>}
          {file.rejects > 0 && <Pill tone="bad">{formatCount(file.rejects)} skipped</Pill>}
          {file.warnings.length > 0 && <Pill tone="bad">{formatCounted(file.warnings.length, 'warning')}</Pill>}
          <Button aria-expanded={open} aria-label={`${open ? 'Hide' : 'Show'} the details of ${name}`} endIcon={<ExpandMore sx={{ transform: open ? 'rotate(180deg)' : 'none' }} />} onClick={() => setOpen(!open)}>
            {open ? 'Hide' : 'Show'}
          </Button>
        </Box>
      </Box>
      {file.trouble !== '' && (
        <Alert severity="error" role="note" sx={{ mx: 2.25, mb: 1.25 }}>
          <bdi>{describeTrouble(file, name)}</bdi>
        </Alert>
      )}
      {open && (
        <>
          {file.warnings.map((warning) => (
            <Alert key={warning} severity="warning" role="note" sx={{ mx: 2.25, mb: 1 }}>
              {warning}
            </Alert>
          ))}
          <FileFacts file={file} />
          <Box sx={{ display: 'flex', justifyContent: 'flex-end', px: 1 }}>
            <ExportTable of="first lines" table={() => sampleTable(file)} />
          </Box>
          <SampleTable file={file} />
        </>
      )}
    </Box>
  );
}
