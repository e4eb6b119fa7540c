import { useNavigate } from 'react-router';

import { formatCounted } from '../../../lib/money';
import { previewAddress } from '../../../parts/useImportFiles';
import { useCreateWorkspace } from '../queries';
import { NameDialog } from './NameDialog';

/** Asks whose bills the files are, makes the workspace of that client and shows what is in them. */
export function FirstClientDialog({ paths, onClose }: { paths: string[]; onClose: () => void }) {
  const create = useCreateWorkspace();
  const navigate = useNavigate();
  // Making the workspace takes this dialog off the page; what follows must not depend on it.
  const begin = async (name: string) => {
    await create.mutateAsync(name);
    await navigate(previewAddress, { state: { paths } });
  };
  return (
    <NameDialog
      title="Whose bills are these?"
      text={`Name the client of ${formatCounted(paths.length, 'file or folder', 'files and folders')}. One workspace holds the bills of one client, in one file on this computer.`}
      action="Continue"
      initial=""
      busy={create.isPending}
      error={create.error}
      onSubmit={(name) => void begin(name).catch(() => undefined)}
      onClose={onClose}
    />
  );
}
