import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';

import { BarChart } from '../charts/BarChart';
import { StackedChart } from '../charts/StackedChart';
import { AppTheme } from '../theme/AppTheme';
import { days, providers } from './figures';
import { charts } from './stories';

const euro = { currency: 'EUR', height: 200 };
const shown = (ui: React.ReactNode) => render(<AppTheme>{ui}</AppTheme>);

test.each(charts)('$name: is named, and the keyboard reaches every figure of it', ({ show }) => {
  const { container } = shown(show());
  const chart = screen.queryByRole('application');
  if (chart === null) {
    // A table, an empty or a failed chart.
    expect(screen.getByRole(container.querySelector('table') ? 'region' : container.querySelector('[role=alert]') ? 'alert' : 'status')).toHaveAccessibleName();
    return;
  }
  expect(screen.getByRole('figure')).toHaveAccessibleName();
  fireEvent.keyDown(chart, { key: 'End' });
  const last = screen.getByRole('status').textContent;
  fireEvent.keyDown(chart, { key: 'Home' });
  expect(screen.getByRole('status').textContent).not.toBe('');
  expect(screen.getByRole('status').textContent).not.toBe(last);
  const places = [...container.querySelectorAll('[data-datum]')].map((mark) => Number(mark.getAttribute('data-datum')));
  fireEvent.keyDown(chart, { key: 'Escape' });
  expect(screen.getByRole('status').textContent).toBe('');
  expect(new Set(places).size).toBeGreaterThan(2);
});

describe('a chart over time', () => {
  const column = (at: number) => document.querySelector(`[data-datum="${at}"]`) ?? document.body;

  test('a click anywhere in a column picks its day', () => {
    const onPickPoint = vi.fn();
    shown(<StackedChart {...euro} label="Cost" points={days} series={providers} onPickPoint={onPickPoint} />);
    fireEvent.pointerDown(column(12), { button: 0 });
    fireEvent.pointerUp(column(12), { button: 0 });
    expect(onPickPoint.mock.calls).toEqual([[12]]);
  });

  test('drawing over columns marks a span, in either direction', () => {
    const onSpan = vi.fn();
    const onPickPoint = vi.fn();
    shown(<StackedChart {...euro} label="Cost" points={days} series={providers} onPickPoint={onPickPoint} onSpan={onSpan} />);
    fireEvent.pointerDown(column(20), { button: 0 });
    fireEvent.pointerMove(column(14), { buttons: 1 });
    fireEvent.pointerUp(column(14), { button: 0 });
    expect(onSpan.mock.calls).toEqual([[14, 20]]);
    expect(onPickPoint).not.toHaveBeenCalled();
  });

  test('the keyboard does the same, and hears figures and what is incomplete', async () => {
    const user = userEvent.setup();
    const onSpan = vi.fn();
    const onPickPoint = vi.fn();
    shown(<StackedChart {...euro} label="Cost" points={days} series={providers} onPickPoint={onPickPoint} onSpan={onSpan} />);
    screen.getByRole('application').focus();
    await user.keyboard('{End}');
    expect(screen.getByRole('status')).toHaveTextContent(/^17 Jan 2027, Total 1,340\.00, AWS 775\.13, Google Cloud 747\.25, Incomplete: Microsoft Azure missing$/);
    await user.keyboard('{Enter}{Shift>}{ArrowLeft}{ArrowLeft}{/Shift}{Enter}');
    expect(onPickPoint.mock.calls).toEqual([[89]]);
    expect(onSpan.mock.calls).toEqual([[87, 89]]);
  });

  test('without a day to pick, Enter picks the largest series', async () => {
    const user = userEvent.setup();
    const onPick = vi.fn();
    shown(<StackedChart {...euro} label="Cost" points={days} series={providers} onPick={onPick} />);
    screen.getByRole('application').focus();
    await user.keyboard('{Home}{Enter}');
    expect(onPick.mock.calls).toEqual([[0]]);
  });
});

test('the tooltip shows the unrounded amount on hover, and a name is text', () => {
  shown(<BarChart {...euro} label="Cost" first="Team" figure="Cost" rows={[{ id: 'a', label: '<b>A</b>', amount: '1.23456', color: '' }]} />);
  fireEvent.keyDown(screen.getByRole('application'), { key: 'Home' });
  expect(screen.getByTitle('1.23456 EUR')).toHaveTextContent('1.23');
  expect(screen.getAllByText('<b>A</b>').length).toBeGreaterThan(0);
});
