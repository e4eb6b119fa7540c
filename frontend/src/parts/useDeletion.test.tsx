import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';

import { AppError } from '../bridge/errors';
import { ToastProvider } from '../ui/ToastProvider';
import { ChangeConflict } from './ChangeConflict';
import { useDeletion } from './useDeletion';

const changedMeanwhile = new AppError('conflict', 'The scope "Web" was changed meanwhile.', '', { have: { text: 'ServiceName = "Web"', version: 2, changedAt: '2026-11-20T10:00:00Z', changedBy: 'Ann' }, want: null });

function Row({ remove, onDone }: { remove: (name: string, version: number) => Promise<unknown>; onDone: (kept: boolean) => void }) {
  const deletion = useDeletion(remove, () => undefined, (name) => `Deleted the scope ${name}.`);
  return (
    <>
      <button onClick={() => deletion.mutate({ name: 'Web', version: 1 })}>Delete Web</button>
      <ChangeConflict what="the scope Web" change={deletion} onDone={onDone} />
    </>
  );
}

test('what somebody else changed is shown before it is deleted, and is deleted in its new version', async () => {
  const user = userEvent.setup({ delay: null });
  const remove = vi.fn().mockRejectedValueOnce(changedMeanwhile).mockRejectedValueOnce(changedMeanwhile).mockResolvedValueOnce(undefined);
  const onDone = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ToastProvider>
        <Row remove={remove} onDone={onDone} />
      </ToastProvider>
    </QueryClientProvider>,
  );
  await user.click(screen.getByRole('button', { name: 'Delete Web' }));
  expect(await screen.findByRole('dialog', { name: 'Delete it all the same?' })).toHaveTextContent('ServiceName = "Web"');
  expect(screen.queryByText('Your version')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Keep it' }));
  expect(onDone).toHaveBeenLastCalledWith(true);
  expect(remove).toHaveBeenCalledTimes(1);

  await user.click(screen.getByRole('button', { name: 'Delete Web', hidden: true }));
  await user.click(await screen.findByRole('button', { name: 'Delete it' }));
  expect(remove).toHaveBeenLastCalledWith('Web', 2);
  expect(await screen.findByText('Deleted the scope Web.')).toBeVisible();
  expect(onDone).toHaveBeenLastCalledWith(false);
});
