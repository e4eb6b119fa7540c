import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { useState } from 'react';

import { fileNames } from '../../../lib/fileName';
import { formatCounted } from '../../../lib/money';

type VersionFilesProps = {
  files: string[];
  /** What the files are: "FOCUS CSV". */
  formats: string;
  /** Names the version to a screen reader: "import 4". */
  name: string;
};

/** Of more files than these the number is shown, and their names when asked for. */
const NAMES_AT_ONCE = 2;

/** The files of a version; a month may be made of one a day. */
export function VersionFiles({ files, formats, name }: VersionFilesProps) {
  const [open, setOpen] = useState(false);
  const nameOf = fileNames(files);
  const some = files.length > NAMES_AT_ONCE;
  return (
    <Box sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
      {some ? (
        <Link component="button" aria-expanded={open} aria-label={`${open ? 'Hide' : 'Show'} the ${formatCounted(files.length, 'file')} of ${name}`} onClick={() => setOpen(!open)} sx={{ fontSize: 'inherit', verticalAlign: 'baseline' }}>
          {formatCounted(files.length, 'file')}
        </Link>
      ) : (
        <bdi title={files.join('\n')}>{files.map(nameOf).join(', ')}</bdi>
      )}
      {formats === '' ? '' : ` · ${formats}`}
      {some && open && (
        <Box component="ul" aria-label={`Files of ${name}`} sx={{ listStyle: 'none', p: 0, m: 0, my: 0.5, maxHeight: 200, overflow: 'auto', columnWidth: 260, columnGap: 2 }} tabIndex={0}>
          {files.map((file) => (
            <li key={file} title={file}>
              <bdi>{nameOf(file)}</bdi>
            </li>
          ))}
        </Box>
      )}
    </Box>
  );
}
