import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { createHashRouter, RouterProvider } from 'react-router';

import { BridgeProvider } from '../bridge/BridgeProvider';
import type { Bridge } from '../bridge/ports';
import { LogErrorContext } from '../ui/ErrorActions';
import { AppTheme } from '../ui/theme/AppTheme';
import { ToastProvider } from '../ui/ToastProvider';
import { routes } from './routes';

type Router = ReturnType<typeof createHashRouter>;

/** The whole window. The address lives behind a hash, for the program serves one page only. */
export function App({ bridge, router }: { bridge: Bridge; router?: Router }) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          // Figures change only when the program says so, by an event.
          queries: { staleTime: Infinity, retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false, networkMode: 'always' },
          mutations: { networkMode: 'always' },
        },
      }),
  );
  const logError = useCallback((message: string, detail: string) => bridge.app.LogError(message, detail), [bridge]);
  const [own] = useState(() => router ?? createHashRouter(routes));
  return (
    <BridgeProvider bridge={bridge}>
      <QueryClientProvider client={client}>
        <AppTheme>
          <ToastProvider openLog={() => bridge.app.OpenLog()}>
            <LogErrorContext value={logError}>
              <RouterProvider router={own} />
            </LogErrorContext>
          </ToastProvider>
        </AppTheme>
      </QueryClientProvider>
    </BridgeProvider>
  );
}
