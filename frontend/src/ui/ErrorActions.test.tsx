import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';

import { ErrorActions, OpenLogContext } from './ErrorActions';

test('an error that was logged offers its reference and the log', async () => {
  const user = userEvent.setup({ delay: null });
  const openLog = vi.fn();
  render(
    <OpenLogContext value={openLog}>
      <ErrorActions reference="K7Q2M9" />
    </OpenLogContext>,
  );
  await user.click(screen.getByRole('button', { name: 'Copy reference' }));
  expect(await screen.findByRole('button', { name: 'Copied K7Q2M9' })).toBeVisible();
  expect(await navigator.clipboard.readText()).toBe('K7Q2M9');
  await user.click(screen.getByRole('button', { name: 'Open log' }));
  expect(openLog).toHaveBeenCalledOnce();
});
