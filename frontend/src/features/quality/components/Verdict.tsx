import Box from '@mui/material/Box';

import type { PassportSetDocument, PassportSeverity } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { describeSet, severityMeanings } from '../model';
import { FindingList } from './FindingList';
import { SeverityMark } from './Mark';

const severities: PassportSeverity[] = ['problem', 'gap', 'info', 'good'];

/** Whether the data can be relied on, in one sentence, and what was found: problems without a known amount first, then by the cost concerned. */
export function Verdict({ whole, dataSets }: { whole: PassportSetDocument; dataSets: PassportSetDocument[] }) {
  return (
    <Card title={whole.verdict} sub={describeSet(whole, dataSets)}>
      <Box component="dl" aria-label="What the marks mean" sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 3, rowGap: 0.5, mt: 1, mb: 0.5, fontSize: '0.75rem', color: 'text.secondary' }}>
        {severities.map((severity) => (
          <Box key={severity} sx={{ display: 'flex', alignItems: 'baseline', gap: 0.75 }}>
            <dt>
              <SeverityMark severity={severity} />
            </dt>
            <Box component="dd" sx={{ m: 0 }}>
              {severityMeanings[severity]}
            </Box>
          </Box>
        ))}
      </Box>
      <FindingList findings={whole.findings} currency={whole.currencies[0]?.currency ?? ''} name="all data sets" />
    </Card>
  );
}
