import Box from '@mui/material/Box';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useLocation, useNavigate, useRouteError } from 'react-router';

import { ErrorPanel } from '../ui/ErrorPanel';

/** Stands in for a page that broke, beside the rail that leads elsewhere. */
export function PageFailure() {
  const thrown = useRouteError();
  const error = useMemo(() => (thrown instanceof Error ? thrown : new Error(String(thrown))), [thrown]);
  const client = useQueryClient();
  const navigate = useNavigate();
  const location = useLocation();
  const state: unknown = location.state;

  const showAgain = () => {
    // The answers that the page broke on are asked anew; the router shows the page again once it is led to it.
    client.removeQueries({ type: 'inactive' });
    void navigate(location, { replace: true, state });
  };

  return (
    <Box sx={{ p: 4 }}>
      <ErrorPanel title="This page stopped working" error={error} onRetry={showAgain} />
    </Box>
  );
}
