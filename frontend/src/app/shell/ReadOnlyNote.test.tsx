import { render, screen } from '@testing-library/react';
import { createMemoryRouter } from 'react-router';
import { describe, expect, test } from 'vitest';

import { createRecordedBridge } from '../../test/recorded';
import { App } from '../App';
import { routes } from '../routes';

/** Opens the page of imports in a workspace that can only be read, or in one that can be written. */
function openImports(readOnly: boolean) {
  const bridge = createRecordedBridge('overview');
  const workspaces = {
    ...bridge.workspaces,
    Current: async () => {
      const info = await bridge.workspaces.Current();
      return info && { ...info, readOnly };
    },
  };
  const jobs = { ...bridge.jobs, List: () => Promise.resolve([]) };
  render(<App bridge={{ ...bridge, workspaces, jobs }} router={createMemoryRouter(routes, { initialEntries: ['/imports'] })} />);
}

/** Pages load lazily; a busy machine takes its time. */
const patient = { timeout: 30_000 };

describe('a workspace that can only be read', { timeout: 90_000 }, () => {
  test('says so over every page and takes no imports', async () => {
    openImports(true);
    expect(await screen.findByRole('note', { name: 'Read-only' }, patient)).toHaveTextContent('this workspace is in a folder that cannot be written');
    expect(await screen.findByRole('button', { name: 'Import files' }, patient)).toBeDisabled();
    expect(screen.getByRole('button', { name: 'Import a folder' })).toBeDisabled();
  });

  test('one that can be written says nothing', async () => {
    openImports(false);
    expect(await screen.findByRole('button', { name: 'Import files' }, patient)).toBeEnabled();
    expect(screen.queryByRole('note', { name: 'Read-only' })).toBeNull();
  });
});
