/**
 * The columns of the breakdown, by what they are for. Where a card is narrow, what a person can do without goes first; names and
 * amounts always stay, and nothing of an amount is ever cut.
 */
const until = (width: number) => `@container (max-width: ${width}px)`;

/** Styles of the table; each cell names its column as a class. */
export const tableLayout = {
  mt: 0.5,
  '& th': { whiteSpace: 'normal', verticalAlign: 'bottom' },
  '& td:first-of-type, & th:first-of-type': { pl: 0 },
  '& td:last-of-type, & th:last-of-type': { pr: 0 },
  '& tr:last-of-type td': { borderBottom: 0 },
  '& .name': { whiteSpace: 'normal', overflowWrap: 'anywhere', minWidth: 132, width: '32%' },
  '& .beside': { whiteSpace: 'normal', minWidth: 112, width: '18%', color: 'text.secondary' },
  '& .amount': { minWidth: 124 },
  '& .bar': { minWidth: 72, width: '16%' },
  '& .lines': { width: 32, py: 0 },
  // The percentage has a column of its own where there is room, and stands below the change where there is none.
  '& .percent-below': { display: 'none', color: 'text.secondary', fontWeight: 400, fontSize: '0.75rem' },
  [until(900)]: { '& .beside': { display: 'none' } },
  [until(760)]: { '& .bar': { display: 'none' } },
  [until(660)]: { '& .trend': { display: 'none' }, '& .name': { width: '100%' } },
  [until(540)]: { '& .percent': { display: 'none' }, '& .percent-below': { display: 'block' }, '& .share': { display: 'none' } },
  [until(420)]: { '& .before': { display: 'none' }, '& .name': { minWidth: 96 } },
} as const;
