import type { ReactNode } from 'react';

import type { LedgerFacts } from '../../lib/ledgerFacts';
import { LedgerFactsContext } from './ledgerView';

/** Lets the pages below use `useLedgerView`. */
export function LedgerViewProvider({ facts, children }: { facts: LedgerFacts; children: ReactNode }) {
  return <LedgerFactsContext value={facts}>{children}</LedgerFactsContext>;
}
