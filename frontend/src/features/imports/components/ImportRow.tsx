import ExpandMore from '@mui/icons-material/ExpandMore';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import Tooltip from '@mui/material/Tooltip';
import { useId, useState } from 'react';

import { useReadOnly } from '../../../bridge/queries';
import { formatDuration, formatInstant } from '../../../lib/days';
import { describeFiles } from '../../../lib/fileName';
import { formatCount } from '../../../lib/money';
import type { ImportedFile, ImportInfo } from '../../../lib/wire';
import { canUndo, describeStanding, stateLabels, describeFormat, describeMonths } from '../model';
import { ImportDetail } from './ImportDetail';
import { Pill, type PillTone } from '../../../ui/Pill';

const stateTones: Record<ImportInfo['state'], PillTone> = { active: 'good', partly_superseded: 'plain', superseded: 'plain', excluded: 'plain', undone: 'plain' };

/** One import and, when opened, what it brought. */
export function ImportRow({ info, onUndo, onRejects }: { info: ImportInfo; onUndo: (file: ImportedFile | null) => void; onRejects: () => void }) {
  const [open, setOpen] = useState(false);
  const readOnly = useReadOnly();
  const detailId = useId();
  const paths = info.files.map((file) => file.file);
  const standing = info.state === 'undone' ? '' : describeStanding(info).join(' ');
  const gone = info.state === 'undone' || info.state === 'superseded';

  return (
    <>
      <TableRow hover sx={{ '& > td': { borderBottom: open ? 0 : undefined, color: gone ? 'text.secondary' : undefined } }}>
        <TableCell sx={{ pr: 0 }}>
          <IconButton size="small" aria-label={`Detail of import ${info.importId}`} aria-expanded={open} aria-controls={open ? detailId : undefined} onClick={() => setOpen(!open)}>
            <ExpandMore sx={{ fontSize: 18, transform: open ? 'none' : 'rotate(-90deg)', transition: 'transform 120ms' }} />
          </IconButton>
        </TableCell>
        <TableCell title={paths.join('\n')} className="wraps" sx={{ minWidth: 130 }}>
          <Box component="bdi" sx={{ fontWeight: 570 }}>
            {describeFiles(paths)}
          </Box>
          <Box component="bdi" sx={{ display: 'block', color: 'text.secondary', fontSize: '0.75rem' }}>
            {info.providers.join(', ')}
          </Box>
        </TableCell>
        <TableCell sx={{ whiteSpace: 'normal', minWidth: 84 }}>{describeMonths(info.periods)}</TableCell>
        <TableCell className="folds1" title={info.format} sx={{ whiteSpace: 'normal' }}>{describeFormat(info)}</TableCell>
        <TableCell align="right">{formatCount(info.lines)}</TableCell>
        <TableCell align="right">
          {info.rejects > 0 ? (
            <Link component="button" onClick={onRejects} aria-label={`Show the ${formatCount(info.rejects)} skipped lines of import ${info.importId}`} sx={{ color: 'tone.warm', fontWeight: 600, verticalAlign: 'baseline', fontSize: 'inherit' }}>
              {formatCount(info.rejects)}
            </Link>
          ) : (
            '0'
          )}
        </TableCell>
        <TableCell className="folds1" align="right">{formatDuration(info.durationMs / 1000)}</TableCell>
        <TableCell className="folds2">
          {formatInstant(info.finishedAt)}
          {info.user !== '' && (
            <Box component="bdi" sx={{ display: 'block', color: 'text.secondary', fontSize: '0.75rem' }}>
              by {info.user}
            </Box>
          )}
        </TableCell>
        <TableCell>
          <Tooltip title={standing}>
            <Box component="span" tabIndex={standing === '' ? undefined : 0} sx={{ borderRadius: 5 }}>
              <Pill tone={stateTones[info.state]}>{stateLabels[info.state]}</Pill>
            </Box>
          </Tooltip>
        </TableCell>
        <TableCell align="right">
          {canUndo(info) && (
            <Button aria-label={`Undo import ${info.importId}`} disabled={readOnly} onClick={() => onUndo(null)}>
              Undo
            </Button>
          )}
        </TableCell>
      </TableRow>
      {open && (
        <TableRow>
          <TableCell />
          <TableCell colSpan={9} id={detailId} sx={{ pb: 2, whiteSpace: 'normal' }}>
            <ImportDetail info={info} onUndoFile={onUndo} />
          </TableCell>
        </TableRow>
      )}
    </>
  );
}
