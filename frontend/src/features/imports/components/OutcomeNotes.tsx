import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { formatCount } from '../../../lib/money';
import { type Note } from '../outcome';

/** A folder of daily files may give one for each. */
const NOTES_AT_ONCE = 8;

/** What is worth knowing of the files of an import, a line each. */
export function OutcomeNotes({ notes }: { notes: Note[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? notes : notes.slice(0, NOTES_AT_ONCE);
  return (
    <>
      {shown.map(({ files, name, text, warns }) => (
        <Typography key={text} title={files.join('\n')} sx={{ overflowWrap: 'anywhere', color: warns ? 'tone.warm' : undefined }}>
          <bdi>{name}</bdi>: {text}
        </Typography>
      ))}
      {notes.length > NOTES_AT_ONCE && (
        <Box>
          <Link component="button" aria-expanded={all} onClick={() => setAll(!all)} sx={{ fontSize: 'inherit' }}>
            {all ? 'Show fewer' : `Show ${formatCount(notes.length - NOTES_AT_ONCE)} more`}
          </Link>
        </Box>
      )}
    </>
  );
}
