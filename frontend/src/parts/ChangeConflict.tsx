import type { UseMutationResult } from '@tanstack/react-query';

import { toAppError } from '../bridge/errors';
import { ConflictDialog } from './ConflictDialog';

type ChangeConflictProps<Input extends { version: number }> = {
  /** What has two values: "the rule A-NET-07". */
  what: string;
  change: UseMutationResult<unknown, Error, Input>;
  /** After the person kept what is stored, or stored or deleted it. */
  onDone?: (kept: boolean) => void;
};

/** Where a change or a deletion met another version than the person saw: both values, and the same again over what is stored now. */
export function ChangeConflict<Input extends { version: number }>({ what, change, onDone }: ChangeConflictProps<Input>) {
  const { error, variables } = change;
  const conflict = error ? toAppError(error).conflict : null;
  if (!conflict || !variables) return null;
  const keep = () => {
    change.reset();
    onDone?.(true);
  };
  return (
    <ConflictDialog
      what={what}
      conflict={conflict}
      onClose={change.reset}
      onKeep={keep}
      onReplace={(version) => change.mutate({ ...variables, version }, { onSuccess: () => onDone?.(false) })}
    />
  );
}
