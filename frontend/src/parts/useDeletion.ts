import { useMutation } from '@tanstack/react-query';

import { toAppError } from '../bridge/errors';
import { errorToast, useToast } from '../ui/toast';

/** What is to be deleted: its name, and the version that the person saw. */
type Deletion = { name: string; version: number };

/** The version of something that could not be shown; whatever is stored is deleted. */
export const ANY_VERSION = -1;

/** Deletes something if the stored one is of the version seen, and says that in a sentence; whoever asks shows ChangeConflict where somebody changed it meanwhile. */
export function useDeletion(remove: (name: string, version: number) => Promise<unknown>, changed: () => unknown, deleted?: (name: string) => string) {
  const toast = useToast();
  return useMutation({
    mutationFn: ({ name, version }: Deletion) => remove(name, version),
    onSuccess: (_none, { name }) => {
      if (deleted) toast({ text: deleted(name) });
    },
    onError: (error) => {
      if (!toAppError(error).conflict) toast(errorToast(error));
    },
    onSettled: changed,
  });
}
