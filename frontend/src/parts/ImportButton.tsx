import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Link } from 'react-router';

import { useReadOnly } from '../bridge/queries';
import { errorToast, useToast } from '../ui/toast';
import { useImportFiles } from './useImportFiles';

/** Leads from an empty page to the bills of the client: to their files, or to where they come from by themselves. */
export function ImportButton() {
  const importFiles = useImportFiles();
  const readOnly = useReadOnly();
  const toast = useToast();
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'center', gap: 1 }}>
      <Button variant="contained" disabled={readOnly} onClick={() => void importFiles().catch((error: Error) => toast(errorToast(error)))}>
        Import billing files
      </Button>
      <Button variant="outlined" component={Link} to="/sources">
        Connect a cloud account
      </Button>
    </Box>
  );
}
