import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider, useLocation } from 'react-router';

import { BridgeProvider } from '../bridge/BridgeProvider';
import type { Bridge } from '../bridge/ports';
import { useLedgerState, useScopes } from '../bridge/queries';
import { ledgerFactsOf } from '../lib/ledgerFacts';
import { AppTheme } from '../ui/theme/AppTheme';
import { ToastProvider } from '../ui/ToastProvider';
import { LedgerViewProvider } from '../ui/view/LedgerViewProvider';

type RenderOptions = { address?: string; bridge: Bridge };

function Facts({ children }: { children: ReactNode }) {
  const { data } = useLedgerState();
  const scopes = useScopes();
  return data && scopes.data ? <LedgerViewProvider facts={ledgerFactsOf(data, scopes.data)}>{children}</LedgerViewProvider> : null;
}

function Address({ report }: { report: (address: string) => void }) {
  const { pathname, search } = useLocation();
  report(pathname + search);
  return null;
}

/** Mounts one page on a bridge with all it needs above it, as the shell would. `address()` is where the page has gone since. */
export function renderPage(page: ReactNode, { address = '/', bridge }: RenderOptions) {
  let current = address;
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const element = (
    <>
      <Facts>{page}</Facts>
      <Address
        report={(next) => {
          current = next;
        }}
      />
    </>
  );
  const router = createMemoryRouter([{ path: '*', element }], { initialEntries: [address] });
  const view = render(
    <BridgeProvider bridge={bridge}>
      <QueryClientProvider client={client}>
        <AppTheme>
          <ToastProvider>
            <RouterProvider router={router} />
          </ToastProvider>
        </AppTheme>
      </QueryClientProvider>
    </BridgeProvider>,
  );
  return { ...view, bridge, client, address: () => current };
}
