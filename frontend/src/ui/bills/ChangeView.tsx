import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { type AccountNames } from '../../lib/accountNames';
import { describeBill } from '../../lib/bill';
import { type Cost } from '../../lib/billChange';
import type { IngestChange } from '../../lib/wire';
import { Segmented } from '../Segmented';
import { ChangeMovers } from './ChangeMovers';
import { ChangeTotals } from './ChangeTotals';
import { type ExportTable, GroupChanges } from './GroupChanges';

type ChangeViewProps = {
  change: IngestChange;
  /** The cost that services and sub-accounts are shown in. */
  cost: Cost;
  /** What sub-accounts are called. */
  nameOf: AccountNames;
  onCost: (cost: Cost) => void;
  onExport: ExportTable;
};

/** Tables beside each other where there is room, below each other where there is not. */
const beside = (least: number) => ({ display: 'grid', gap: 2, gridTemplateColumns: `repeat(auto-fit, minmax(min(${least}px, 100%), 1fr))`, alignItems: 'start' });

/** What a newer version of a bill changes: the whole, the lines, services and sub-accounts. */
export function ChangeView({ change, cost, nameOf, onCost, onExport }: ChangeViewProps) {
  const file = `Changes of ${describeBill(change)}`.replaceAll(/[\\/:*?"<>|]/g, '-');
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      <Box sx={{ ...beside(460), columnGap: 4 }}>
        <Box sx={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="The bill before and now">
          <ChangeTotals change={change} />
        </Box>
        <Box sx={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label="Why it changed">
          <ChangeMovers change={change} />
        </Box>
      </Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Typography sx={{ color: 'text.secondary' }}>By service and sub-account, in</Typography>
        <Segmented<Cost>
          label="Cost that changed"
          value={cost}
          onChange={onCost}
          choices={[
            { value: 'billed', label: 'Billed', hint: 'What the invoice asks for' },
            { value: 'effective', label: 'Effective', hint: 'Billed cost with upfront commitment fees spread over the time they cover' },
          ]}
        />
      </Box>
      <Box sx={beside(620)}>
        <GroupChanges title="Services" noun="service" groups={change.services} cost={cost} file={file} onExport={onExport} />
        <GroupChanges title="Sub-accounts" noun="sub-account" groups={change.subAccounts} nameOf={nameOf} cost={cost} file={file} onExport={onExport} />
      </Box>
    </Box>
  );
}
