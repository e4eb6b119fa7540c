import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';

import { ErrorActions } from './ErrorActions';
import { refOf } from './toast';

function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : 'Something went wrong.';
}

type ErrorPanelProps = {
  title?: string;
  error: unknown;
  onRetry?: () => void;
  /** It was written to the log without a reference. */
  logged?: boolean;
};

/** What went wrong in the words of the program, the way to its log, and a way to try again. */
export function ErrorPanel({ title = 'This could not be shown', error, onRetry, logged = false }: ErrorPanelProps) {
  const reference = refOf(error);
  return (
    <Box role="alert" sx={{ display: 'flex', flexDirection: 'column', gap: 0.5, alignItems: 'flex-start', py: 2 }}>
      <Typography sx={{ fontWeight: 600, color: 'error.main' }}>{title}</Typography>
      <Typography sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>{messageOf(error)}</Typography>
      {reference !== '' && (
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          The log has the cause under reference {reference}.
        </Typography>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1 }}>
        {onRetry && (
          <Button variant="outlined" onClick={onRetry}>
            Try again
          </Button>
        )}
        {(reference !== '' || logged) && <ErrorActions reference={reference} />}
      </Box>
    </Box>
  );
}
