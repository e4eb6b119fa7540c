import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { formatDay } from '../../../lib/days';
import { describeEnded } from '../../../lib/ended';
import { formatShare } from '../../../lib/percent';
import { formatCount, formatCounted } from '../../../lib/money';
import type { FindingInfo, SavingsInfo } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { WaterfallChart } from '../../../ui/charts/WaterfallChart';
import { Money } from '../../../ui/Money';
import { matchesFilter, noFilter, standingOf, waterfallOf } from '../model';

const figure = { fontSize: '1.5rem', fontWeight: 620, fontVariantNumeric: 'tabular-nums', lineHeight: 1.3 };

/** What could be saved each month in the currency of the page, and how the bill gets there. */
export function SavingsTotals({ info, currency, findings }: { info: SavingsInfo; currency: string; findings: FindingInfo[] }) {
  const total = info.totals.find((one) => one.currency === currency);
  if (!total) return null;
  const open = findings.filter((finding) => standingOf(finding) === 'counts');
  const candidates = findings.filter((finding) => standingOf(finding) === 'candidate').length;
  const others = findings.filter((finding) => matchesFilter(finding, noFilter)).length - open.length - candidates;
  const ended = describeEnded(open.map(({ lastDay }) => lastDay), info.asOf);
  const share = formatShare(total.net, total.monthlyCost);
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', md: 'minmax(260px, 1fr) 2fr' } }}>
      <Card title="Savings found" sub={`${currency} a month`}>
        <Box sx={figure}>
          <Money amount={total.net} currency={currency} />
        </Box>
        <Typography sx={{ color: 'text.secondary' }}>
          {formatCounted(open.length, 'finding')}
          {share !== null && <>, {share} of a month’s cost</>}
        </Typography>
        {ended !== '' && <Typography sx={{ mt: 1.5 }}>{ended}; their amounts are for one month at that time.</Typography>}
        <Typography sx={{ mt: 1.5 }}>
          Up to <Money amount={total.candidates} currency={currency} /> more in {formatCounted(candidates, 'candidate')}, which the bill alone cannot confirm. Not in the total.
        </Typography>
        {others > 0 && (
          <Typography sx={{ mt: 1.5, color: 'text.secondary' }}>
            The list has {formatCount(others)} more, which save less than 1.00 a month each or have no amount.
          </Typography>
        )}
      </Card>
      <Card title="From the bill of a month to what remains" sub={currency}>
        <Typography sx={{ color: 'text.secondary', mb: 1 }}>
          The last 30 settled days of each provider and billing account, scaled to a month.
          {total.endedCost !== undefined && (
            <>
              {' '}
              <Money amount={total.endedCost} currency={currency} /> of it comes from bills that ended long before {formatDay(info.asOf)}.
            </>
          )}
        </Typography>
        <WaterfallChart label="From the bill of a month to what remains when all findings are acted on" currency={currency} height={27 * (total.stages.length + 2) + 8} steps={waterfallOf(total)} />
      </Card>
    </Box>
  );
}
