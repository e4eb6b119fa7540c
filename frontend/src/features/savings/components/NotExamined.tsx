import ExpandMoreIcon from '@mui/icons-material/ExpandMore';
import Accordion from '@mui/material/Accordion';
import AccordionDetails from '@mui/material/AccordionDetails';
import AccordionSummary from '@mui/material/AccordionSummary';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { formatCounted } from '../../../lib/money';
import { useExportTable } from '../../../parts/useExportTable';
import type { SavingsNotExamined } from '../../../lib/wire';
import { ExportMenu } from '../../../ui/ExportMenu';
import { describeNotExamined, groupNotExamined, notExaminedTable } from '../model';

/** The checks that could not be examined, with the reasons: they found nothing, which is not the same as nothing to find. */
export function NotExamined({ list }: { list: SavingsNotExamined[] }) {
  const exportTable = useExportTable();
  if (list.length === 0) return null;
  return (
    <Accordion disableGutters elevation={0} sx={{ border: 1, borderColor: 'divider', borderRadius: '10px', '&::before': { display: 'none' } }}>
      <AccordionSummary expandIcon={<ExpandMoreIcon />}>{describeNotExamined(list)}</AccordionSummary>
      <AccordionDetails>
        <Box sx={{ display: 'flex', justifyContent: 'flex-end' }}>
          <ExportMenu label="Export checks that could not be examined" pending={exportTable.isPending} onExport={(format) => exportTable.mutate({ name: 'savings-not-examined', table: notExaminedTable(list), format })} />
        </Box>
        <Box component="ul" aria-label="Why checks could not be examined" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1.5 }}>
          {groupNotExamined(list).map(({ provider, reason, rules }) => (
            <li key={`${provider} ${reason}`}>
              <Typography sx={{ overflowWrap: 'anywhere' }}>{reason}</Typography>
              <Typography sx={{ color: 'text.secondary' }}>
                {provider}, {formatCounted(rules.length, 'check')}: {rules.join(', ')}
              </Typography>
            </li>
          ))}
        </Box>
      </AccordionDetails>
    </Accordion>
  );
}
