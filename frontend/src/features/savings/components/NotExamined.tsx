import ExpandMoreIcon from '@mui/icons-material/ExpandMore';
import Accordion from '@mui/material/Accordion';
import AccordionDetails from '@mui/material/AccordionDetails';
import AccordionSummary from '@mui/material/AccordionSummary';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { formatCounted } from '../../../lib/money';
import type { SavingsNotExamined } from '../../../lib/wire';
import { describeNotExamined, groupNotExamined } from '../model';

/** The checks that could not be examined, with the reasons: they found nothing, which is not the same as nothing to find. */
export function NotExamined({ list }: { list: SavingsNotExamined[] }) {
  if (list.length === 0) return null;
  return (
    <Accordion disableGutters elevation={0} sx={{ border: 1, borderColor: 'divider', borderRadius: '10px', '&::before': { display: 'none' } }}>
      <AccordionSummary expandIcon={<ExpandMoreIcon />}>{describeNotExamined(list)}</AccordionSummary>
      <AccordionDetails>
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
