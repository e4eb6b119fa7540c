import { useNavigate } from 'react-router';

import { formatCounted } from '../../../lib/money';
import { previewAddress } from '../../../parts/useImportFiles';
import { useCreateWorkspace } from '../queries';
import { NameDialog } from './NameDialog';

type FirstClientDialogProps = {
  /** The files of the client; none = the bills are fetched from a provider. */
  paths: string[];
  onClose: () => void;
};

/** Asks whose bills these are, makes the workspace of that client, and shows what is in the files or where to connect. */
export function FirstClientDialog({ paths, onClose }: FirstClientDialogProps) {
  const create = useCreateWorkspace();
  const navigate = useNavigate();
  // Making the workspace takes this dialog off the page; what follows must not depend on it.
  const begin = async (name: string) => {
    await create.mutateAsync(name);
    await (paths.length > 0 ? navigate(previewAddress, { state: { paths } }) : navigate('/sources'));
  };
  return (
    <NameDialog
      title="Whose bills are these?"
      text={`${paths.length > 0 ? `Name the client of ${formatCounted(paths.length, 'file or folder', 'files and folders')}.` : 'Name the client.'} One workspace holds the bills of one client, in one file on this computer.`}
      action="Continue"
      initial=""
      busy={create.isPending}
      error={create.error}
      onSubmit={(name) => void begin(name).catch(() => undefined)}
      onClose={onClose}
    />
  );
}
