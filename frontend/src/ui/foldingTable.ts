const until = (width: number) => `@container (max-width: ${width}px)`;

/**
 * Styles of a table that a page writes out: where its container is narrow, cells go that a person can do without, by their class:
 * `folds1` first, `folds3` last. Names wrap (`wraps`); amounts, months and states always stay.
 */
export const foldingTable = {
  '& th': { whiteSpace: 'normal', verticalAlign: 'bottom' },
  '& .wraps': { whiteSpace: 'normal', overflowWrap: 'anywhere' },
  [until(940)]: { '& .folds1': { display: 'none' } },
  [until(760)]: { '& .folds2': { display: 'none' } },
  [until(600)]: { '& .folds3': { display: 'none' }, '& td, & th': { px: 0.75 } },
} as const;
