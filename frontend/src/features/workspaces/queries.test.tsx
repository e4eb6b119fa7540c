import { useQuery } from '@tanstack/react-query';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';

import { createRecordedBridge } from '../../test/recorded';
import { renderPage } from '../../test/renderPage';
import { useOpenWorkspace } from './queries';

const slow = { asked: 0 };

/** A page with a figure that answers once, and never again. */
function Page() {
  const open = useOpenWorkspace();
  useQuery({ queryKey: ['slow'], queryFn: () => (slow.asked++ === 0 ? Promise.resolve(1) : new Promise<number>(() => undefined)) });
  return <button onClick={() => open.mutate('/other.cloudintel')}>Open</button>;
}

test('another workspace begins at its first page at once, not when the last figure of the page is there', async () => {
  const bridge = createRecordedBridge('bills');
  const current = await bridge.workspaces.Current();
  if (!current) throw new Error('no workspace is recorded');
  vi.spyOn(bridge.workspaces, 'Open').mockResolvedValue(current);
  const user = userEvent.setup({ delay: null });
  const { address } = renderPage(<Page />, { bridge, address: '/bills?month=2026-10' });
  await user.click(await screen.findByRole('button', { name: 'Open' }));
  await waitFor(() => expect(address()).toBe('/'));
  await waitFor(() => expect(slow.asked).toBe(2));
});
