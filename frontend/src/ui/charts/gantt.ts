import { countDays, eachMonth, formatDay, formatMonth } from '../../lib/days';
import type { Datum } from './datum';

/** A task of a plan. Days are YYYY-MM-DD, both inclusive. */
export type GanttTask = {
  id: string;
  label: string;
  from: string;
  to: string;
  color: string;
  /** On the path that decides the end. */
  critical?: boolean;
  /** A point in time rather than a stretch of work. */
  milestone?: boolean;
  note?: string;
};

/** Where a task lies, as shares of the width. */
export type GanttBar = { from: number; to: number };

/** Where the tasks lie between the first and the last day of all of them. */
export function ganttBars(tasks: GanttTask[]): GanttBar[] {
  const { first, days } = spanOf(tasks);
  return tasks.map(({ from, to }) => ({ from: (countDays(first, from) - 1) / days, to: countDays(first, to) / days }));
}

function spanOf(tasks: GanttTask[]): { first: string; last: string; days: number } {
  const first = tasks.reduce((least, { from }) => (from < least ? from : least), tasks[0]?.from ?? '');
  const last = tasks.reduce((most, { to }) => (to > most ? to : most), tasks[0]?.to ?? '');
  return { first, last, days: first === '' ? 1 : countDays(first, last) };
}

/** The months that begin within the plan, with the place of their first day; the first of them and each January name the year. */
export function ganttMonths(tasks: GanttTask[]): { label: string; at: number }[] {
  const { first, last, days } = spanOf(tasks);
  if (first === '') return [];
  return eachMonth(first, last).flatMap((month, index) => {
    const day = `${month}-01`;
    const label = formatMonth(month, { year: index === 0 || month.endsWith('-01') });
    return day < first ? [{ label, at: 0 }] : [{ label, at: (countDays(first, day) - 1) / days }];
  });
}

/** The tasks as data. */
export function ganttData(tasks: GanttTask[]): Datum[] {
  return tasks.map(({ id, label, from, to, critical, milestone, note }) => ({
    key: id,
    label,
    note,
    parts: [
      { id: 'from', label: 'Start', text: formatDay(from) },
      ...(milestone ? [] : [{ id: 'to', label: 'End', text: formatDay(to) }]),
      { id: 'critical', label: 'Critical path', text: critical ? 'yes' : 'no' },
    ],
  }));
}
