import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import InputBase from '@mui/material/InputBase';
import Typography from '@mui/material/Typography';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';

import { findCommands, type Command } from './commands';
import { useCommands } from './useCommands';
import { useFound } from './useFound';

/** Anything by keyboard: type, choose with the arrows, Enter. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const commands = useCommands();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const listId = useId();
  const titleId = useId();
  const list = useRef<HTMLUListElement>(null);
  const { found: values, searching } = useFound(typed);
  const found = [...findCommands(commands, typed), ...values];

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView?.({ block: 'nearest' });
  }, [active]);

  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    command.run();
  };
  const handleKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && found.length > 0) {
      event.preventDefault();
      setActive((active + step + found.length) % found.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(found[active]);
    }
  };

  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby={titleId} transitionDuration={0} sx={{ '& .MuiDialog-container': { alignItems: 'flex-start' } }} slotProps={{ paper: { sx: { mt: '12vh', width: 560 } } }}>
      <Box component="h2" id={titleId} sx={{ position: 'absolute', width: '1px', height: '1px', m: 0, overflow: 'hidden', clipPath: 'inset(50%)' }}>
        Commands
      </Box>
      <InputBase
        autoFocus
        value={typed}
        placeholder="Find a page, service, account, invoice or resource"
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
        onKeyDown={handleKeyDown}
        inputProps={{ role: 'combobox', 'aria-expanded': true, 'aria-controls': listId, 'aria-label': 'Command', 'aria-activedescendant': found.length > 0 ? `${listId}-${active}` : undefined }}
        sx={{ px: 2.25, py: 1.25, fontSize: '0.9375rem', borderBottom: 1, borderColor: 'divider', '& input:focus-visible': { outline: 'none' } }}
      />
      <Box component="ul" role="listbox" id={listId} aria-label="Commands" ref={list} sx={{ listStyle: 'none', m: 0, p: 0.75, maxHeight: 380, overflowY: 'auto' }}>
        {found.map((command, index) => (
          <Box
            component="li"
            role="option"
            key={command.id}
            id={`${listId}-${index}`}
            aria-selected={index === active}
            onMouseMove={() => setActive(index)}
            onClick={() => run(command)}
            sx={{ display: 'flex', columnGap: 1.5, alignItems: 'baseline', px: 1.5, py: 0.875, borderRadius: '7px', cursor: 'pointer', bgcolor: index === active ? 'tone.selected' : 'transparent' }}
          >
            {/* A hint that has no room beside the name stands below it. */}
            <Box sx={{ flex: 1, minWidth: 0, display: 'flex', flexWrap: 'wrap', columnGap: 1.5, alignItems: 'baseline', overflowWrap: 'anywhere' }}>
              <Typography component="bdi" sx={{ fontWeight: 500, minWidth: 0 }}>
                {command.label}
              </Typography>
              {command.hint !== undefined && (
                <Typography component="span" variant="body2" sx={{ color: 'text.secondary', minWidth: 0 }}>
                  {command.hint}
                </Typography>
              )}
            </Box>
            <Typography component="span" variant="body2" sx={{ flex: 'none', color: 'text.secondary', whiteSpace: 'nowrap' }}>
              {command.group}
            </Typography>
          </Box>
        ))}
      </Box>
      {(found.length === 0 || searching) && (
        <Typography role="status" sx={{ px: 2.25, pb: 2, color: 'text.secondary' }}>
          {searching ? 'Searching the charges…' : 'Nothing was found. Try fewer characters.'}
        </Typography>
      )}
    </Dialog>
  );
}
