import { createContext, use } from 'react';

import type { Bridge } from './ports';

export const BridgeContext = createContext<Bridge | null>(null);

/** The Go side. */
export function useBridge(): Bridge {
  const bridge = use(BridgeContext);
  if (!bridge) throw new Error('useBridge needs a BridgeProvider above it.');
  return bridge;
}
