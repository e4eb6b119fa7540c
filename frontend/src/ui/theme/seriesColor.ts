import { seriesHues, type SeriesHue } from './tokens';

/** The hue a thing has everywhere: a cloud, a category of service or of charge. */
const hues: Record<string, SeriesHue> = {
  AWS: 'gold',
  'Amazon Web Services': 'gold',
  Microsoft: 'sky',
  'Microsoft Azure': 'sky',
  Azure: 'sky',
  'Google Cloud': 'green',
  'Google Cloud Platform': 'green',
  Oracle: 'plum',
  'Oracle Cloud': 'plum',
  'Alibaba Cloud': 'purple',
  Databricks: 'pink',
  Snowflake: 'teal',
  Compute: 'sky',
  Databases: 'purple',
  Storage: 'gold',
  Networking: 'teal',
  Analytics: 'green',
  'AI and Machine Learning': 'pink',
  'Management and Governance': 'olive',
  Security: 'plum',
  Usage: 'sky',
  Purchase: 'purple',
  Tax: 'olive',
  Credit: 'green',
  Adjustment: 'plum',
};

export const otherKey = '\u0000other';

/** What has no value, and all others together, are no things of their own: each has a quiet hue that no thing has. */
const quiet: readonly SeriesHue[] = ['slate', 'grey'];

/** Hues that mean a cloud on every page: other things have them last. */
const clouds: readonly SeriesHue[] = ['gold', 'sky', 'green'];

const plain = seriesHues.filter((hue) => !quiet.includes(hue) && !clouds.includes(hue));

const free = [...plain, ...clouds];

function hashed(key: string): number {
  let hash = 7;
  for (const letter of key) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return hash;
}

/** The hue of one thing on its own. */
export function hueOf(key: string | null): SeriesHue {
  if (key === null) return 'slate';
  if (key === otherKey || key === 'Other') return 'grey';
  return hues[key] ?? plain[hashed(key) % plain.length] ?? 'grey';
}

/** A hue for each of the things of one chart: its own where no one else there has it already. */
export function huesOf(keys: (string | null)[]): SeriesHue[] {
  const taken = new Set<SeriesHue>();
  const fixed = keys.map((key) => {
    const own = key === null || key === otherKey ? hueOf(key) : hues[key];
    if (own === undefined || taken.has(own)) return null;
    taken.add(own);
    return own;
  });
  return fixed.map((own, at) => {
    if (own !== null) return own;
    const wanted = hueOf(keys[at] ?? null);
    const hue = taken.has(wanted) ? (free.find((one) => !taken.has(one)) ?? 'grey') : wanted;
    taken.add(hue);
    return hue;
  });
}

/** The colour as CSS, right in both themes. */
export function seriesColor(hue: SeriesHue): string {
  return `var(--mui-palette-series-${hue})`;
}
