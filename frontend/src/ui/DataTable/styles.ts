import { styled } from '@mui/material/styles';

import { ROW_HEIGHT } from './model';

const paper = 'var(--mui-palette-background-paper)';
const line = 'var(--mui-palette-divider)';
const line2 = 'var(--mui-palette-tone-line2)';
const ink = 'var(--mui-palette-text-primary)';
const ink2 = 'var(--mui-palette-text-secondary)';
const ink3 = 'var(--mui-palette-text-disabled)';
const accent = 'var(--mui-palette-primary-main)';
const selected = 'var(--mui-palette-tone-accentBg)';
const hover = 'var(--mui-palette-tone-selected)';

/** The scroll container and everything in it; one style sheet for thousands of cells instead of one style a cell. */
export const GridRoot = styled('div')({
  position: 'relative',
  flex: 1,
  minHeight: 0,
  overflow: 'auto',
  outline: 'none',
  userSelect: 'none',
  WebkitUserSelect: 'none',
  overscrollBehavior: 'contain',
  backgroundColor: paper,
  fontSize: '0.8125rem',
  lineHeight: `${ROW_HEIGHT - 1}px`,
  '& .frame': { position: 'sticky', top: 0, overflow: 'clip', display: 'flex', flexDirection: 'column' },
  '& .body': { position: 'relative', overflow: 'clip', flex: 1 },
  '& .block': { position: 'absolute', top: 0, left: 0, right: 0, willChange: 'transform' },
  '& [role=row]': { position: 'absolute', left: 0, right: 0, height: ROW_HEIGHT },
  '& .body [role=row]': { borderBottom: `1px solid ${line2}` },
  '& .body [role=row]:hover': { backgroundColor: hover },
  '& .body [role=row]:hover .gutter': { backgroundColor: hover },
  '& .head, & .foot': { position: 'relative', flex: 'none', height: ROW_HEIGHT, zIndex: 2, backgroundColor: paper },
  '& .head': { borderBottom: `1px solid ${line}`, color: ink2, fontWeight: 500 },
  '& .foot': { borderTop: `1px solid ${line}`, fontWeight: 600 },
  '& .cell': {
    position: 'absolute',
    top: 0,
    height: ROW_HEIGHT - 1,
    padding: '0 10px',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'pre',
    cursor: 'default',
  },
  '& .number': { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
  '& .none': { color: ink3 },
  '& .twisty': { display: 'inline-block', width: 18, color: ink2, fontSize: '1rem', textAlign: 'center' },
  '& .twisty[data-toggle]': { cursor: 'pointer' },
  '& .twisty.open': { transform: 'rotate(90deg)' },
  '& .selected': { backgroundColor: selected },
  '&:focus .active': { boxShadow: `inset 0 0 0 2px ${accent}` },
  '& .gutter': {
    position: 'sticky',
    left: 0,
    zIndex: 1,
    display: 'block',
    width: 'var(--gutter)',
    fontVariantNumeric: 'tabular-nums',
    height: ROW_HEIGHT - 1,
    padding: '0 8px 0 4px',
    textAlign: 'right',
    color: ink2,
    fontSize: '0.6875rem',
    backgroundColor: paper,
    overflow: 'hidden',
  },
  '& .head .gutter, & .foot .gutter': { zIndex: 3 },
  '& .head .cell': { display: 'flex', alignItems: 'center', gap: 4, cursor: 'pointer' },
  '& .head .cell.fixed': { cursor: 'default' },
  // In tabular figures a hyphen is as wide as a digit: only figures have them.
  '& .head .cell.number': { flexDirection: 'row-reverse', fontVariantNumeric: 'normal' },
  '& .head .cell.sorted': { color: ink, fontWeight: 600 },
  '& .head .text': { overflow: 'hidden', textOverflow: 'ellipsis' },
  '& .head .cell:hover': { color: ink },
  '& .grip': {
    position: 'absolute',
    top: 0,
    bottom: 0,
    right: 0,
    width: 9,
    cursor: 'col-resize',
    touchAction: 'none',
    '&::after': {
      content: '""',
      position: 'absolute',
      top: 8,
      bottom: 8,
      right: 0,
      width: 1,
      backgroundColor: line,
    },
    '&:hover::after, &.dragged::after': { top: 0, bottom: 0, width: 2, backgroundColor: accent },
  },
  '&.stale .block': { opacity: 0.55 },
  '& .waiting': { color: ink3 },
});
