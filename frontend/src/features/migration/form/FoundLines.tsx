import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import DialogActions from '@mui/material/DialogActions';
import Typography from '@mui/material/Typography';

import { formatCounted } from '../../../lib/money';
import type { WorkloadLines } from '../../../lib/wire';
import { isFields } from '../model/values';

const kinds: Record<string, string> = { lines: 'a table of workloads', rvtools: 'an RVTools export', azure_migrate: 'an Azure Migrate import file' };

export type AddLines = (lines: Record<string, unknown>[], replace: boolean) => void;

function linesOf(text: string): Record<string, unknown>[] {
  const read: unknown = JSON.parse(text);
  return Array.isArray(read) ? read.filter(isFields) : [];
}

/** What was found in a table of machines. */
export function FoundLines({ found }: { found: WorkloadLines }) {
  return (
    <Box role="status" sx={{ display: 'flex', flexDirection: 'column', gap: 0.75, mt: 1.5 }}>
      <Typography>
        Found {formatCounted(found.count, 'workload')} in {kinds[found.kind] ?? 'the table'}.
      </Typography>
      {found.wrong.length > 0 && (
        <Box role="alert">
          <Typography sx={{ color: 'error.main' }}>{formatCounted(found.wrong.length, 'cell')} cannot be read and would stay empty:</Typography>
          <Box component="ul" sx={{ m: 0, pl: 2.5, maxHeight: 160, overflow: 'auto' }} tabIndex={0}>
            {found.wrong.map(({ path, message }, at) => (
              <li key={`${at} ${path}`}>{message}</li>
            ))}
          </Box>
        </Box>
      )}
      {found.off.length > 0 && <Typography sx={{ overflowWrap: 'anywhere' }}>Left out because switched off: {found.off.join(', ')}</Typography>}
      {found.unused.length > 0 && <Typography sx={{ color: 'text.secondary' }}>Columns that are not used: {found.unused.join(', ')}</Typography>}
    </Box>
  );
}

type FoundActionsProps = { found: WorkloadLines | null; /** How many there are already. */ lines: number; onAdd: AddLines; onClose: () => void };

/** Adds what was found, or puts it in place of what is there. */
export function FoundActions({ found, lines, onAdd, onClose }: FoundActionsProps) {
  const none = found === null || found.count === 0;
  return (
    <DialogActions>
      <Button onClick={onClose}>Cancel</Button>
      {lines > 0 && (
        <Button variant="outlined" disabled={none} onClick={() => found && onAdd(linesOf(found.lines), true)}>
          Replace all {lines}
        </Button>
      )}
      <Button variant="contained" disabled={none} onClick={() => found && onAdd(linesOf(found.lines), false)}>
        {found && found.count > 0 ? `Add ${found.count}` : 'Add'}
      </Button>
    </DialogActions>
  );
}
