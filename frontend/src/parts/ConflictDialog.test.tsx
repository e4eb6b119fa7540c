// @vitest-environment jsdom
import { render, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';

import type { ConflictSide } from '../lib/wire';
import { ConflictDialog } from './ConflictDialog';

const nothing = () => undefined;

function show(have: Partial<ConflictSide> | null, want: Partial<ConflictSide> | null) {
  const side = (part: Partial<ConflictSide> | null) => part && { text: '', version: 0, changedAt: '', changedBy: '', ...part };
  render(<ConflictDialog what="the budget Shop" conflict={{ have: side(have), want: side(want) }} onKeep={nothing} onReplace={nothing} onClose={nothing} />);
}

const marked = (name: string) => [...screen.getByRole('region', { name }).querySelectorAll('mark')].map((mark) => mark.textContent);

test('what differs between two versions is highlighted, with who changed it and when', () => {
  show({ text: 'Provider AWS\n2026-10: 100\nAlerts: none', version: 3, changedAt: '2026-11-20T10:00:00Z', changedBy: 'nora' }, { text: 'Provider AWS\n2026-10: 120\nAlerts: none' });
  expect(screen.getByRole('dialog', { name: 'Which version should be kept?' })).toHaveTextContent('What differs is highlighted.');
  expect(marked('Saved version')).toEqual(['2026-10: 100']);
  expect(marked('Your version')).toEqual(['2026-10: 120']);
  expect(within(screen.getByRole('region', { name: 'Saved version' })).getByText(/^Version 3, changed .*2026.* by nora$/)).toBeVisible();
});

test('versions that share nothing, and one that was deleted, have no highlight', () => {
  show({ text: 'Provider = "AWS"' }, { text: 'Tags/env = "prod"' });
  expect(screen.getByRole('dialog')).not.toHaveTextContent('highlighted');
  expect(marked('Saved version')).toEqual([]);
});

test('a deletion by somebody else says so beside the own version', () => {
  show(null, { text: 'Provider = "AWS"' });
  expect(screen.getByRole('region', { name: 'Saved version' })).toHaveTextContent('Deleted');
  expect(screen.getByRole('button', { name: 'Leave it deleted' })).toBeVisible();
  expect(marked('Your version')).toEqual([]);
});
