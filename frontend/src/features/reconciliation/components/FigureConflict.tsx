import { ConflictDialog } from '../../../parts/ConflictDialog';
import { type useFigureSaving } from './useFigureSaving';

/** Both values of an invoice amount that somebody else changed meanwhile. */
export function FigureConflict({ saving }: { saving: ReturnType<typeof useFigureSaving> }) {
  if (!saving.conflict) return null;
  return <ConflictDialog what="this invoice amount" conflict={saving.conflict} pending={saving.pending} onKeep={saving.keepStored} onReplace={saving.replace} onClose={saving.reset} />;
}
