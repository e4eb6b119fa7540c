import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useId, type ReactNode } from 'react';

type CardProps = {
  title: string;
  sub?: ReactNode;
  /** Controls on the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
};

/** A titled surface: one question and its answer. */
export function Card({ title, sub, actions, children }: CardProps) {
  const titleId = useId();
  return (
    <Box
      component="section"
      aria-labelledby={titleId}
      sx={{ bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: '10px', px: 2.25, pt: 1.75, pb: 1.5, minWidth: 0, display: 'flex', flexDirection: 'column' }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', columnGap: 1.25, rowGap: 0.5, minHeight: 28 }}>
        <Typography variant="h2" id={titleId}>
          {title}
        </Typography>
        {sub !== undefined && (
          <Typography component="span" sx={{ color: 'text.secondary', fontSize: '0.78125rem' }}>
            {sub}
          </Typography>
        )}
        {actions !== undefined && <Box sx={{ ml: 'auto', display: 'flex', flexWrap: 'wrap', justifyContent: 'flex-end', alignItems: 'center', columnGap: 1, rowGap: 0.5 }}>{actions}</Box>}
      </Box>
      {children}
    </Box>
  );
}
