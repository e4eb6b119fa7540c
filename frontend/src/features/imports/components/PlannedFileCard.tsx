import ExpandMore from '@mui/icons-material/ExpandMore';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useId, useState } from 'react';

import { formatFileFormat } from '../../../lib/fileFormat';
import { fileName } from '../../../lib/fileName';
import { formatBytes, formatCounted } from '../../../lib/money';
import type { PlannedFile } from '../../../lib/wire';
import { describeMonths } from '../model';
import { FileFacts } from './FileFacts';
import { Pill } from '../../../ui/Pill';
import { SampleTable } from './SampleTable';

/** One file: what it was recognised as, and its first lines. */
export function PlannedFileCard({ file, startsOpen }: { file: PlannedFile; startsOpen: boolean }) {
  const [open, setOpen] = useState(startsOpen);
  const titleId = useId();
  const name = fileName(file.path);
  const facts = [formatFileFormat(file.format, file.version), file.providers.join(', '), describeMonths(file.billingPeriods), `${file.estimatedLines === file.sampleLines ? '' : 'about '}${formatCounted(file.estimatedLines, 'line')}`, formatBytes(file.sizeBytes)];

  return (
    <Box component="section" aria-labelledby={titleId} sx={{ bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', overflow: 'hidden', flex: 'none' }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.25, px: 2.25, py: 1.25 }}>
        <Box sx={{ minWidth: 0 }}>
          <Box component="h2" id={titleId} title={file.path} sx={{ typography: 'h2', m: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
            <bdi>{name}</bdi>
          </Box>
          <Box sx={{ color: 'text.secondary', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>{facts.filter((fact) => fact !== '').join(' · ')}</Box>
        </Box>
        <Box sx={{ ml: 'auto', display: 'flex', gap: 1, alignItems: 'center', flex: 'none' }}>
          {file.status === 'known' && <Pill tone="plain">Already imported</Pill>}
          {file.warnings.length > 0 && <Pill tone="bad">{formatCounted(file.warnings.length, 'warning')}</Pill>}
          <Button aria-expanded={open} aria-label={`${open ? 'Hide' : 'Show'} the details of ${name}`} endIcon={<ExpandMore sx={{ transform: open ? 'rotate(180deg)' : 'none' }} />} onClick={() => setOpen(!open)}>
            {open ? 'Hide' : 'Show'}
          </Button>
        </Box>
      </Box>
      {open && (
        <>
          {file.warnings.map((warning) => (
            <Alert key={warning} severity="warning" sx={{ mx: 2.25, mb: 1 }}>
              {warning}
            </Alert>
          ))}
          <FileFacts file={file} />
          <SampleTable file={file} />
        </>
      )}
    </Box>
  );
}
