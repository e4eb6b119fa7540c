import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import type { Mapping, MappingTable, MappingTrial } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { groupsOf, searchGroups } from '../model';
import { FocusGroup } from './FocusGroup';
import { TagChoices } from './TagChoices';

type FocusColumnsProps = { table: MappingTable; mapping: Mapping; refused: MappingTrial['refused']; onChange: (mapping: Mapping) => void };

/** The columns of FOCUS in groups, each with what it comes from. */
export function FocusColumns({ table, mapping, refused, onChange }: FocusColumnsProps) {
  const [search, setSearch] = useState('');
  const groups = searchGroups(groupsOf(table.targets), search);
  return (
    <Card
      title="FOCUS columns"
      sub="Choose a column, or write a text that is the same for every line."
      actions={<TextField size="small" placeholder="Find a FOCUS column" value={search} onChange={(event) => setSearch(event.target.value)} slotProps={{ htmlInput: { 'aria-label': 'Find a FOCUS column' } }} sx={{ width: 190 }} />}
    >
      {groups.map((group) => (
        <FocusGroup key={group.title} group={group} table={table} mapping={mapping} refused={refused} onChange={onChange} searched={search.trim() !== ''} />
      ))}
      {groups.length === 0 && (
        <Box sx={{ py: 3, textAlign: 'center' }}>
          <Typography sx={{ color: 'text.secondary' }}>No FOCUS column has that in its name.</Typography>
        </Box>
      )}
      {search.trim() === '' && <TagChoices table={table} mapping={mapping} onChange={onChange} />}
    </Card>
  );
}
