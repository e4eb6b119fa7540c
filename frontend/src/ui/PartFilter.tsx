import ArrowDropDownIcon from '@mui/icons-material/ArrowDropDown';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';

type PartFilterProps = {
  /** "Month"; the menu begins with "All months". */
  label: string;
  all: string;
  value: string | null;
  values: string[];
  labelOf: (value: string) => string;
  onChange: (value: string | null) => void;
};

/** Narrows the list to one month, provider or account. */
export function PartFilter({ label, all, value, values, labelOf, onChange }: PartFilterProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const choose = (chosen: string | null) => {
    setAnchor(null);
    onChange(chosen);
  };
  return (
    <>
      <Button
        variant="outlined"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-label={`${label}: ${value === null ? all : labelOf(value)}`}
        onClick={(event) => setAnchor(event.currentTarget)}
        endIcon={<ArrowDropDownIcon sx={{ ml: -0.75 }} />}
        sx={{ whiteSpace: 'nowrap', bgcolor: value === null ? 'background.paper' : 'tone.selected', maxWidth: 280 }}
      >
        <bdi>{value === null ? all : labelOf(value)}</bdi>
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)} slotProps={{ paper: { sx: { maxHeight: 'min(420px, calc(100% - 32px))' } }, list: { 'aria-label': label } }}>
        <MenuItem selected={value === null} onClick={() => choose(null)}>
          {all}
        </MenuItem>
        {values.map((one) => (
          <MenuItem key={one} selected={one === value} onClick={() => choose(one)}>
            <bdi>{labelOf(one)}</bdi>
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
