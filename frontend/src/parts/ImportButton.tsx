import Button from '@mui/material/Button';

import { useReadOnly } from '../bridge/queries';
import { errorToast, useToast } from '../ui/toast';
import { useImportFiles } from './useImportFiles';

/** Leads from an empty page to the files of the client. */
export function ImportButton() {
  const importFiles = useImportFiles();
  const readOnly = useReadOnly();
  const toast = useToast();
  return (
    <Button variant="contained" disabled={readOnly} onClick={() => void importFiles().catch((error: Error) => toast(errorToast(error)))}>
      Import billing files
    </Button>
  );
}
