/** The colours of the two themes. Grey ink on its surface keeps a contrast of at least 4.5 to 1. */
export type Tokens = {
  background: string;
  surface: string;
  line: string;
  line2: string;
  ink: string;
  ink2: string;
  ink3: string;
  accent: string;
  accentInk: string;
  accentBg: string;
  selected: string;
  warm: string;
  warmBg: string;
  cool: string;
  coolBg: string;
  danger: string;
  amber: string;
  hatch: string;
  series: Record<SeriesHue, string>;
};

/**
 * The colours of things in charts. Red, orange and the blue of controls are not among them: they say that something is wrong, costs
 * more or can be pressed, and nothing else.
 */
export const seriesHues = ['gold', 'sky', 'green', 'purple', 'pink', 'teal', 'olive', 'plum', 'slate', 'grey'] as const;

export type SeriesHue = (typeof seriesHues)[number];

export const lightTokens: Tokens = {
  background: '#f7f7f5',
  surface: '#ffffff',
  line: '#e4e4df',
  line2: '#efefeb',
  ink: '#1b1d22',
  ink2: '#5a5f6a',
  ink3: '#656a75',
  accent: '#2f5bd8',
  accentInk: '#ffffff',
  accentBg: '#eaf0ff',
  selected: '#f0f3fb',
  warm: '#b4430f',
  warmBg: '#fdf0e8',
  cool: '#0c7668',
  coolBg: '#e6f4f1',
  danger: '#b3261e',
  amber: '#c77a14',
  hatch: '#c9c9c2',
  series: {
    gold: '#d3b13e',
    sky: '#6cb2e2',
    green: '#5fab78',
    purple: '#9a7bd3',
    pink: '#d37fb0',
    teal: '#2b8f96',
    olive: '#8b9440',
    plum: '#7f4f86',
    slate: '#6d7686',
    grey: '#a3a7af',
  },
};

export const darkTokens: Tokens = {
  background: '#131417',
  surface: '#1a1c20',
  line: '#2b2e34',
  line2: '#24272c',
  ink: '#ececea',
  ink2: '#a6abb5',
  ink3: '#9aa0aa',
  accent: '#84a4ff',
  accentInk: '#10131c',
  accentBg: '#212b45',
  selected: '#20263a',
  warm: '#f0956a',
  warmBg: '#37241a',
  cool: '#5cc4b3',
  coolBg: '#16302c',
  danger: '#f2877f',
  amber: '#eba048',
  hatch: '#4a4e56',
  series: {
    gold: '#cfb14a',
    sky: '#6db0dc',
    green: '#58a572',
    purple: '#9d82d6',
    pink: '#d07fae',
    teal: '#3c979e',
    olive: '#96a04e',
    plum: '#a06fa8',
    slate: '#a9b4c6',
    grey: '#7b818c',
  },
};
