import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter } from 'react-router';
import { beforeEach, expect, test, vi } from 'vitest';

import { createRecordedBridge } from '../test/recorded';

let broken: 'page' | 'frame' | '' = '';

function breakIf(part: typeof broken) {
  if (broken === part) throw new Error(`The ${part} met something it cannot show.`);
}

vi.mock('../features/lines/LinesPage', () => ({
  LinesPage: () => {
    breakIf('page');
    return <h1>Charges</h1>;
  },
}));
vi.mock('../features/activity/ActivityPage', () => ({ ActivityPage: () => <h1>Activity</h1> }));
vi.mock('./shell/TopBar', () => ({
  TopBar: () => {
    breakIf('frame');
    return null;
  },
}));

// Another file of the process may have loaded the frame as it is.
beforeEach(() => vi.resetModules());

test.each(['page', 'frame'] as const)('a broken %s is written to the log, tried again, and the rail leads away from it', async (part) => {
  // React writes what it catches to the console.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const user = userEvent.setup({ delay: null });
  const bridge = createRecordedBridge();
  const logged = vi.spyOn(bridge.app, 'LogError');
  broken = part;
  const { App } = await import('./App');
  const { routes } = await import('./routes');
  render(<App bridge={bridge} router={createMemoryRouter(routes, { initialEntries: ['/charges?q=web'] })} />);

  expect(await screen.findByText('This page stopped working')).toBeVisible();
  expect(logged).toHaveBeenCalledWith(`The ${part} met something it cannot show.`, expect.stringContaining('Error'));
  expect(await screen.findByText('The log has the cause under reference K7Q2M9AB.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Copy reference' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Open log' })).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('This page stopped working')).toBeVisible();
  broken = '';
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { name: 'Charges' })).toBeVisible();

  broken = part === 'page' ? 'page' : '';
  await user.click(screen.getByRole('link', { name: 'Activity' }));
  expect(await screen.findByRole('heading', { name: 'Activity' })).toBeVisible();
  await waitFor(() => expect(screen.queryByText('This page stopped working')).toBeNull());
});
