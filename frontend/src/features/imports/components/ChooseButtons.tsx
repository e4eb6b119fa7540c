import FolderOutlined from '@mui/icons-material/FolderOutlined';
import UploadFileOutlined from '@mui/icons-material/UploadFileOutlined';
import Button from '@mui/material/Button';

import { useReadOnly } from '../../../bridge/queries';
import { useChoosePaths } from '../queries';

/** Choose files, or a whole folder. */
export function ChooseButtons() {
  const choose = useChoosePaths();
  const readOnly = useReadOnly();
  return (
    <>
      <Button variant="outlined" startIcon={<FolderOutlined />} disabled={readOnly || choose.isPending} onClick={() => choose.mutate('folder')}>
        Import a folder
      </Button>
      <Button variant="contained" startIcon={<UploadFileOutlined />} disabled={readOnly || choose.isPending} onClick={() => choose.mutate('files')}>
        Import files
      </Button>
    </>
  );
}
