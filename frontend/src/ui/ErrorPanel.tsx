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
  /** What finds it in the log, where the error does not bring that with it. */
  reference?: string;
};

/** What went wrong in the words of the program, the way to its log, and a way to try again. */
export function ErrorPanel({ title = 'This could not be shown', error, onRetry, reference = refOf(error) }: ErrorPanelProps) {
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
        {reference !== '' && <ErrorActions reference={reference} />}
      </Box>
    </Box>
  );
}
