import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

type WelcomeChoiceProps = { icon: ReactNode; title: string; text: string; first?: boolean; disabled?: boolean; onClick: () => void };

/** One way to begin. */
export function WelcomeChoice({ icon, title, text, first = false, disabled = false, onClick }: WelcomeChoiceProps) {
  return (
    <ButtonBase
      onClick={onClick}
      disabled={disabled}
      sx={{
        flex: 1,
        minWidth: 0,
        display: 'flex',
        flexDirection: 'column',
        alignItems: 'flex-start',
        justifyContent: 'flex-start',
        textAlign: 'left',
        gap: 0.5,
        p: 2,
        border: 1,
        borderColor: 'divider',
        borderRadius: '10px',
        bgcolor: 'background.paper',
        '&:hover': { borderColor: 'primary.main' },
      }}
    >
      <Box sx={{ color: first ? 'primary.main' : 'text.secondary', display: 'flex', mb: 0.75, '& svg': { fontSize: 20 } }}>{icon}</Box>
      <Typography component="span" sx={{ fontWeight: 600 }}>
        {title}
      </Typography>
      <Typography component="span" variant="body2" sx={{ color: 'text.secondary' }}>
        {text}
      </Typography>
    </ButtonBase>
  );
}
