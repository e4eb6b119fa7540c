import Button from '@mui/material/Button';
import { useNavigate } from 'react-router';

import { fileName } from '../../../lib/fileName';

/** The way on for a file that was left out although it is a table. */
export function SkippedActions({ path, paths }: { path: string; paths: string[] }) {
  const navigate = useNavigate();
  return (
    <Button variant="outlined" aria-label={`Map the columns of ${fileName(path)}`} sx={{ mt: 0.75 }} onClick={() => void navigate(`/imports/map?path=${encodeURIComponent(path)}`, { state: { paths } })}>
      Map its columns
    </Button>
  );
}
