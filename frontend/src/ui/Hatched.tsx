import Box from '@mui/material/Box';

/** The sign of incomplete data, in text as in the chart. */
export function Hatched() {
  return (
    <Box
      component="span"
      aria-hidden
      sx={{ display: 'inline-block', width: 9, height: 9, borderRadius: '2px', mr: 0.75, border: 1, borderColor: 'text.disabled', background: 'repeating-linear-gradient(-45deg, var(--mui-palette-text-disabled) 0 1px, transparent 1px 3px)' }}
    />
  );
}
