/** Where the list of imports is narrow, what a person can do without goes first; files, months, lines and states always stay. */
const until = (width: number) => `@container (max-width: ${width}px)`;

/** Styles of the list and the tables in it; cells that can go name their column as a class. */
export const importLayout = {
  '& th': { whiteSpace: 'normal', verticalAlign: 'bottom' },
  '& .wraps': { whiteSpace: 'normal', overflowWrap: 'anywhere' },
  [until(940)]: { '& .duration, & .format': { display: 'none' } },
  [until(760)]: { '& .when, & .sha': { display: 'none' } },
  [until(600)]: { '& .list, & .contracted': { display: 'none' }, '& td, & th': { px: 0.75 } },
} as const;
