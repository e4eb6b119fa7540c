import Box from '@mui/material/Box';

/** The id of the page in the window. */
export const MAIN_ID = 'main';

/** Leads the keyboard past the rail and the top bar. */
export function SkipLink() {
  return (
    <Box
      component="a"
      href={`#${MAIN_ID}`}
      onClick={(event) => {
        // The address behind the hash is that of the page.
        event.preventDefault();
        document.getElementById(MAIN_ID)?.focus();
      }}
      sx={{ position: 'absolute', left: -9999, '&:focus': { left: 8, top: 8, zIndex: 'tooltip', bgcolor: 'background.paper', p: 1 } }}
    >
      Skip to the page
    </Box>
  );
}
