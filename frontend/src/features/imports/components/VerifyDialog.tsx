import CheckCircleOutlined from '@mui/icons-material/CheckCircleOutlined';
import ErrorOutlined from '@mui/icons-material/ErrorOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useId } from 'react';

import { formatDuration } from '../../../lib/days';
import { formatCount } from '../../../lib/money';
import { ErrorPanel } from '../../../ui/ErrorPanel';
import { groupChecks, shownChecks } from '../model';
import { type useVerify } from '../queries';

function CheckGroup({ group }: { group: ReturnType<typeof groupChecks>[number] }) {
  const { checks, more } = shownChecks(group);
  return (
    <Box component="li" sx={{ display: 'flex', gap: 1.25, py: 1, borderBottom: 1, borderColor: 'tone.line2', '&:last-child': { borderBottom: 0 } }}>
      {group.ok ? <CheckCircleOutlined titleAccess="OK" sx={{ color: 'tone.cool', fontSize: 19 }} /> : <ErrorOutlined titleAccess="Failed" sx={{ color: 'error.main', fontSize: 19 }} />}
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <Typography sx={{ fontWeight: 570 }}>{group.name}</Typography>
        {checks.map((check) => (
          <Typography key={check.detail} sx={{ color: check.ok ? 'text.secondary' : 'error.main' }}>
            {check.detail}
          </Typography>
        ))}
        {more > 0 && <Typography sx={{ color: 'text.secondary' }}>{`${formatCount(more)} more agree`}</Typography>}
      </Box>
    </Box>
  );
}

/** Checks the whole workspace and reports what agrees and what does not. */
export function VerifyDialog({ verify, onClose }: { verify: ReturnType<typeof useVerify>; onClose: () => void }) {
  const report = verify.data;
  const titleId = useId();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Verify totals</DialogTitle>
      <DialogContent tabIndex={0} role="group" aria-label="Results">
        <Typography sx={{ color: 'text.secondary', mb: 1 }}>
          Reads every line again and compares the sums with the control totals of the imports and with the totals that the pages show.
        </Typography>
        {verify.isPending && <LinearProgress aria-label="Verifying" sx={{ my: 2 }} />}
        {verify.error && <ErrorPanel title="The totals could not be verified" error={verify.error} />}
        {report && (
          <Box role="status">
            <Typography sx={{ fontWeight: 620, color: report.ok ? 'tone.cool' : 'error.main' }}>
              {report.ok ? 'All totals agree.' : 'Some totals do not agree. Do not rely on them: undo the named imports and import their files again.'}
            </Typography>
            <Typography variant="body2" sx={{ color: 'text.secondary' }}>
              Took {formatDuration(report.durationMs / 1000)}
            </Typography>
          </Box>
        )}
        {report && (
          <Box component="ul" sx={{ listStyle: 'none', p: 0, mt: 1, mb: 0 }}>
            {groupChecks(report.checks).map((group) => (
              <CheckGroup key={group.name} group={group} />
            ))}
          </Box>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
        <Button variant="contained" loading={verify.isPending} onClick={() => verify.mutate()}>
          Verify again
        </Button>
      </DialogActions>
    </Dialog>
  );
}
