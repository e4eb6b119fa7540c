import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, test, vi } from 'vitest';

import { AppTheme } from '../theme/AppTheme';
import { DataTable } from './DataTable';
import { type Column, type Sort } from './model';
import { useLocalRows } from './useLocalRows';
import { PAGE_ROWS, pagesOf, useRemoteRows } from './useRemoteRows';

type Row = { name: string; cost: string | null };

const columns: Column<Row>[] = [
  { id: 'name', header: 'Name', kind: 'text', value: (row) => row.name },
  { id: 'cost', header: 'Cost', kind: 'number', value: (row) => row.cost },
];

const few: Row[] = [
  { name: '<b>bold</b>', cost: '2.5000' },
  { name: '=cmd()', cost: '10' },
  { name: 'plain', cost: null },
];

function Local({ rows = few, onOpenRow = () => undefined }: { rows?: Row[]; onOpenRow?: (row: Row, index: number) => void }) {
  const [sort, setSort] = useState<Sort | null>(null);
  const source = useLocalRows(rows, columns, sort);
  return <DataTable label="Costs" columns={columns} source={source} sort={sort} onSort={setSort} onOpenRow={onOpenRow} totals={{ cost: { text: '12.50' } }} />;
}

const shown = (ui: React.ReactNode) =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <AppTheme>{ui}</AppTheme>
    </QueryClientProvider>,
  );

const namesInOrder = () => screen.getAllByRole('row').slice(1, -1).map((row) => within(row).getAllByRole('gridcell')[0]?.textContent);

describe('a table of local rows', () => {
  test('shows text as text, the total of the Go side and a dash for no value', () => {
    shown(<Local />);
    expect(screen.getByText('<b>bold</b>')).toBeVisible();
    expect(screen.getByText('12.50')).toBeVisible();
    expect(screen.getByTitle('No value')).toHaveTextContent('–');
    expect(screen.getByRole('grid')).toHaveAttribute('aria-rowcount', '5');
  });

  test('sorts by a header, by size and not by letters', () => {
    shown(<Local />);
    fireEvent.click(screen.getByRole('columnheader', { name: 'Cost' }));
    expect(namesInOrder()).toEqual(['=cmd()', '<b>bold</b>', 'plain']);
    expect(screen.getByRole('columnheader', { name: 'Cost' })).toHaveAttribute('aria-sort', 'descending');
  });

  test('the space bar presses a cell that can be pressed', async () => {
    const user = userEvent.setup();
    const onPress = vi.fn();
    const pressable = columns.map((column) => (column.id === 'name' ? { ...column, press: onPress } : column));
    function Pressable() {
      return <DataTable label="Costs" columns={pressable} source={useLocalRows(few, pressable, null)} sort={null} onSort={() => undefined} />;
    }
    shown(<Pressable />);
    screen.getByRole('grid').focus();
    await user.keyboard('{ArrowDown} ');
    expect(onPress).toHaveBeenCalledExactlyOnceWith(few[1]);
    await user.keyboard('{ArrowRight} ');
    expect(onPress).toHaveBeenCalledTimes(1);
  });

  test('copies the selected cells exactly, with formulas disarmed', async () => {
    const user = userEvent.setup();
    const onOpen = vi.fn();
    shown(<Local onOpenRow={onOpen} />);
    screen.getByRole('grid').focus();
    await user.keyboard('{Control>}a{/Control}{Control>}c{/Control}');
    await screen.findByText('Copied 3 rows × 2 columns.');
    expect(await navigator.clipboard.readText()).toBe("<b>bold</b>\t2.5000\r\n'=cmd()\t10\r\nplain\t");
  });

  test('moves by keys, names the active cell and opens the row with Enter', async () => {
    const user = userEvent.setup();
    const onOpen = vi.fn();
    shown(<Local onOpenRow={onOpen} />);
    const grid = screen.getByRole('grid');
    grid.focus();
    await user.keyboard('{ArrowDown}{ArrowRight}');
    const active = document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
    expect(active).toHaveTextContent('10');
    await user.keyboard('{Enter}');
    expect(onOpen).toHaveBeenCalledWith(few[1], 1);
  });

  test('draws only the rows around the view', () => {
    shown(<Local rows={Array.from({ length: 100_000 }, (_, index) => ({ name: `row ${index}`, cost: '1' }))} />);
    expect(screen.getByText('row 0')).toBeInTheDocument();
    expect(screen.queryByText('row 500')).toBeNull();
    expect(screen.getAllByRole('row').length).toBeLessThan(120);
  });
});

function Remote({ loadPage, question = 'all' }: { loadPage: (offset: number, limit: number) => Promise<{ total: number; rows: Row[] }>; question?: string }) {
  const { source } = useRemoteRows<{ total: number; rows: Row[] }, Row>({ queryKey: ['rows', question], loadPage });
  return <DataTable label="Remote" columns={columns} source={source} sort={null} onSort={() => undefined} resetKey={question} />;
}

describe('a table of remote rows', () => {
  const total = 1_000_000;
  const load = (offset: number, limit: number) =>
    Promise.resolve({ total, rows: Array.from({ length: Math.min(limit, total - offset) }, (_, index) => ({ name: `line ${offset + index}`, cost: '1' })) });

  test('fetches the page in view and the one ahead, each once', async () => {
    const loadPage = vi.fn(load);
    shown(<Remote loadPage={loadPage} />);
    expect(await screen.findByText('line 0')).toBeInTheDocument();
    await waitFor(() => expect(loadPage).toHaveBeenCalledTimes(2));
    expect(loadPage.mock.calls).toEqual([[0, PAGE_ROWS], [PAGE_ROWS, PAGE_ROWS]]);
  });

  test('shows the last of a million lines, and placeholders instead of blanks on the way', async () => {
    const user = userEvent.setup();
    shown(<Remote loadPage={load} />);
    await screen.findByText('line 0');
    screen.getByRole('grid').focus();
    await user.keyboard('{Control>}{End}{/Control}');
    expect(screen.getAllByText('…').length).toBeGreaterThan(0);
    expect(await screen.findByText('line 999999')).toBeInTheDocument();
    expect(screen.getByText('1,000,000')).toBeInTheDocument();
  });

  test('keeps the old rows in view while another question is answered', async () => {
    const client = new QueryClient();
    const asked = (question: string, loadPage: typeof load) => (
      <QueryClientProvider client={client}>
        <AppTheme>
          <Remote loadPage={loadPage} question={question} />
        </AppTheme>
      </QueryClientProvider>
    );
    const view = render(asked('all', load));
    await screen.findByText('line 0');
    const waiting: ((page: Awaited<ReturnType<typeof load>>) => void)[] = [];
    view.rerender(asked('other', () => new Promise((resolve) => waiting.push(resolve))));
    expect(screen.getByText('line 0')).toBeInTheDocument();
    expect(screen.getByRole('grid')).toHaveAttribute('aria-busy', 'true');
    for (const answer of waiting) answer({ total: 1, rows: [{ name: 'another', cost: '2' }] });
    expect(await screen.findByText('another')).toBeInTheDocument();
    expect(screen.queryByText('line 0')).toBeNull();
  });
});

test('the pages of a range are its own and one on either side', () => {
  expect(pagesOf(0, 50, 0)).toEqual([0]);
  expect(pagesOf(0, 50, 10_000)).toEqual([0, 1]);
  expect(pagesOf(1000, 1100, 10_000)).toEqual([0, 4, 5, 6]);
  expect(pagesOf(9_900, 9_999, 10_000)).toEqual([0, 48, 49]);
});
