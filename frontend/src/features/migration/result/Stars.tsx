import Box from '@mui/material/Box';

/** How much of what was asked is known, one to five stars. */
export function Stars({ stars }: { stars: number }) {
  return (
    <Box component="span" role="img" aria-label={`Confidence ${stars} of 5 stars`} title={`${stars} of 5 stars: how much of what was asked is known`} sx={{ whiteSpace: 'nowrap', color: 'text.primary' }}>
      {'★'.repeat(stars)}
      <Box component="span" sx={{ color: 'text.disabled' }}>
        {'☆'.repeat(5 - stars)}
      </Box>
    </Box>
  );
}
