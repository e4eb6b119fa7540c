/** Figures of bills that ended long ago stand beside those of today; a page says so. */
import { addDays, formatRange } from './days';
import { formatCount } from './money';

/** So many days behind the newest data a bill has ended: the Go side says the same of a provider. */
const endedAfter = 46;

/** "31 of them come from bills that ended long before (1 Aug – 28 Nov 2018)", of the last day of each thing in a list; "" where none does. */
export function describeEnded(lastDays: string[], newest: string): string {
  const ended = lastDays.filter((day) => day !== '' && addDays(day, endedAfter) <= newest).sort();
  const [first, last] = [ended[0], ended.at(-1)];
  if (first === undefined || last === undefined) return '';
  const count = ended.length > 1 && ended.length === lastDays.length ? 'All' : formatCount(ended.length);
  return `${count} of them ${ended.length === 1 ? 'comes from a bill' : 'come from bills'} that ended long before (${formatRange(first, last)})`;
}
