import Box from '@mui/material/Box';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation, useNavigate, useRouteError } from 'react-router';

import { useBridge } from '../bridge/useBridge';
import { ErrorPanel } from '../ui/ErrorPanel';

/** Stands in for a page that broke, beside the rail that leads elsewhere, and writes the cause to the log, where the reference it shows finds it. */
export function PageFailure() {
  const error = useRouteError();
  const { app } = useBridge();
  const client = useQueryClient();
  const navigate = useNavigate();
  const location = useLocation();
  const state: unknown = location.state;
  const [reference, setReference] = useState('');

  const showAgain = () => {
    // The answers that the page broke on are asked anew; the router shows the page again once it is led to it.
    client.removeQueries({ type: 'inactive' });
    void navigate(location, { replace: true, state });
  };

  useEffect(() => {
    const message = error instanceof Error ? error.message : String(error);
    const detail = error instanceof Error ? (error.stack ?? '') : '';
    // The log is the last resort; when even that fails there is nothing left to report to.
    app.LogError(message, detail).then(setReference).catch(() => undefined);
  }, [app, error]);

  return (
    <Box sx={{ p: 4 }}>
      <ErrorPanel title="This page stopped working" error={new Error('Your data is not affected.')} reference={reference} onRetry={showAgain} />
    </Box>
  );
}
