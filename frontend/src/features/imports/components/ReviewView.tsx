import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';

import { formatCounted } from '../../../lib/money';
import type { ImportOutcome } from '../../../lib/wire';
import { type FlowState } from '../model';
import { useForgetFlow, useStartImport } from '../queries';
import { ChangeCards } from './ChangeCards';
import { SamePanel } from './SamePanel';

type ReviewViewProps = { jobId: string; outcome: ImportOutcome; flow: FlowState; onLeave: () => void };

/** A newer export of bills of the workspace: what it would change, and the person's decision. */
export function ReviewView({ jobId, outcome, flow, onLeave }: ReviewViewProps) {
  const start = useStartImport(flow, jobId);
  const forget = useForgetFlow();
  const { changes, same, rejects } = outcome;
  const known = flow.planId !== '';
  const handleKeep = () => {
    forget(jobId);
    onLeave();
  };
  const handleReplace = () => start.mutate({ planId: flow.planId, options: { strict: flow.strict, answers: flow.answers, look: false } });

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
        <Typography sx={{ color: 'text.secondary' }}>{known ? 'You can leave this page; the list of imports leads back here.' : 'The preview of these files is gone. Choose the files again to replace the bill.'}</Typography>
        <Box sx={{ ml: 'auto', display: 'flex', gap: 1, alignItems: 'center' }}>
          {start.error && (
            <Typography role="alert" sx={{ color: 'error.main' }}>
              {start.error.message}
            </Typography>
          )}
          <Button variant="outlined" onClick={handleKeep}>
            Keep the current bill
          </Button>
          <Button variant="contained" disabled={!known} loading={start.isPending} onClick={handleReplace}>
            Replace
          </Button>
        </Box>
      </Box>
    </>
  );
}
