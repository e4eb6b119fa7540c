import { compare, sign, toMark } from '../../lib/decimal';
import { formatShare } from '../../lib/percent';
import type { Datum } from './datum';

/** A part of a whole. Amounts are exact text. */
export type Slice = { id: string; label: string; amount: string; color: string };

/** A slice with its place; `index` is its place in the data. */
export type PlacedSlice = Slice & { index: number; mark: number };

/** What can be drawn as a piece of a whole, largest first: what is zero or a credit has no size and is only in the table. */
export function drawnSlices(slices: Slice[]): PlacedSlice[] {
  return slices
    .map((slice, index) => ({ ...slice, index, mark: toMark(slice.amount) }))
    .filter(({ amount }) => sign(amount) > 0)
    .sort((a, b) => compare(b.amount, a.amount));
}

/** The angles of a ring's slices in degrees, clockwise from the top. */
export function arcs(slices: PlacedSlice[]): { slice: PlacedSlice; start: number; end: number }[] {
  const whole = slices.reduce((sum, { mark }) => sum + mark, 0) || 1;
  let at = 90;
  return slices.map((slice) => {
    const start = at;
    at -= (slice.mark / whole) * 360;
    return { slice, start, end: at };
  });
}

/** Slices as data. A share is of the total the ledger gives, and left out where credits make it say nothing. */
export function sliceData(slices: Slice[], total: string, figure: string): Datum[] {
  const shares = sign(total) > 0 && slices.every(({ amount }) => sign(amount) >= 0);
  return slices.map(({ id, label, amount, color }) => {
    const share = shares ? formatShare(amount, total, 1) : null;
    return {
      key: id,
      label,
      parts: [{ id: 'amount', label: figure, color, amount }, ...(share === null ? [] : [{ id: 'share', label: 'Share', text: share }])],
      note: sign(amount) < 0 ? 'Credit: not drawn' : undefined,
    };
  });
}

/** Width of a letter of a field's name, in px. */
const LETTER = 7;

/** A text broken between its words into lines of a width in px; none where a word is wider. */
export function linesOf(text: string, width: number): string[] {
  const most = Math.floor(width / LETTER);
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    if (word.length > most) return [];
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
