import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useFormContext } from 'react-hook-form';

import type { ConnectorInfo } from '../../../lib/wire';
import type { ConnectionValues } from '../form';
import { BesideFields } from './BesideFields';
import { OptionField } from './OptionField';

type ConnectionFieldsProps = {
  connector: ConnectorInfo;
  /** The options whose secrets the keychain has. */
  kept: string[];
  /** The name of a connection does not change. */
  fixed: boolean;
};

/** The fields of a connection, as its connector declares them; what few need is shown when it is asked for, or has a value. */
export function ConnectionFields({ connector, kept, fixed }: ConnectionFieldsProps) {
  const { register, getFieldState, getValues, formState } = useFormContext<ConnectionValues>();
  const [more, setMore] = useState(() => connector.options.some(({ name, rare }) => rare && (kept.includes(name) || (getValues(`options.${name}`) ?? '') !== '')));
  const [asked, setAsked] = useState(false); // the button goes with the press, so that the first field takes the focus over
  const text = (name: 'name' | 'from', label: string, helper: string, disabled = false) => {
    const problem = getFieldState(name, formState).error?.message;
    return <TextField size="small" fullWidth disabled={disabled} label={label} error={problem !== undefined} helperText={problem ?? helper} slotProps={{ htmlInput: { ...register(name), autoComplete: 'off' } }} />;
  };
  const [beside, rare] = [connector.options.filter((option) => option.beside && !option.rare), connector.options.filter((option) => option.rare)];
  return (
    <>
      {text('name', 'Name', fixed ? 'A connection keeps its name.' : 'As this page and the history show it, such as Production', fixed)}
      {connector.options
        .filter((option) => !option.rare && !option.beside)
        .map((option) => (
          <OptionField key={option.name} option={option} kept={kept.includes(option.name)} />
        ))}
      {text('from', 'First month', 'Such as Jan 2026; bills before it are left out. Leave empty to import all months.')}
      {beside.length > 0 && <BesideFields options={beside} kept={kept} />}
      {rare.length > 0 && !more && (
        <Button variant="text" sx={{ alignSelf: 'flex-start' }} onClick={() => { setMore(true); setAsked(true); }}>
          More options
        </Button>
      )}
      {more && rare.map((option, at) => <OptionField key={option.name} option={option} kept={kept.includes(option.name)} focused={asked && at === 0} />)}
    </>
  );
}
