import type { WorkspaceInfo } from '../../../lib/wire';
import { useCreateWorkspace, useDuplicateWorkspace, useTrashWorkspace } from '../queries';
import { FiscalYearDialog } from './FiscalYearDialog';
import { FocusExportDialog } from './FocusExportDialog';
import { NameDialog } from './NameDialog';
import { RenameDialog } from './RenameDialog';
import { TrashDialog } from './TrashDialog';

export type WorkspaceDialog = 'new' | 'rename' | 'fiscal' | 'duplicate' | 'export' | 'trash';

type WorkspaceDialogsProps = { dialog: WorkspaceDialog; workspace: WorkspaceInfo | null; onClose: () => void };

/** The dialog of one act on the open workspace. */
export function WorkspaceDialogs({ dialog, workspace, onClose }: WorkspaceDialogsProps) {
  const create = useCreateWorkspace();
  const duplicate = useDuplicateWorkspace();
  const trash = useTrashWorkspace();
  const done = { onSuccess: onClose };

  if (dialog === 'new') {
    return (
      <NameDialog
        title="New client workspace"
        text="One workspace holds the bills of one client, in one file on this computer."
        action="Create"
        initial=""
        busy={create.isPending}
        error={create.error}
        onSubmit={(name) => create.mutate(name, done)}
        onClose={onClose}
      />
    );
  }
  if (!workspace) return null;
  switch (dialog) {
    case 'rename':
      return <RenameDialog name={workspace.name} onClose={onClose} />;
    case 'fiscal':
      return <FiscalYearDialog onClose={onClose} />;
    case 'duplicate':
      return (
        <NameDialog title="Duplicate workspace" text="Makes a full copy and opens it. The original stays as it is." action="Duplicate" initial={`${workspace.name} copy`} busy={duplicate.isPending} error={duplicate.error} onSubmit={(name) => duplicate.mutate(name, done)} onClose={onClose} />
      );
    case 'export':
      return <FocusExportDialog onClose={onClose} />;
    case 'trash':
      return <TrashDialog workspace={workspace} busy={trash.isPending} error={trash.error} onConfirm={() => trash.mutate(workspace.path, done)} onClose={onClose} />;
    default:
      return dialog satisfies never;
  }
}
