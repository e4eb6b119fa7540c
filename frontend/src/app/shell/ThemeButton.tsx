import BrightnessIcon from '@mui/icons-material/BrightnessAutoOutlined';
import DarkModeIcon from '@mui/icons-material/DarkModeOutlined';
import LightModeIcon from '@mui/icons-material/LightModeOutlined';
import IconButton from '@mui/material/IconButton';
import { useColorScheme } from '@mui/material/styles';
import Tooltip from '@mui/material/Tooltip';

const next = { system: 'light', light: 'dark', dark: 'system' } as const;
const names = { system: 'as the system', light: 'light', dark: 'dark' };
const icons = { system: <BrightnessIcon />, light: <LightModeIcon />, dark: <DarkModeIcon /> };

/** Light, dark, or as the system has it. */
export function ThemeButton() {
  const { mode = 'system', setMode } = useColorScheme();
  return (
    <Tooltip title={`Theme: ${names[mode]}`}>
      <IconButton aria-label={`Theme: ${names[mode]}. Switch to ${names[next[mode]]}`} onClick={() => setMode(next[mode])} sx={{ color: 'text.secondary', '& svg': { fontSize: 18 } }}>
        {icons[mode]}
      </IconButton>
    </Tooltip>
  );
}
