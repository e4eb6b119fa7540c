import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';

import { formatCounted } from '../../../lib/money';
import type { ImportOutcome } from '../../../lib/wire';
import { useAnswerImport } from '../queries';
import { ChangeCards } from './ChangeCards';
import { SamePanel } from './SamePanel';

type ReviewViewProps = { jobId: string; outcome: ImportOutcome; onCancel: () => void };

/** A newer export of bills of the workspace: what it would change, and the person's decision. */
export function ReviewView({ jobId, outcome, onCancel }: ReviewViewProps) {
  const answer = useAnswerImport(jobId);
  const { changes, sameBill: same, rejects } = outcome;

  return (
    <>
      <Box>
        <Typography variant="h2">{changes.length > 1 ? `This import replaces ${formatCounted(changes.length, 'bill')}` : 'This import replaces a bill'}</Typography>
        <Typography sx={{ color: 'text.secondary', mt: 0.25, maxWidth: 860 }}>
          Nothing is imported yet. Look at what the newer export changes, then replace the current bill or keep it. Replaced versions stay in the history of the bill, and you can undo the import.
        </Typography>
        {rejects > 0 && (
          <Typography sx={{ color: 'tone.warm', mt: 0.25 }}>
            {formatCounted(rejects, 'line')} of the newer files could not be read and would be excluded from totals.
          </Typography>
        )}
      </Box>
      <ChangeCards changes={changes} startsOpen />
      {same.length > 0 && <SamePanel same={same} />}
      <Box sx={{ position: 'sticky', bottom: 0, mt: 'auto', mx: -3, mb: -2.5, px: 3, py: 1.5, display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, bgcolor: 'background.paper', borderTop: 1, borderColor: 'divider', zIndex: 4 }}>
        <Typography sx={{ color: 'text.secondary' }}>You can leave this page; the list of imports leads back here.</Typography>
        <Box sx={{ ml: 'auto', display: 'flex', gap: 1, alignItems: 'center' }}>
          {answer.error && (
            <Typography role="alert" sx={{ color: 'error.main' }}>
              {answer.error.message}
            </Typography>
          )}
          <Button variant="outlined" onClick={onCancel}>
            Keep the current bill
          </Button>
          <Button variant="contained" loading={answer.isPending} onClick={() => answer.mutate([])}>
            Replace
          </Button>
        </Box>
      </Box>
    </>
  );
}
