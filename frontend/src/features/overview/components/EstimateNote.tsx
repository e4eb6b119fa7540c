import Typography from '@mui/material/Typography';

import { toAppError } from '../../../bridge/errors';
import { Hatched } from '../../../ui/Hatched';
import { describeEstimate } from '../estimate';
import type { useEstimate } from '../queries';

/** What the hatched part of the chart is, and how sure that is. */
export function EstimateNote({ estimate: { data, error } }: { estimate: ReturnType<typeof useEstimate> }) {
  const lines = error ? [`The estimate could not be made: ${toAppError(error).message}`] : data ? describeEstimate(data) : ['Estimating…'];
  return (
    <Typography variant="body2" role="status" sx={{ mt: 1, color: 'text.secondary', whiteSpace: 'pre-line' }}>
      <Hatched />
      {lines.join('\n')}
    </Typography>
  );
}
