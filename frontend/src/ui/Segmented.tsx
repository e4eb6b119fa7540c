import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Tooltip from '@mui/material/Tooltip';

export type Choice<Value extends string> = {
  value: Value;
  label: string;
  /** Shown on hover: what it means, or why it cannot be chosen. */
  hint?: string;
  disabled?: boolean;
};

type SegmentedProps<Value extends string> = {
  label: string;
  value: Value;
  choices: Choice<Value>[];
  onChange: (value: Value) => void;
};

/** A switch between a few choices that are all in sight. */
export function Segmented<Value extends string>({ label, value, choices, onChange }: SegmentedProps<Value>) {
  return (
    <ToggleButtonGroup exclusive size="small" aria-label={label} value={value} sx={{ bgcolor: 'background.paper' }}>
      {choices.map((choice) => (
        <Tooltip key={choice.value} title={choice.hint ?? ''}>
          <ToggleButton
            value={choice.value}
            aria-disabled={choice.disabled}
            onClick={() => {
              if (!choice.disabled) onChange(choice.value);
            }}
            sx={{
              px: 1.25,
              py: '4px',
              color: choice.disabled ? 'text.disabled' : 'text.secondary',
              borderColor: 'divider',
              fontWeight: 500,
              opacity: choice.disabled ? 0.6 : 1,
              cursor: choice.disabled ? 'default' : 'pointer',
              '&.Mui-selected, &.Mui-selected:hover': { bgcolor: 'tone.selected', color: 'text.primary', fontWeight: 600 },
            }}
          >
            {choice.label}
          </ToggleButton>
        </Tooltip>
      ))}
    </ToggleButtonGroup>
  );
}
