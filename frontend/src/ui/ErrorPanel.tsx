import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { use, useEffect, useState } from 'react';

import { ErrorActions, LogErrorContext } from './ErrorActions';
import { refOf } from './toast';

/** Whether the page itself failed, for instance on an answer that it cannot read: such an error has no code, and words for developers only. */
function isOfPage(error: unknown): error is Error {
  return error instanceof Error && !('code' in error);
}

function messageOf(error: unknown): string {
  if (isOfPage(error)) return 'The page met something it cannot show. Your data is not affected.';
  return error instanceof Error && error.message !== '' ? error.message : 'Something went wrong.';
}

/** The reference of an error; one of the page itself is written to the log first. */
function useReference(error: unknown): string {
  const log = use(LogErrorContext);
  const [logged, setLogged] = useState<{ error: Error; reference: string } | null>(null);
  useEffect(() => {
    if (!log || !isOfPage(error)) return;
    // The log is the last resort; when even that fails there is nothing left to report to.
    log(error.message, error.stack ?? '').then((reference) => setLogged({ error, reference })).catch(() => undefined);
  }, [error, log]);
  return logged !== null && logged.error === error ? logged.reference : refOf(error);
}

type ErrorPanelProps = {
  title?: string;
  error: unknown;
  onRetry?: () => void;
};

/** What went wrong in the words of the program, the way to its log, and a way to try again. An error of the page itself is written to the log. */
export function ErrorPanel({ title = 'This could not be shown', error, onRetry }: ErrorPanelProps) {
  const reference = useReference(error);
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
