import type { ReactNode } from 'react';

import type { Bridge } from './ports';
import { BridgeContext } from './useBridge';

/** Hands the Go side to every page below. */
export function BridgeProvider({ bridge, children }: { bridge: Bridge; children: ReactNode }) {
  return <BridgeContext value={bridge}>{children}</BridgeContext>;
}
