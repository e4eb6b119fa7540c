import ExpandMoreIcon from '@mui/icons-material/ExpandMore';
import Accordion from '@mui/material/Accordion';
import AccordionDetails from '@mui/material/AccordionDetails';
import AccordionSummary from '@mui/material/AccordionSummary';
import Box from '@mui/material/Box';

import type { NotExaminedInfo } from '../../../lib/wire';
import { describeNotExamined } from '../model';

/** The checks that could not be examined, with the reasons: they found nothing, which is not the same as nothing to find. */
export function NotExamined({ list }: { list: NotExaminedInfo[] }) {
  if (list.length === 0) return null;
  return (
    <Accordion disableGutters elevation={0} sx={{ border: 1, borderColor: 'divider', borderRadius: '10px', '&::before': { display: 'none' } }}>
      <AccordionSummary expandIcon={<ExpandMoreIcon />}>{describeNotExamined(list)}</AccordionSummary>
      <AccordionDetails>
        <Box component="dl" sx={{ m: 0, display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: 2, rowGap: 0.5, '& dd': { m: 0 } }}>
          {list.map(({ rule, provider, reasons }) => (
            <Box key={`${rule} ${provider}`} sx={{ display: 'contents' }}>
              <Box component="dt">
                {rule} · {provider}
              </Box>
              <dd>{reasons.join(' ')}</dd>
            </Box>
          ))}
        </Box>
      </AccordionDetails>
    </Accordion>
  );
}
