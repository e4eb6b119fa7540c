import { useWorkspacePath } from '../../../bridge/queries';
import { AppError } from '../../../bridge/errors';
import type { FigureInput, ReconcileInvoiceKey } from '../../../lib/wire';
import { useToast } from '../../../ui/toast';
import { keepDrafts } from '../drafts';
import { useRefresh, useSaveFigure } from '../queries';

/** Saves the amounts of an invoice and forgets its draft; two edits of one amount are a conflict that a person decides. */
export function useFigureSaving(name: string, onSaved: (key: ReconcileInvoiceKey, goOn: boolean) => void) {
  const workspace = useWorkspacePath();
  const save = useSaveFigure();
  const refresh = useRefresh();
  const toast = useToast();
  const conflict = save.error instanceof AppError ? save.error.conflict : null;

  const store = (input: FigureInput, goOn: boolean) =>
    save.mutate(
      { input, goOn },
      {
        onSuccess: (key) => {
          keepDrafts(workspace, { [name]: null });
          toast({ text: 'Invoice amount saved.' });
          onSaved(key, goOn);
        },
      },
    );

  return {
    pending: save.isPending,
    error: conflict ? '' : (save.error?.message ?? ''),
    conflict,
    store,
    reset: save.reset,
    /** Leaves what somebody else stored. */
    keepStored: () => {
      keepDrafts(workspace, { [name]: null });
      save.reset();
      void refresh();
    },
    /** Stores the person's own in place of the version that is stored now; 0 = it was deleted. */
    replace: (version: number) => {
      if (save.variables) store({ ...save.variables.input, id: version === 0 ? 0 : save.variables.input.id, version }, save.variables.goOn);
    },
  };
}
