import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { formatDay, formatInstant } from '../../../lib/days';
import type { ProgressInfo } from '../../../lib/wire';
import { decisions } from '../progress';

/** What a person decided about a finding, with who and when. */
export function Decided({ progress }: { progress: ProgressInfo }) {
  const day = (text: string) => (text === '' ? '' : formatDay(text));
  const facts = [
    ['Reason', progress.reason],
    ['Until', day(progress.until)],
    ['Owner', progress.owner],
    ['Due', day(progress.due)],
    ['Done on', day(progress.doneOn)],
    ['Note', progress.note],
  ].filter(([, value]) => value !== '');
  return (
    <>
      <Typography>
        {decisions.find(({ value }) => value === progress.state)?.label}, {formatInstant(progress.changedAt)} by {progress.changedBy}
      </Typography>
      {facts.length > 0 && (
        <Box component="dl" sx={{ m: 0, mt: 0.5, display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: 2, rowGap: 0.25, '& dt': { color: 'text.secondary' }, '& dd': { m: 0, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } }}>
          {facts.map(([name, value]) => (
            <Box key={name} sx={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </Box>
          ))}
        </Box>
      )}
    </>
  );
}
