import Button from '@mui/material/Button';
import { useState } from 'react';

import { fileNames } from '../../../lib/fileName';
import { formatCounted } from '../../../lib/money';
import { type PreviewRow } from '../preview';
import { PlannedFileCard } from './PlannedFileCard';

type FileListProps = { rows: PreviewRow[]; onLeave: (path: string, left: boolean) => void };

/** Of more files than these each is one line until it is opened. */
const OPEN_AT_ONCE = 2;

/** A folder of daily files may have hundreds; the first ones are those that need attention. */
const FILES_AT_ONCE = 12;

/** The files of a preview, worst first. */
export function FileList({ rows, onLeave }: FileListProps) {
  const [all, setAll] = useState(false);
  const nameOf = fileNames(rows.map(({ file }) => file.path));
  const shown = all ? rows : rows.slice(0, FILES_AT_ONCE);
  return (
    <>
      {shown.map(({ file, verdict }) => (
        <PlannedFileCard key={file.path} file={file} name={nameOf(file.path)} verdict={verdict} startsOpen={rows.length <= OPEN_AT_ONCE && verdict !== 'damaged'} onLeave={(left) => onLeave(file.path, left)} />
      ))}
      {rows.length > FILES_AT_ONCE && (
        <div>
          <Button variant="outlined" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show fewer files' : `Show ${formatCounted(rows.length - FILES_AT_ONCE, 'more file')}`}
          </Button>
        </div>
      )}
    </>
  );
}
