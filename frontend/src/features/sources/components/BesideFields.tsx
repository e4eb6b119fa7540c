import ExpandMoreIcon from '@mui/icons-material/ExpandMore';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useFormContext } from 'react-hook-form';

import type { ConnectorOption } from '../../../lib/wire';
import type { ConnectionValues } from '../form';
import { OptionField } from './OptionField';

/** What is read beside bills, under one heading that is closed at first. What the provider charges for stands in plain sight. */
export function BesideFields({ options, kept }: { options: ConnectorOption[]; /** The options whose secrets the keychain has. */ kept: string[] }) {
  const { getValues } = useFormContext<ConnectionValues>();
  const [open, setOpen] = useState(() => options.some(({ name }) => (getValues(`options.${name}`) ?? '') !== ''));
  const id = useId();
  const named = options.filter((option) => option.switch).map(({ label }, at) => (at === 0 ? label : label.charAt(0).toLowerCase() + label.slice(1)));
  const charges = options.flatMap(({ label, charge }) => (charge === '' ? [] : [`${label}: ${charge}`]));
  return (
    <Box>
      <Button variant="text" aria-expanded={open} aria-controls={id} endIcon={<ExpandMoreIcon sx={{ transform: open ? 'rotate(180deg)' : 'none' }} />} onClick={() => setOpen(!open)} sx={{ textAlign: 'left' }}>
        Also read: {named.join(', ')}
      </Button>
      {!open && charges.length > 0 && (
        <Typography variant="body2" sx={{ color: 'text.secondary', px: 1 }}>
          {charges.join(' ')}
        </Typography>
      )}
      <Box id={id} sx={{ display: open ? 'flex' : 'none', flexDirection: 'column', gap: 2, mt: 1 }}>
        {open && options.map((option) => <OptionField key={option.name} option={option} kept={kept.includes(option.name)} />)}
      </Box>
    </Box>
  );
}
