import Box from '@mui/material/Box';

/** Names and figures of something that runs, beside each other; each keeps its place while its figure grows. */
export function JobFacts({ facts }: { facts: [name: string, value: string][] }) {
  return (
    <Box component="dl" sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4, rowGap: 1.5, m: 0, mt: 1.75 }}>
      {facts.map(([name, value]) => (
        <Box key={name} sx={{ minWidth: 120 }}>
          <Box component="dt" sx={{ color: 'text.secondary', fontSize: '0.75rem' }}>
            {name}
          </Box>
          <Box component="dd" sx={{ m: 0, fontWeight: 600 }}>
            {value}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
