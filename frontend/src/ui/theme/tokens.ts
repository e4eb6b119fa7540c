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

export const seriesHues = ['orange', 'blue', 'green', 'purple', 'pink', 'teal', 'olive', 'brick', 'grey'] as const;

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
    orange: '#e39b40',
    blue: '#5590d8',
    green: '#5fab78',
    purple: '#9a7bd3',
    pink: '#cf72a2',
    teal: '#3ba6b0',
    olive: '#b9a93c',
    brick: '#cc6b5b',
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
    orange: '#d8924a',
    blue: '#5590d6',
    green: '#58a572',
    purple: '#9d82d6',
    pink: '#c9719f',
    teal: '#3fa3ad',
    olive: '#b0a244',
    brick: '#c76f60',
    grey: '#7b818c',
  },
};
