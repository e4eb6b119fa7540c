import UploadFileOutlined from '@mui/icons-material/UploadFileOutlined';
import Button from '@mui/material/Button';
import { useLocation, useNavigate } from 'react-router';

import { droppedFigures } from '../../../parts/invoiceFiles';
import { useChooseFigures, useSaveTemplate } from '../queries';
import { FiguresPreviewDialog } from './FiguresPreviewDialog';

/** Invoice amounts from a file, and the file to fill in. A file that was dropped on the page comes with its address. */
export function FiguresMenu() {
  const choose = useChooseFigures();
  const template = useSaveTemplate();
  const location = useLocation();
  const navigate = useNavigate();
  const path = droppedFigures(location.state);
  const show = (file: string | null) => void navigate({ pathname: location.pathname, search: location.search }, { state: file === null ? null : { figures: file }, replace: true });
  const handleChoose = () =>
    choose.mutate(undefined, {
      onSuccess: (chosen) => {
        if (chosen !== '') show(chosen);
      },
    });

  return (
    <>
      <Button variant="outlined" loading={template.isPending} onClick={() => template.mutate(undefined)}>
        Save a template
      </Button>
      <Button variant="outlined" startIcon={<UploadFileOutlined />} loading={choose.isPending} onClick={handleChoose}>
        Import CSV
      </Button>
      {path !== '' && <FiguresPreviewDialog key={path} path={path} onClose={() => show(null)} />}
    </>
  );
}
