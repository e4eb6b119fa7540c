import Box from '@mui/material/Box';

type StatusBarProps = { text: string; facts: string[]; notice: string; hidden: string[]; hint: string | undefined };

/** The line below a table: what is selected, what was just done, which columns have no room, what the keys do. */
export function StatusBar({ text, facts, notice, hidden, hint }: StatusBarProps) {
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        columnGap: 2,
        px: 1.5,
        py: 0.5,
        minHeight: 28,
        alignItems: 'center',
        borderTop: 1,
        borderColor: 'divider',
        color: 'text.secondary',
        typography: 'caption',
      }}
    >
      <span>{text}</span>
      {facts.map((fact) => (
        <Box key={fact} component="span" sx={{ color: 'text.primary', fontVariantNumeric: 'tabular-nums' }}>
          {fact}
        </Box>
      ))}
      <Box role="status" component="span" sx={{ color: 'text.primary' }}>
        {notice}
      </Box>
      {hidden.length > 0 && <span>{`No room for: ${hidden.join(' · ')}`}</span>}
      <Box component="span" sx={{ ml: 'auto' }}>
        {hint}
      </Box>
    </Box>
  );
}
