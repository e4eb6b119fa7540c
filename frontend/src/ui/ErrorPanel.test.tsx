import { render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';

import { LogErrorContext } from './ErrorActions';
import { ErrorPanel } from './ErrorPanel';

test('an error of the page itself is in plain words, with the reference that finds its cause in the log', async () => {
  const log = vi.fn(() => Promise.resolve('K7Q2M9AB'));
  const error = new TypeError("Cannot read properties of undefined (reading 'rows')");
  render(
    <LogErrorContext value={log}>
      <ErrorPanel error={error} />
    </LogErrorContext>,
  );
  expect(screen.getByText('The page met something it cannot show. Your data is not affected.')).toBeVisible();
  expect(screen.queryByText(/Cannot read properties/)).toBeNull();
  expect(await screen.findByText('The log has the cause under reference K7Q2M9AB.')).toBeVisible();
  expect(log).toHaveBeenCalledExactlyOnceWith(error.message, expect.stringContaining('TypeError'));
});

test('an error of the program keeps its words and is not logged again', () => {
  const log = vi.fn(() => Promise.resolve(''));
  render(
    <LogErrorContext value={log}>
      <ErrorPanel error={Object.assign(new Error('The workspace is locked.'), { code: 'conflict', ref: '' })} />
    </LogErrorContext>,
  );
  expect(screen.getByText('The workspace is locked.')).toBeVisible();
  expect(log).not.toHaveBeenCalled();
});
