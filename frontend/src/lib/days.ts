/**
 * Civil days as YYYY-MM-DD strings. Billing days have no hour and no time zone, so everything is reckoned in UTC. Text that
 * is no day is shown as it stands, never an error.
 */
const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** The months from January on. */
export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const msPerDay = 86_400_000;

function utc(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

function print(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** The day of the moment; the day it was reckoned from when there is none, such as the one after 31 Dec 9999. */
function dayOr(day: string, date: Date): string {
  if (Number.isNaN(date.getTime())) return day;
  const printed = print(date);
  return isDay(printed) ? printed : day;
}

/** Whether the text is a day that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = utc(text);
  return !Number.isNaN(date.getTime()) && print(date) === text;
}

export function addDays(day: string, count: number): string {
  return dayOr(day, new Date(utc(day).getTime() + count * msPerDay));
}

/** How many days lie from the first to the last, both counted. */
export function countDays(from: string, to: string): number {
  return Math.round((utc(to).getTime() - utc(from).getTime()) / msPerDay) + 1;
}

export function eachDay(from: string, to: string): string[] {
  return isDay(from) && isDay(to) ? Array.from({ length: Math.max(0, countDays(from, to)) }, (_, at) => addDays(from, at)) : [];
}

export function monthOf(day: string): string {
  return day.slice(0, 7);
}

export function firstOfMonth(day: string): string {
  return `${monthOf(day)}-01`;
}

export function lastOfMonth(day: string): string {
  return addDays(addMonths(firstOfMonth(day), 1), -1);
}

/** The same day some months later, or the last one of that month when it is shorter. */
export function addMonths(day: string, count: number): string {
  const date = utc(day);
  const target = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + count, 1));
  const length = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  target.setUTCDate(Math.min(date.getUTCDate(), length));
  return dayOr(day, target);
}

export function eachMonth(from: string, to: string): string[] {
  const months: string[] = [];
  for (let day = firstOfMonth(from); isDay(day) && day <= to && months.at(-1) !== monthOf(day); day = addMonths(day, 1)) months.push(monthOf(day));
  return months;
}

type Parts = { year: string; month: number; day: number };

function parts(day: string): Parts {
  return { year: day.slice(0, 4), month: Number(day.slice(5, 7)) - 1, day: Number(day.slice(8, 10)) };
}

/** "20 Nov 2026", or "20 Nov" where the year is plain from the place. */
export function formatDay(day: string, options: { year?: boolean } = {}): string {
  if (!isDay(day)) return day;
  const { year, month, day: number } = parts(day);
  return `${number} ${names[month] ?? ''}${options.year === false ? '' : ` ${year}`}`;
}

/** "Nov 2026" of "2026-11" or of any day in it. */
export function formatMonth(month: string, options: { year?: boolean; full?: boolean } = {}): string {
  if (!isDay(firstOfMonth(month))) return month;
  const { year, month: index } = parts(month);
  const name = (options.full ? monthNames : names)[index] ?? '';
  return options.year === false ? name : `${name} ${year}`;
}

/** "1–20 Nov 2026", "3 Aug – 20 Nov 2026", "Nov 2026", "Sep – Nov 2026". */
export function formatRange(from: string, to: string, options: { year?: boolean } = {}): string {
  if (from === '' || to === '') return from === to ? 'All time' : from === '' ? `to ${formatDay(to)}` : `from ${formatDay(from)}`;
  if (!isDay(from) || !isDay(to)) return `${formatDay(from)} – ${formatDay(to)}`;
  const a = parts(from);
  const b = parts(to);
  const sameYear = a.year === b.year;
  const year = options.year === false ? '' : ` ${b.year}`;
  const firstYear = sameYear ? '' : ` ${a.year}`;
  if (from === firstOfMonth(from) && to === lastOfMonth(to)) {
    if (monthOf(from) === monthOf(to)) return formatMonth(to, options);
    return `${names[a.month] ?? ''}${firstYear} – ${names[b.month] ?? ''}${sameYear ? year : ` ${b.year}`}`;
  }
  if (from === to) return formatDay(to, options);
  if (monthOf(from) === monthOf(to)) return `${a.day}–${b.day} ${names[b.month] ?? ''}${year}`;
  return `${a.day} ${names[a.month] ?? ''}${firstYear} – ${b.day} ${names[b.month] ?? ''}${sameYear ? year : ` ${b.year}`}`;
}

/** "just now", "5 min ago", "2 h ago", "3 days ago", then the day itself. */
export function formatAge(instant: string, now: number): string {
  const then = Date.parse(instant);
  if (Number.isNaN(then)) return '';
  const minutes = Math.floor((now - then) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ago`;
  const days = Math.floor(hours / 24);
  if (days < 14) return days === 1 ? 'yesterday' : `${days} days ago`;
  return formatDay(dayOr(instant, new Date(then)));
}

/** "20 Nov 2026, 14:05" in the person's own time zone. */
export function formatInstant(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getDate()} ${names[date.getMonth()] ?? ''} ${date.getFullYear()}, ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** "40 s", "3 min", "1 h 20 min": how long something takes. */
export function formatDuration(seconds: number): string {
  if (!(seconds >= 1)) return 'under 1 s';
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** "in 12 min", "in 2 h", "within a minute": how far ahead an instant lies. */
export function formatAhead(instant: string, now: number): string {
  const minutes = Math.round((Date.parse(instant) - now) / 60_000);
  if (Number.isNaN(minutes)) return '';
  return minutes > 1 ? `in ${formatDuration(minutes * 60)}` : 'within a minute';
}
