import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';

function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : 'Something went wrong.';
}

function refOf(error: unknown): string {
  return error instanceof Error && 'ref' in error && typeof error.ref === 'string' ? error.ref : '';
}

/** What went wrong in the words of the program, the reference to its log, and a way to try again. */
export function ErrorPanel({ title = 'This could not be shown', error, onRetry }: { title?: string; error: unknown; onRetry?: () => void }) {
  const ref = refOf(error);
  return (
    <Box role="alert" sx={{ display: 'flex', flexDirection: 'column', gap: 0.5, alignItems: 'flex-start', py: 2 }}>
      <Typography sx={{ fontWeight: 600, color: 'error.main' }}>{title}</Typography>
      <Typography sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>{messageOf(error)}</Typography>
      {ref !== '' && (
        <Typography variant="body2" sx={{ color: 'text.disabled' }}>
          Reference {ref} in the log
        </Typography>
      )}
      {onRetry && (
        <Button variant="outlined" onClick={onRetry} sx={{ mt: 1 }}>
          Try again
        </Button>
      )}
    </Box>
  );
}
