import FolderOutlined from '@mui/icons-material/FolderOutlined';
import UploadFileOutlined from '@mui/icons-material/UploadFileOutlined';
import Button from '@mui/material/Button';

import { useChoosePaths } from '../queries';

/** Choose files, or a whole folder. */
export function ChooseButtons() {
  const choose = useChoosePaths();
  return (
    <>
      <Button variant="outlined" startIcon={<FolderOutlined />} disabled={choose.isPending} onClick={() => choose.mutate('folder')}>
        Import a folder
      </Button>
      <Button variant="contained" startIcon={<UploadFileOutlined />} disabled={choose.isPending} onClick={() => choose.mutate('files')}>
        Import files
      </Button>
    </>
  );
}
