import { useMutation, useQueryClient } from '@tanstack/react-query';

import { errorToast, useToast } from '../ui/toast';

/** A change after which everything under a key is asked anew. `quiet` where the form itself shows what went wrong. */
export function useTopicChange<Input>(key: string, change: (input: Input) => Promise<unknown>, quiet = false) {
  const client = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: change,
    onError: (error) => {
      if (!quiet) toast(errorToast(error));
    },
    onSuccess: () => client.invalidateQueries({ queryKey: [key] }),
  });
}
