import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useId } from 'react';

import { describeStart } from '../../../lib/instants';
import { formatMoney } from '../../../lib/money';
import { deltaOf } from '../../../lib/percent';
import type { MadeInfo } from '../../../lib/wire';
import { FigureTable } from '../../../ui/FigureTable';
import { QueryView } from '../../../ui/QueryView';
import { providerName } from '../model/result';
import { useChanges } from '../queries';

const describeMade = (made: MadeInfo) => `${describeStart(made.madeAt)} (price tables ${made.priceBook})`;

/** How the newest result differs from the one before, line by line. */
export function ChangesDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const titleId = useId();
  const changes = useChanges(name, true);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="lg" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>What changed since the result before</DialogTitle>
      <DialogContent>
        <QueryView query={changes} what="the changes" skeleton={<Skeleton variant="rounded" height={240} />}>
          {({ before, after, lines }) => (
            <>
              <Typography sx={{ color: 'text.secondary', mb: 1 }}>
                {describeMade(before)} compared with {describeMade(after)}
              </Typography>
              {lines.length === 0 ? (
                <Typography>No line differs.</Typography>
              ) : (
                <FigureTable
                  label="Lines that differ"
                  head={['Workload', 'Provider', 'Target before', 'Target', 'Monthly before, USD', 'Monthly, USD', 'Change, USD']}
                  rows={lines.map((line) => {
                    const delta = deltaOf(line.monthlyAfter, line.monthlyBefore);
                    return {
                      key: `${line.provider} ${line.name}`,
                      cells: [line.name, providerName(line.provider), line.targetBefore ?? '–', line.targetAfter ?? '–', formatMoney(line.monthlyBefore, 'USD'), formatMoney(line.monthlyAfter, 'USD'), delta ? formatMoney(delta.amount, 'USD', { signed: true }) : '–'],
                    };
                  })}
                />
              )}
            </>
          )}
        </QueryView>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  );
}
