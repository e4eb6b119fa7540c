import WarningAmberRounded from '@mui/icons-material/WarningAmberRounded';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Link } from 'react-router';

import { useReadOnly } from '../../../bridge/queries';
import { useBillingAccountNames } from '../../../parts/accountNames';
import { currenciesOf } from '../../../lib/bill';
import { formatDay } from '../../../lib/days';
import { formatCounted } from '../../../lib/money';
import type { BillInfo } from '../../../lib/wire';
import { linesAddress, useLedgerView } from '../../../ui/view/ledgerView';
import { allExports, billConditions, countedDays, countedExports, countsAll, currentVersions, describeUncounted, exportsOf, mainCurrency, severalExports, thisAccount } from '../model';
import { ChooseDialog } from './ChooseDialog';
import { ExportChoice } from './ExportChoice';
import { TotalsGrid } from './TotalsGrid';
import { VersionEntry } from './VersionEntry';

type BillDetailProps = {
  info: BillInfo;
  /** Import whose changes are shown; 0 for none. */
  version: number;
  onVersion: (importId: number) => void;
};

/** What counts of a bill, then every version from the newest. */
export function BillDetail({ info, version, onVersion }: BillDetailProps) {
  const { facts } = useLedgerView();
  const readOnly = useReadOnly();
  const nameOf = useBillingAccountNames();
  const [choosing, setChoosing] = useState<string | null>(null);
  const { from, to } = countedDays(info);
  const preferred = facts.currencies.map(({ code }) => code);
  const lines = linesAddress(from, to, mainCurrency(info, preferred), billConditions(info));
  const all = countsAll(info);
  const more = currenciesOf(info.totals).length > 1;

  return (
    <>
      <Box component="section" aria-label="What counts" sx={{ pb: 2, borderBottom: 1, borderColor: 'divider' }}>
        <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 2, mb: 1.25 }}>
          <Box sx={{ minWidth: 0 }}>
            <Typography sx={{ fontWeight: 600 }}>
              {all ? 'Counted together' : 'Source'}: {countedExports(info)}
            </Typography>
            <Typography sx={{ color: 'text.secondary' }}>{info.lines > 0 ? `${formatCounted(info.lines, 'line')}, charges through ${formatDay(info.lastDay)}` : describeUncounted(info, nameOf)}</Typography>
          </Box>
          {info.lines > 0 && (
            <Button variant="outlined" component={Link} to={lines} sx={{ ml: 'auto', flex: 'none' }}>
              {more ? `Charge lines, ${mainCurrency(info, preferred)}` : 'Charge lines'}
            </Button>
          )}
          {info.countedUnder && (
            <Button variant="outlined" disabled={readOnly} onClick={() => setChoosing(thisAccount)} sx={{ ml: 'auto', flex: 'none' }}>
              Count under this account
            </Button>
          )}
        </Box>
        <ExportChoice info={info} onUse={setChoosing} />
        <TotalsGrid label="Totals of the bill" totals={info.totals} strong />
        {all && (
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', mt: 1.5, px: 1.5, py: 1, borderRadius: '8px', bgcolor: 'tone.warmBg', color: 'tone.warm' }}>
            <WarningAmberRounded sx={{ fontSize: 18 }} />
            <Typography>The costs of all exports are added. If they are the same bill, its cost is doubled: use one export.</Typography>
          </Box>
        )}
      </Box>
      <Box component="section" aria-label="Versions" sx={{ pt: 2 }}>
        <Box sx={{ display: 'flex', alignItems: 'center', minHeight: 30, mb: 0.5 }}>
          <Typography variant="h2">{formatCounted(info.versions.length, 'version')}</Typography>
          {severalExports(info) && !all && (
            <Button disabled={readOnly} onClick={() => setChoosing(allExports)} sx={{ ml: 'auto' }}>
              {exportsOf(currentVersions(info)).length > 2 ? 'Count all…' : 'Count both…'}
            </Button>
          )}
        </Box>
        <Box component="ol" aria-label="Versions, the newest first" sx={{ listStyle: 'none', p: 0, m: 0 }}>
          {info.versions.map((one, index) => (
            <VersionEntry
              key={`${one.importId} ${one.export} ${one.part} ${one.state} ${one.replacedBy}`}
              info={info}
              version={one}
              last={index === info.versions.length - 1}
              shown={version === one.importId}
              onShow={onVersion}
            />
          ))}
        </Box>
      </Box>
      {choosing !== null && <ChooseDialog info={info} exportName={choosing} onClose={() => setChoosing(null)} />}
    </>
  );
}
