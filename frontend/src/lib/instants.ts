/** Times of charges as people read them: days where the bill counts days, hours where it counts hours, always in UTC. */
import { addDays, formatDay, formatRange, isDay } from './days';

type Moment = { day: string; time: string };

const pattern = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?(?: ?(Z|UTC|[+-]\d{2}:?\d{2}))?)?$/;

/** The day and time of a stored instant; null for text that is none. */
function momentOf(text: string): Moment | null {
  const match = pattern.exec(text);
  const [, day = '', time = '00:00', seconds = '00', zone = 'Z'] = match ?? [];
  if (!isDay(day)) return null;
  if (!/^(Z|UTC|[+-]00:?00)$/.test(zone)) {
    const moved = new Date(`${day}T${time}:${seconds}${zone}`);
    return Number.isNaN(moved.getTime()) ? null : momentOf(moved.toISOString());
  }
  return { day, time: seconds === '00' ? time : `${time}:${seconds}` };
}

/** The moment after a period, midnight as 24:00 of the day before it. Some files name the last second instead. */
function endOf(text: string): Moment | null {
  const end = momentOf(text);
  if (!end) return null;
  if (end.time === '00:00') return { day: addDays(end.day, -1), time: '24:00' };
  if (!end.time.endsWith(':59:59')) return end;
  return { day: end.day, time: `${String(Number(end.time.slice(0, 2)) + 1).padStart(2, '0')}:00` };
}

function describeMoment({ day, time }: Moment): string {
  return `${formatDay(day)} ${time}`;
}

/** "12 Nov 2026" for midnight, "12 Nov 2026 13:00" for any other time; what is no time stays as it is. */
export function describeStart(text: string): string {
  const start = momentOf(text);
  if (!start) return text;
  return start.time === '00:00' ? formatDay(start.day) : describeMoment(start);
}

/** The last day of a period that ends at midnight, else its time: ends are stored as the moment after. */
export function describeEnd(text: string): string {
  const end = endOf(text);
  if (!end) return text;
  return end.time === '24:00' ? formatDay(end.day) : describeMoment(end);
}

/** "12 Nov 2026", "12 Nov 2026 13:00–14:00", "Nov 2026", "12 Nov 2026 22:00 – 13 Nov 2026 02:00". */
export function describePeriod(start: string, end: string | null): string {
  const from = momentOf(start);
  const to = end === null ? null : endOf(end);
  if (!from || !to || `${to.day} ${to.time}` <= `${from.day} ${from.time}`) return describeStart(start);
  if (from.time === '00:00' && to.time === '24:00') return formatRange(from.day, to.day);
  return from.day === to.day ? `${describeMoment(from)}–${to.time}` : `${describeMoment(from)} – ${describeMoment(to)}`;
}

/** Whether a stored instant is within a day. */
export function isWithinDay(text: string | null): boolean {
  const moment = text === null ? null : momentOf(text);
  return moment !== null && moment.time !== '00:00';
}
