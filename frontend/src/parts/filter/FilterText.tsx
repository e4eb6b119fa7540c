import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId } from 'react';

import type { FilterProblem } from '../../lib/wire';

type FilterTextProps = { text: string; problem: FilterProblem | null; onChange: (text: string) => void };

const mono = 'ui-monospace, "SF Mono", Consolas, "DejaVu Sans Mono", monospace';

/** A filter as text, with what is wrong with it and where. */
export function FilterText({ text, problem, onChange }: FilterTextProps) {
  const hintId = useId();
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 1 }}>
      <TextField
        multiline
        autoFocus
        minRows={4}
        maxRows={12}
        value={text}
        error={problem !== null}
        placeholder={'Provider = "AWS" and (Tags/env in ("prod", "stage") or Tags/env is empty)'}
        onChange={(event) => onChange(event.target.value)}
        slotProps={{ htmlInput: { 'aria-label': 'Filter as text', 'aria-describedby': hintId, spellCheck: false, style: { fontFamily: mono } } }}
      />
      <Box id={hintId} aria-live="polite">
        {problem ? (
          <Problem text={text} problem={problem} onChange={onChange} />
        ) : (
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            The same text works on the command line after --where.
          </Typography>
        )}
      </Box>
    </Box>
  );
}

/** How much of the text is shown on each side of the place. */
const AROUND = 60;

function Problem({ text, problem: { message, offset, length, suggestion }, onChange }: { text: string; problem: FilterProblem; onChange: (text: string) => void }) {
  const end = offset + length;
  const before = text.slice(Math.max(0, offset - AROUND), offset);
  const after = text.slice(end, end + AROUND);
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 0.75, alignItems: 'flex-start' }}>
      <Typography sx={{ color: 'error.main' }}>{message}</Typography>
      <Box component="code" sx={{ fontFamily: mono, fontSize: '0.75rem', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', color: 'text.secondary' }}>
        {before}
        <Box component="mark" sx={{ bgcolor: 'tone.warmBg', color: 'error.main', textDecoration: 'underline wavy', textUnderlineOffset: '3px' }}>
          {text.slice(offset, end) || '▁'}
        </Box>
        {after}
      </Box>
      {suggestion !== '' && (
        <Button variant="outlined" onClick={() => onChange(text.slice(0, offset) + suggestion + text.slice(end))}>
          Write {suggestion}
        </Button>
      )}
    </Box>
  );
}
