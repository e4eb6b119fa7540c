/** Times of charges as people read them: days where the bill counts days, hours where it counts hours, always in UTC. */
import { addDays, formatDay, formatRange } from './days';

type Moment = { day: string; time: string };

const pattern = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?(?: ?(Z|UTC|[+-]\d{2}:?\d{2}))?)?$/;

/** The day and time of a stored instant; null for text that is none. */
function momentOf(text: string): Moment | null {
  const match = pattern.exec(text);
  if (!match) return null;
  const [, day = '', time = '00:00', seconds = '00', zone = 'Z'] = match;
  if (!/^(Z|UTC|[+-]00:?00)$/.test(zone)) {
    const moved = new Date(`${day}T${time}:${seconds}${zone}`);
    return Number.isNaN(moved.getTime()) ? null : momentOf(moved.toISOString());
  }
  return { day, time: seconds === '00' ? time : `${time}:${seconds}` };
}

/** An end that names the last second, as some files write it, as the moment after it. */
function endOf(text: string): Moment | null {
  const end = momentOf(text);
  if (!end || !/:59:59$/.test(end.time)) return end;
  const hour = Number(end.time.slice(0, 2)) + 1;
  return hour === 24 ? { day: addDays(end.day, 1), time: '00:00' } : { day: end.day, time: `${String(hour).padStart(2, '0')}:00` };
}

/** The end as part of the day before midnight. */
function lastOf({ day, time }: Moment): Moment {
  return time === '00:00' ? { day: addDays(day, -1), time: '24:00' } : { day, time };
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
  return end.time === '00:00' ? formatDay(addDays(end.day, -1)) : describeMoment(end);
}

/** "12 Nov 2026", "12 Nov 2026 13:00–14:00", "Nov 2026", "12 Nov 2026 22:00 – 13 Nov 2026 02:00". */
export function describePeriod(start: string, end: string | null): string {
  const from = momentOf(start);
  const to = end === null ? null : endOf(end);
  if (!from || !to || describeMoment(to) === describeMoment(from) || to.day < from.day) return describeStart(start);
  const last = lastOf(to);
  if (from.time === '00:00' && last.time === '24:00') return formatRange(from.day, last.day);
  return from.day === last.day ? `${describeMoment(from)}–${last.time}` : `${describeMoment(from)} – ${describeMoment(to)}`;
}

/** Whether a stored instant is within a day. */
export function isWithinDay(text: string | null): boolean {
  const moment = text === null ? null : momentOf(text);
  return moment !== null && moment.time !== '00:00';
}
