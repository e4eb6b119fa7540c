import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { Link, type To } from 'react-router';

type KpiProps = {
  title: string;
  /** What the figure counts, on hover of its title. */
  meaning?: string;
  /** Large figure; left out where the cell holds a list. */
  value?: ReactNode;
  unit?: string;
  /** The charge lines behind the figure. */
  to?: To;
  children?: ReactNode;
};

/** The unit stands beside its figure, or below it where there is no room. */
const beside = { display: 'inline-flex', flexWrap: 'wrap', alignItems: 'baseline', columnGap: '5px' };

/** One figure of the strip. */
export function Kpi({ title, meaning, value, unit, to, children }: KpiProps) {
  const figure = (
    <>
      {value}
      {unit !== undefined && (
        <Box component="span" sx={{ fontSize: '0.8125rem', fontWeight: 500, color: 'text.disabled', letterSpacing: 0, lineHeight: 1.35 }}>
          {unit}
        </Box>
      )}
    </>
  );
  return (
    <Box sx={{ px: 2.25, py: 1.75, minWidth: 0, bgcolor: 'background.paper' }}>
      <Typography variant="h3" component="h2" title={meaning} sx={{ color: 'text.secondary' }}>
        {title}
      </Typography>
      {value !== undefined && (
        <Box sx={{ fontSize: '1.4375rem', fontWeight: 620, letterSpacing: '-0.02em', lineHeight: 1.35, mt: '2px', overflowWrap: 'anywhere' }}>
          {to === undefined ? (
            <Box component="span" sx={beside}>
              {figure}
            </Box>
          ) : (
            <Box component={Link} to={to} title="Show the charge lines" sx={{ ...beside, color: 'inherit', textDecoration: 'none', borderRadius: 1, '&:hover': { textDecoration: 'underline', textDecorationThickness: '1px', textUnderlineOffset: '4px' } }}>
              {figure}
            </Box>
          )}
        </Box>
      )}
      <Box sx={{ fontSize: '0.75rem', color: 'text.secondary', lineHeight: 1.5 }}>{children}</Box>
    </Box>
  );
}
