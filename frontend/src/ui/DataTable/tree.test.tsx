import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ReactNode, useState } from 'react';
import { expect, test, vi } from 'vitest';

import { AppTheme } from '../theme/AppTheme';
import { DataTable } from './DataTable';
import { type Column, type Sort } from './model';
import { treeLines } from './tree';
import { useTreeRows } from './useTreeRows';

type Team = { name: string; cost: string; below?: Team[] | 'later' };

const columns: Column<Team>[] = [
  { id: 'name', header: 'Team', kind: 'text', value: (team) => team.name },
  { id: 'cost', header: 'Cost', kind: 'number', value: (team) => team.cost },
];

const teams: Team[] = [
  { name: 'shop', cost: '30.1', below: [{ name: 'search', cost: '10' }, { name: 'cart', cost: '20', below: [{ name: 'payment', cost: '20' }] }] },
  { name: 'data', cost: '90', below: 'later' },
  { name: 'office', cost: '1' },
];

const keyOf = (team: Team) => team.name;
const childrenOf = (team: Team) => (team.below === 'later' ? undefined : (team.below ?? null));

test('lines are parents before children, siblings sorted among themselves, and what is not there yet has a line', () => {
  const expanded = new Set(['shop', 'cart', 'data', 'office']);
  const lines = treeLines({ roots: teams, keyOf, childrenOf, expanded }, columns, { column: 'cost', desc: true });
  expect(lines.map(({ row, level, position, siblings, expanded: open, parent }) => [row?.name, level, position, siblings, open, parent])).toEqual([
    ['data', 1, 1, 3, true, -1],
    [undefined, 2, 1, 1, null, 0],
    ['shop', 1, 2, 3, true, -1],
    ['cart', 2, 1, 2, true, 2],
    ['payment', 3, 1, 1, null, 3],
    ['search', 2, 2, 2, null, 2],
    ['office', 1, 3, 3, null, -1],
  ]);
});

function Tree({ onOpen = () => undefined }: { onOpen?: (team: Team) => void }) {
  const [sort, setSort] = useState<Sort | null>(null);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const source = useTreeRows({ roots: teams, keyOf, childrenOf, expanded, onExpanded: setExpanded }, columns, sort);
  return <DataTable label="Teams" columns={columns} source={source} sort={sort} onSort={setSort} onOpenRow={onOpen} />;
}

/** A table asks for what a selection adds up to, so it stands within the answers of a page. */
const renderTable = (table: ReactNode) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <AppTheme>{table}</AppTheme>
    </QueryClientProvider>,
  );

const shown = (onOpen?: (team: Team) => void) => renderTable(<Tree onOpen={onOpen} />);
const rows = () => screen.getAllByRole('row').slice(1);
const names = () => rows().map((row) => within(row).getAllByRole('gridcell')[0]?.textContent?.replace('›', ''));

test('arrows open a row, walk into it, lead back to its parent and close it', async () => {
  const user = userEvent.setup();
  shown();
  const grid = screen.getByRole('treegrid', { name: 'Teams' });
  const active = () => document.getElementById(grid.getAttribute('aria-activedescendant') ?? '')?.textContent;
  grid.focus();
  expect(rows()[0]).toHaveAttribute('aria-expanded', 'false');
  await user.keyboard('{ArrowRight}');
  expect(names()).toEqual(['shop', 'search', 'cart', 'data', 'office']);
  expect(rows()[0]).toHaveAttribute('aria-expanded', 'true');
  expect(rows()[2]).toHaveAttribute('aria-level', '2');
  expect(rows()[2]).toHaveAttribute('aria-posinset', '2');
  await user.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}{ArrowRight}');
  expect(names()).toEqual(['shop', 'search', 'cart', 'payment', 'data', 'office']);
  expect(active()).toBe('20');
  await user.keyboard('{ArrowLeft}{ArrowDown}{ArrowLeft}');
  expect(active()).toContain('cart');
  await user.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}');
  expect(names()).toEqual(['shop', 'data', 'office']);
  expect(active()).toContain('shop');
});

test('the pointer opens a row without opening its page; what is being fetched says so', () => {
  const onOpen = vi.fn();
  shown(onOpen);
  const mark = within(rows()[1] ?? document.body).getByText('›');
  fireEvent.click(mark);
  fireEvent.doubleClick(mark);
  expect(names()).toEqual(['shop', 'data', '…', 'office']);
  expect(onOpen).not.toHaveBeenCalled();
});

test('what is copied is what is in view, in its order', async () => {
  const user = userEvent.setup();
  shown();
  fireEvent.click(within(rows()[1] ?? document.body).getByText('›'));
  fireEvent.click(within(rows()[0] ?? document.body).getByText('›'));
  screen.getByRole('treegrid').focus();
  await user.keyboard('{Control>}a{/Control}{Control>}c{/Control}');
  await screen.findByText(/^Copied/);
  expect(await navigator.clipboard.readText()).toBe('shop\t30.1\r\nsearch\t10\r\ncart\t20\r\ndata\t90\r\noffice\t1');
});

test('a tree of many rows draws only those around the view', () => {
  const many = Array.from({ length: 500 }, (_, at) => ({ name: `team ${at}`, cost: '1', below: Array.from({ length: 200 }, (_n, below) => ({ name: `part ${at}.${below}`, cost: '1' })) }));
  const all = new Set(many.map(keyOf));
  function Large() {
    const rowsOf = useTreeRows<Team>({ roots: many, keyOf, childrenOf, expanded: all, onExpanded: () => undefined }, columns, null);
    return <DataTable label="Large" columns={columns} source={rowsOf} sort={null} onSort={() => undefined} />;
  }
  renderTable(<Large />);
  expect(screen.getByRole('treegrid')).toHaveAttribute('aria-rowcount', '100501');
  expect(screen.getAllByRole('row').length).toBeLessThan(120);
});
