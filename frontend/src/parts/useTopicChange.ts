import { useMutation, useQueryClient } from '@tanstack/react-query';

import { toAppError } from '../bridge/errors';
import { errorToast, useToast } from '../ui/toast';

/** A change after which everything under a key is asked anew. `quiet` where the form itself shows what went wrong, or both values of a conflict. */
export function useTopicChange<Input>(key: string, change: (input: Input) => Promise<unknown>, quiet: boolean | 'conflicts' = false) {
  const client = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: change,
    onError: (error) => {
      if (quiet === false || (quiet === 'conflicts' && !toAppError(error).conflict)) toast(errorToast(error));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: [key] }),
  });
}
