import CloseIcon from '@mui/icons-material/Close';
import KeyboardArrowDown from '@mui/icons-material/KeyboardArrowDown';
import KeyboardArrowUp from '@mui/icons-material/KeyboardArrowUp';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import FormControlLabel from '@mui/material/FormControlLabel';
import IconButton from '@mui/material/IconButton';
import Skeleton from '@mui/material/Skeleton';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { type ValueNames } from '../../../lib/accountNames';
import { formatCount } from '../../../lib/money';
import type { WasteOf } from '../../../parts/waste';
import { EmptyState } from '../../../ui/EmptyState';
import { QueryView } from '../../../ui/QueryView';
import { groupColumns } from '../groups';
import { type LedgerColumn, lineValue } from '../model';
import { type LinesScope, useLine } from '../queries';
import { LineFields } from './LineFields';
import { LineSource } from './LineSource';
import { WasteLink } from './WasteLink';

type LineDrawerProps = {
  scope: LinesScope;
  columns: LedgerColumn[];
  nameOf: ValueNames;
  wasteOf: WasteOf;
  /** The place of the line in the answer; null closes the drawer. */
  index: number | null;
  total: number;
  onMove: (index: number) => void;
  onClose: () => void;
};

/** Everything the ledger has of one line. */
export function LineDrawer({ scope, columns, nameOf, wasteOf, index, total, onMove, onClose }: LineDrawerProps) {
  const [withEmpty, setWithEmpty] = useState(false);
  const query = useLine(scope, index, columns.map((column) => column.name));
  const at = index ?? 0;

  return (
    <Drawer
      anchor="right"
      open={index !== null}
      onClose={onClose}
      slotProps={{ paper: { role: 'dialog', 'aria-modal': true, 'aria-label': `Line ${formatCount(at + 1)}`, sx: { width: 'min(560px, 92vw)', borderLeft: 1, borderColor: 'divider' } } }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, px: 2.5, py: 1.5, borderBottom: 1, borderColor: 'divider' }}>
        <Typography variant="h2" sx={{ mr: 'auto' }}>
          Line {formatCount(at + 1)}
          <Box component="span" sx={{ color: 'text.secondary', fontWeight: 400 }}>
            {' '}
            of {formatCount(total)}
          </Box>
        </Typography>
        <FormControlLabel
          control={<Switch size="small" checked={withEmpty} onChange={(event) => setWithEmpty(event.target.checked)} />}
          label="Empty fields"
          slotProps={{ typography: { variant: 'body2' } }}
        />
        <IconButton aria-label="Line before" disabled={at === 0} onClick={() => onMove(at - 1)}>
          <KeyboardArrowUp fontSize="small" />
        </IconButton>
        <IconButton aria-label="Next line" disabled={at >= total - 1} onClick={() => onMove(at + 1)}>
          <KeyboardArrowDown fontSize="small" />
        </IconButton>
        <IconButton aria-label="Close" onClick={onClose}>
          <CloseIcon fontSize="small" />
        </IconButton>
      </Box>
      <Box sx={{ overflow: 'auto', px: 2.5, py: 1, flex: 1 }} tabIndex={0} role="group" aria-label="Columns of the line">
        <QueryView
          query={query}
          what="the line"
          errorTitle="The line could not be read"
          skeleton={Array.from({ length: 14 }, (_, row) => (
            <Skeleton key={row} height={30} />
          ))}
        >
          {(row) => {
            const mark = row ? wasteOf(lineValue(row, 'ResourceId')) : undefined;
            return row ? (
              <>
                {mark && <WasteLink mark={mark} />}
                <LineFields row={row} groups={groupColumns(columns)} nameOf={nameOf} currency={scope.currency} withEmpty={withEmpty} origin={<LineSource scope={scope} index={at} />} />
              </>
            ) : (
              <EmptyState title="This line is gone" text="The ledger has changed since the table was read. Close this and look again." />
            );
          }}
        </QueryView>
      </Box>
    </Drawer>
  );
}
