import Box from '@mui/material/Box';

import { formatCounted } from '../../../lib/money';
import type { PassportSetDocument } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { setDetail, setName, describeFindings } from '../model';
import { CoverageStrip } from './CoverageStrip';
import { DoubtfulLines } from './DoubtfulLines';
import { ExportQuality } from './ExportQuality';
import { FindingList } from './FindingList';
import { Limits } from './Limits';
import { Part } from './Part';
import { SetFacts } from './SetFacts';
import { ShareBars } from './ShareBars';
import { UnmappedTable } from './UnmappedTable';

/** The passport of one data set: days on the left, findings on the right, what is behind them below. The findings of all data sets stand at the head of the page. */
export function SetCard({ set, findings }: { set: PassportSetDocument; findings: boolean }) {
  const name = setName(set);
  const summary = set.id === '' && !set.findings.some(({ severity }) => severity === 'problem' || severity === 'gap') ? '' : describeFindings(set.findings);
  const hidden = set.unmappedCount - set.unmapped.length;
  return (
    <Card title={name} sub={setDetail(set)} actions={<Box sx={{ color: 'text.secondary', fontSize: '0.78125rem' }}>{summary}</Box>}>
      <SetFacts set={set} />
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) minmax(0, 1fr)' }, columnGap: 4, rowGap: 2.5 }}>
        <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2.5, minWidth: 0 }}>
          <Part title="Days with data">
            <CoverageStrip coverage={set.coverage} name={name} />
          </Part>
          <Part title="Field coverage" sub={set.currencies.length > 1 ? `costs in ${set.shares[0]?.currency ?? ''}` : undefined}>
            <ShareBars shares={set.shares} name={name} />
          </Part>
          {set.id !== '' && <Limits readiness={set.readiness} />}
        </Box>
        <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2.5, minWidth: 0 }}>
          {findings && (
            <Part title="Findings" sub={set.verdict}>
              <FindingList findings={set.findings} currency={set.currencies[0]?.currency ?? ''} name={name} />
            </Part>
          )}
          {set.unmapped.length > 0 && (
            <Part title="Unmapped services" sub={hidden > 0 ? `${formatCounted(hidden, 'smaller one is', 'smaller ones are')} not shown` : undefined} actions={<ExportQuality table="unmapped" of="unmapped services" />}>
              <UnmappedTable services={set.unmapped} name={name} />
            </Part>
          )}
          <DoubtfulLines set={set} name={name} />
        </Box>
      </Box>
    </Card>
  );
}
