import SearchIcon from '@mui/icons-material/Search';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { useEffect, useEffectEvent, useRef, useState } from 'react';

type SearchBoxProps = { value: string; onChange: (value: string) => void };

/** Typing asks the ledger only after this pause. */
const PAUSE_MS = 300;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}

/** Search in the lines; "/" goes here from anywhere on the page. */
export function SearchBox({ value, onChange }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  // The address changed by other means, such as going back: the field follows it.
  if (value !== seen) {
    setSeen(value);
    setText(value);
  }

  const report = () => {
    setSeen(text);
    if (text !== value) onChange(text);
  };
  const reportLater = useEffectEvent(report);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(reportLater, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value]);

  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener('keydown', handleKey);
    return () => window.removeEventListener('keydown', handleKey);
  }, []);

  return (
    <TextField
      size="small"
      placeholder="Search the lines"
      value={text}
      inputRef={input}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') report();
        if (event.key === 'Escape') setText('');
      }}
      sx={{ width: 260 }}
      slotProps={{
        htmlInput: { 'aria-label': 'Search the lines', 'aria-keyshortcuts': '/' },
        input: {
          startAdornment: (
            <InputAdornment position="start" sx={{ mr: 0.5 }}>
              <SearchIcon sx={{ fontSize: 17 }} />
            </InputAdornment>
          ),
          endAdornment: text === '' && (
            <InputAdornment position="end">
              <kbd style={{ border: '1px solid var(--mui-palette-divider)', borderRadius: 5, padding: '0 5px', fontSize: '0.6875rem', fontFamily: 'inherit' }}>/</kbd>
            </InputAdornment>
          ),
        },
      }}
    />
  );
}
