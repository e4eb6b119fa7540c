import Button from '@mui/material/Button';
import { useNavigate } from 'react-router';

import { fileName } from '../../../lib/fileName';
import { type FlowState } from '../model';

/** The way on for a file that was left out although it is a table. */
export function SkippedActions({ path, flow }: { path: string; flow: FlowState }) {
  const navigate = useNavigate();
  return (
    <Button variant="outlined" aria-label={`Map the columns of ${fileName(path)}`} sx={{ mt: 0.75 }} onClick={() => void navigate(`/imports/map?path=${encodeURIComponent(path)}`, { state: flow })}>
      Map its columns
    </Button>
  );
}
