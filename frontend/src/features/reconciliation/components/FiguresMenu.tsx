import UploadFileOutlined from '@mui/icons-material/UploadFileOutlined';
import Button from '@mui/material/Button';
import { useState } from 'react';

import { formatCounted } from '../../../lib/money';
import type { FiguresImport } from '../../../lib/wire';
import { useToast } from '../../../ui/toast';
import { type Decimal, useChooseFigures, useImportFigures, useSaveTemplate } from '../queries';
import { FiguresRefusedDialog } from './FiguresRefusedDialog';
import { ReplacedFiguresDialog } from './ReplacedFiguresDialog';

function describeImport({ added, same, replaced, leftOut, decimal }: FiguresImport): string {
  const parts = [formatCounted(added, 'new figure'), `${formatCounted(replaced.length, 'figure')} replaced`, `${formatCounted(same, 'figure')} as before`];
  if (leftOut > 0) parts.push(`${formatCounted(leftOut, 'line')} without amounts left out`);
  return `${parts.join(', ')}. Amounts were read with a decimal ${decimal}.`;
}

/** Figures from a file, and the file to fill in. */
export function FiguresMenu() {
  const choose = useChooseFigures();
  const imports = useImportFigures();
  const template = useSaveTemplate();
  const toast = useToast();
  const [done, setDone] = useState<FiguresImport | null>(null);

  const read = (path: string, decimal: Decimal) =>
    imports.mutate(
      { path, decimal },
      {
        onSuccess: (result) => {
          if (result.replaced.length > 0) setDone(result);
          else toast({ text: describeImport(result) });
        },
      },
    );
  const handleChoose = () =>
    choose.mutate(undefined, {
      onSuccess: (path) => {
        if (path !== '') read(path, 'auto');
      },
    });

  return (
    <>
      <Button variant="outlined" loading={template.isPending} onClick={() => template.mutate(undefined)}>
        Save a template
      </Button>
      <Button variant="outlined" startIcon={<UploadFileOutlined />} loading={choose.isPending || imports.isPending} onClick={handleChoose}>
        Import CSV
      </Button>
      {imports.error && (
        <FiguresRefusedDialog message={imports.error.message} onRead={(decimal) => read(imports.variables.path, decimal)} onClose={() => imports.reset()} />
      )}
      {done && <ReplacedFiguresDialog done={done} text={describeImport(done)} onClose={() => setDone(null)} />}
    </>
  );
}
