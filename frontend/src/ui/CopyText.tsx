import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';

import { useToast } from './toast';

/** A text that is copied with one click; nothing where it is empty. Code is shown as code, and a sentence, which ends with a full stop, as one. */
export function CopyText({ label, text }: { label: string; text: string }) {
  const toast = useToast();
  const copy = () => void navigator.clipboard.writeText(text).then(() => toast({ text: `${label} copied.` }), () => toast({ text: 'The text could not be copied.', tone: 'error' }));
  if (text === '') return null;
  return (
    <Box sx={{ mt: 1 }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Typography sx={{ color: 'text.secondary', fontSize: '0.78125rem' }}>{label}</Typography>
        <Button size="small" variant="text" aria-label={`Copy ${label}`} onClick={copy}>
          Copy
        </Button>
      </Box>
      {text.endsWith('.') ? (
        <Typography>{text}</Typography>
      ) : (
        <Box component="pre" tabIndex={0} sx={{ m: 0, p: 1.25, bgcolor: 'tone.line2', borderRadius: '6px', fontSize: '0.75rem', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {text}
        </Box>
      )}
    </Box>
  );
}
