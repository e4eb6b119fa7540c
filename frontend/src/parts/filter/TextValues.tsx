import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useState } from 'react';

type TextValuesProps = { values: (string | null)[]; placeholder: string; onChange: (values: (string | null)[]) => void };

/** Texts of which one is enough, each ended by Enter or by leaving the field. */
export function TextValues({ values, placeholder, onChange }: TextValuesProps) {
  const [text, setText] = useState('');
  const texts = values.filter((value) => value !== null);
  const change = (next: string[]) => onChange([...new Set(next.filter((one) => one !== ''))]);
  return (
    <Autocomplete
      multiple
      freeSolo
      fullWidth
      size="small"
      options={[]}
      value={texts}
      inputValue={text}
      onInputChange={(_event, next) => setText(next)}
      onChange={(_event, next) => change(next)}
      onBlur={() => {
        if (text === '') return;
        change([...texts, text]);
        setText('');
      }}
      renderInput={(input) => (
        <TextField {...input} placeholder={texts.length === 0 ? placeholder : ''} slotProps={{ ...input.slotProps, htmlInput: { ...input.slotProps.htmlInput, 'aria-label': 'Values' } }} />
      )}
    />
  );
}
