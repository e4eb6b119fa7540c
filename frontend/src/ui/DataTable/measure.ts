/** How wide texts are in the font of a table, without drawing them. */
export type Measure = (text: string, bold: boolean) => number;

/** The width of a usual letter, where nothing can be measured. */
const LETTER_PX = 7;

/** Figures in columns are all as wide as the widest, which a canvas does not know. */
const FIGURES_SHARE = 1.03;

/** Measures texts in the font of an element. Texts of the same letters are as wide whatever their figures are. */
export function measureIn(element: HTMLElement): Measure {
  // Absent where nothing is drawn, such as in tests of pages.
  const context = typeof CanvasRenderingContext2D === 'undefined' ? null : document.createElement('canvas').getContext('2d');
  if (!context) return (text) => text.length * LETTER_PX;
  const { fontSize, fontFamily } = getComputedStyle(element);
  const widths = new Map<string, number>();
  return (text, bold) => {
    const shape = text.replace(/\d/g, '0');
    const key = bold ? `b${shape}` : shape;
    const known = widths.get(key);
    if (known !== undefined) return known;
    context.font = `${bold ? 600 : 400} ${fontSize} ${fontFamily}`;
    const width = Math.ceil(context.measureText(shape).width * (shape === text ? 1 : FIGURES_SHARE));
    widths.set(key, width);
    return width;
  };
}
