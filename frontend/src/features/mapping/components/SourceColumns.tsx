import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { formatCounted } from '../../../lib/money';
import type { Mapping, MappingTable } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { Pill } from '../../../ui/Pill';
import { samplesOf, usesOf } from '../model';

/** The columns of the table with some of their values, and what becomes of each. */
export function SourceColumns({ table, mapping }: { table: MappingTable; mapping: Mapping }) {
  return (
    <Card title="The table" sub={`${formatCounted(table.names.length, 'column')} · ${table.dialect}`}>
      <Box component="ul" aria-label="Columns of the table" tabIndex={0} sx={{ listStyle: 'none', p: 0, m: 0, mt: 0.5, maxHeight: 360, overflowY: 'auto' }}>
        {table.names.map((name) => {
          const uses = usesOf(mapping, name);
          return (
            <Box component="li" key={name} sx={{ py: 0.75, borderBottom: 1, borderColor: 'tone.line2', '&:last-child': { borderBottom: 0 } }}>
              <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 0.75 }}>
                <Typography component="span" sx={{ fontWeight: 570, overflowWrap: 'anywhere' }}>
                  <bdi>{name}</bdi>
                </Typography>
                <Box component="span" sx={{ ml: 'auto', display: 'flex', flexWrap: 'wrap', gap: 0.5, justifyContent: 'flex-end' }}>
                  {uses.length === 0 && <Pill tone="plain">kept, not used in reports</Pill>}
                  {uses.map((use) => (
                    <Pill key={use} tone="good">
                      {use}
                    </Pill>
                  ))}
                </Box>
              </Box>
              <Typography variant="body2" noWrap title={samplesOf(table, name).join('\n')} sx={{ color: 'text.secondary' }}>
                <bdi>{samplesOf(table, name).join(' · ') || 'no value in the first lines'}</bdi>
              </Typography>
            </Box>
          );
        })}
      </Box>
    </Card>
  );
}
