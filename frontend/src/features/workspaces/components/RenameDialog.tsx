import { toAppError } from '../../../bridge/errors';
import { ChangeConflict } from '../../../parts/ChangeConflict';
import { useOpened } from '../../../ui/useOpened';
import { useRenameWorkspace, useWorkspaceSettings } from '../queries';
import { NameDialog } from './NameDialog';

/** Changes the name of the open workspace if nobody changed it since the dialog was opened; else both names are shown. */
export function RenameDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const { opened: settings } = useOpened(useWorkspaceSettings());
  const rename = useRenameWorkspace();
  const failure = rename.error ? toAppError(rename.error) : null;
  return (
    <>
      <NameDialog
        title="Rename workspace"
        text="The name is shown here and on reports."
        action="Rename"
        initial={name}
        busy={rename.isPending || !settings.data}
        error={failure?.conflict ? null : (failure ?? settings.error)}
        onSubmit={(typed) => settings.data && rename.mutate({ name: typed, version: settings.data.nameVersion }, { onSuccess: onClose })}
        onClose={onClose}
      />
      <ChangeConflict what="the name" change={rename} onDone={onClose} />
    </>
  );
}
