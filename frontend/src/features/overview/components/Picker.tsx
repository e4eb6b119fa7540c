import ArrowDropDownIcon from '@mui/icons-material/ArrowDropDown';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';

type PickerProps<Value extends string> = {
  /** Begins the text of the button: "Group by". */
  label: string;
  value: Value;
  choices: { value: Value; label: string }[];
  onChange: (value: Value) => void;
};

/** One choice out of a few, written as a sentence: "Group by service". */
export function Picker<Value extends string>({ label, value, choices, onChange }: PickerProps<Value>) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const chosen = choices.find((choice) => choice.value === value);
  return (
    <>
      <Button variant="text" aria-haspopup="menu" aria-expanded={anchor !== null} onClick={(event) => setAnchor(event.currentTarget)} endIcon={<ArrowDropDownIcon sx={{ ml: -0.75 }} />} sx={{ fontSize: '0.75rem', whiteSpace: 'nowrap' }}>
        {label} {chosen?.label}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {choices.map((choice) => (
          <MenuItem
            key={choice.value}
            selected={choice.value === value}
            onClick={() => {
              onChange(choice.value);
              setAnchor(null);
            }}
            sx={{ '&::first-letter': { textTransform: 'uppercase' }, display: 'block' }}
          >
            {choice.label}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
