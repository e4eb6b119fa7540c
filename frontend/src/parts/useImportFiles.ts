import { useNavigate } from 'react-router';

import { useBridge } from '../bridge/useBridge';

/** Where files go to be looked at before anything is kept. The paths travel in the state of the location. */
export const previewAddress = '/imports?preview';

/** Asks for billing files with the system's dialog and opens their preview. */
export function useImportFiles(): () => Promise<void> {
  const { imports } = useBridge();
  const navigate = useNavigate();
  return async () => {
    const paths = await imports.ChooseFiles();
    if (paths.length > 0) await navigate(previewAddress, { state: { paths } });
  };
}
