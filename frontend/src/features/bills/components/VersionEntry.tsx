import ExpandMore from '@mui/icons-material/ExpandMore';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';

import { billOf } from '../../../lib/bill';
import { formatInstant, formatRange } from '../../../lib/days';
import { formatExport } from '../../../lib/fileFormat';
import { formatCounted } from '../../../lib/money';
import type { BillInfo, BillVersion } from '../../../lib/wire';
import { Pill } from '../../../ui/Pill';
import { predecessorOf } from '../model';
import { ChangesPanel } from './ChangesPanel';
import { TotalsGrid } from './TotalsGrid';
import { VersionFiles } from './VersionFiles';

type VersionEntryProps = {
  info: BillInfo;
  version: BillVersion;
  last: boolean;
  /** Whether its changes are to be seen. */
  shown: boolean;
  onShow: (importId: number) => void;
};

function Mark({ counted, last }: { counted: boolean; last: boolean }) {
  return (
    <Box aria-hidden sx={{ position: 'relative', width: 14, flex: 'none', '&::after': last ? undefined : { content: '""', position: 'absolute', left: '6.5px', top: 22, bottom: -8, width: '1px', bgcolor: 'divider' } }}>
      <Box sx={{ position: 'absolute', left: '2px', top: 8, width: 10, height: 10, borderRadius: '50%', bgcolor: counted ? 'tone.cool' : 'background.paper', border: '1.5px solid', borderColor: counted ? 'tone.cool' : 'text.disabled' }} />
    </Box>
  );
}

/** One version of a bill in its history: when, from which files, its totals and what became of it. */
export function VersionEntry({ info, version, last, shown, onShow }: VersionEntryProps) {
  const before = predecessorOf(info, version);
  const counted = version.state === 'counted';
  const formats = version.formatNames.join(', ');
  const open = shown && before !== null;
  const name = `import ${version.importId}`;
  return (
    <Box component="li" sx={{ display: 'flex', gap: 1.5, py: 1 }}>
      <Mark counted={counted} last={last} />
      <Box sx={{ flex: 1, minWidth: 0, color: version.state === 'undone' || version.state === 'replaced' ? 'text.secondary' : undefined }}>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 1.25, rowGap: 0.5, minHeight: 26 }}>
          <Typography component="span" sx={{ fontWeight: 600 }}>
            {formatExport(version.export, version.part)}
          </Typography>
          <Pill tone={counted ? 'good' : 'plain'}>{version.stateTitle}</Pill>
          <Box sx={{ ml: 'auto', display: 'flex', gap: 1 }}>
            {before && (
              <Button aria-expanded={open} aria-label={`What changed with ${name}`} endIcon={<ExpandMore sx={{ transform: open ? 'rotate(180deg)' : 'none' }} />} onClick={() => onShow(open ? 0 : version.importId)}>
                What changed
              </Button>
            )}
          </Box>
        </Box>
        <Typography sx={{ color: 'text.secondary' }}>
          Import {version.importId}, {formatInstant(version.importedAt)}
          {version.user !== '' && (
            <>
              {' by '}
              <bdi>{version.user}</bdi>
            </>
          )}
          {' · '}
          {formatCounted(version.lines, 'line')}, {formatRange(version.firstDay, version.lastDay)}
        </Typography>
        <VersionFiles files={version.files} formats={formats} name={name} />
        {/* Of a single version they are those of the bill, above. */}
        {info.versions.length > 1 && <TotalsGrid label={`Totals of ${name}`} totals={version.totals} />}
        {open && <ChangesPanel bill={billOf(info)} before={before.importId} now={version.importId} />}
      </Box>
    </Box>
  );
}
