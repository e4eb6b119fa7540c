import { type Column, columnWidth, WIDTH_MAX, WIDTH_MIN } from './model';

/** What a column needs of the width of its table, in px, with the padding of its cells. */
export type Need = {
  /** Never less: nothing of money, months, currencies and states is ever cut. */
  least: number;
  /** Short names are whole, and those that matter most readable. A secondary column goes before others are narrower. */
  short: number;
  /** Comfortable to read. */
  usual: number;
  /** Nothing of it is cut. */
  full: number;
};

/** Names are not drawn wider than this unless there is room that nothing else needs. */
const NAME_MAX = 520;

/** A name that is no wider is short: others lose more of theirs. */
const NAME_SHORT = 150;

/** Names are cut down to this before a table scrolls sideways. */
const NAME_LEAST = 100;

/** Padding of a pill on both sides. */
const PILL = 16;

/** What a column needs whose header and cells are so wide; `dragged` is the width that the person gave it. */
export function needOf<Row>(column: Column<Row>, content: number, dragged: number | undefined): Need {
  if (dragged !== undefined) return { least: dragged, short: dragged, usual: dragged, full: dragged };
  if (column.whole ?? column.kind === 'number') {
    // A pill is wider than its text, and where a drawing is wider the column says how wide it is.
    const drawn = column.render ? Math.max(content + (column.kind === 'text' ? PILL : 0), column.width ?? 0) : content;
    const whole = Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, drawn));
    return { least: whole, short: whole, usual: whole, full: whole };
  }
  const full = Math.min(NAME_MAX, Math.max(WIDTH_MIN, content));
  const short = Math.min(full, column.secondary === undefined ? Math.max(NAME_SHORT, column.width ?? 0) : NAME_SHORT);
  return { least: Math.min(full, column.least ?? NAME_LEAST), short: Math.max(short, Math.min(full, column.least ?? 0)), usual: Math.min(full, Math.max(columnWidth(column), short)), full };
}

/**
 * Which columns stay in so much room: the secondary ones go, one after the other, until nothing is cut or none is left. Then those
 * come back, the most needed first, for which there is room after all.
 */
export function fitting(needs: Need[], secondary: (number | undefined)[], room: number): boolean[] {
  const stays = needs.map(() => true);
  const order = secondary.flatMap((rank, at) => (rank === undefined ? [] : [{ rank, at }])).sort((a, b) => b.rank - a.rank || b.at - a.at);
  const fits = () => needs.reduce((sum, { short }, one) => sum + (stays[one] ? short : 0), 0) <= room;
  for (const { at } of order) {
    if (fits()) break;
    stays[at] = false;
  }
  if (!fits()) return stays;
  for (const { at } of order.toReversed()) {
    if (stays[at]) continue;
    stays[at] = true;
    stays[at] = fits();
  }
  return stays;
}

/** Raises widths towards others, each by the same part of what it lacks. */
function raised(sizes: number[], wanted: number[], spare: number): number[] {
  const lack = wanted.map((want, at) => Math.max(0, want - (sizes[at] ?? 0)));
  const all = lack.reduce((sum, one) => sum + one, 0);
  if (all === 0 || spare <= 0) return sizes;
  const part = Math.min(1, spare / all);
  return sizes.map((size, at) => size + Math.floor((lack[at] ?? 0) * part));
}

function sumOf(sizes: number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * The widths of columns in so much room. First none is cut that must not be, then short names are whole, then names are
 * comfortable, then whole, then they take what is left. Where even the least does not fit, the table scrolls sideways and everything is comfortable.
 * `grows` says which columns take what is left.
 */
export function shareRoom(needs: Need[], room: number, grows: boolean[]): number[] {
  let sizes = needs.map(({ least }) => least);
  if (sumOf(sizes) > room) return needs.map(({ usual }) => usual);
  sizes = raised(sizes, needs.map(({ short }) => short), room - sumOf(sizes));
  sizes = raised(sizes, needs.map(({ usual }) => usual), room - sumOf(sizes));
  sizes = raised(sizes, needs.map(({ full }) => full), room - sumOf(sizes));
  const growing = grows.filter(Boolean).length;
  const share = growing === 0 ? 0 : Math.floor(Math.max(0, room - sumOf(sizes)) / growing);
  return sizes.map((size, at) => (grows[at] ? size + share : size));
}
