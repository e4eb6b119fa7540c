import { useMutation } from '@tanstack/react-query';

import { errorToast, useToast } from '../ui/toast';

/** Saves something where the person chooses and says where it went; `save` answers "" when the person cancelled. */
export function useSaving<Input>(save: (input: Input) => Promise<string>) {
  const toast = useToast();
  return useMutation({
    mutationFn: save,
    onSuccess: (path) => {
      if (path !== '') toast({ text: `Saved as ${path}` });
    },
    onError: (error) => toast(errorToast(error)),
  });
}
