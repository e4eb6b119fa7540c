import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { formatDay } from '../../../lib/days';
import { describeEnded } from '../../../lib/ended';
import { formatCounted } from '../../../lib/money';
import type { CommitmentInfo, CommitmentTotal } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { Money } from '../../../ui/Money';
import { formatPart, nameOf } from '../model';

const figure = { fontSize: '1.5rem', fontWeight: 620, fontVariantNumeric: 'tabular-nums', lineHeight: 1.3 };

/** The figures of all commitments of a currency that run. */
export function CommitmentTotals({ total, list, newest }: { total: CommitmentTotal | undefined; list: CommitmentInfo[]; /** The newest day of the ledger. */ newest: string }) {
  if (!total) return null;
  const ended = describeEnded(list.flatMap((one) => (one.ended ? [] : one.to)), newest);
  const { currency } = total;
  const next = list.filter(({ daysLeft }) => daysLeft !== null).sort((a, b) => a.expires.localeCompare(b.expires))[0];
  const cards = [
    { title: 'Unused', sub: `${currency} a month`, amount: total.unused, text: `${formatPart(total.utilisation)} of ${formatCounted(total.running, 'running commitment')} is used${ended === '' ? '' : `. ${ended} and are shown as they ran then`}` },
    { title: 'Net saving', sub: `${currency} a month`, amount: total.netSaving, text: 'On-demand cost of the covered usage less the cost of the commitments' },
    { title: 'Cost of lapse', sub: `${currency} a month`, amount: total.costOfLapse, text: next ? `${nameOf(next)} ends first, on ${formatDay(next.expires)}` : 'What the usage costs more once all have ended' },
    { title: 'Sharing losses', sub: `${currency} a month`, amount: total.sharingLoss, text: 'Unused while usage it could cover was paid on demand' },
  ];
  return (
    <>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr', lg: 'repeat(4, 1fr)' } }}>
        {cards.map(({ title, sub, amount, text }) => (
          <Card key={title} title={title} sub={sub}>
            <Box sx={figure}>
              <Money amount={amount} currency={currency} />
            </Box>
            <Typography sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>{text}</Typography>
          </Card>
        ))}
      </Box>
      {total.unknown > 0 && (
        <Typography sx={{ color: 'text.secondary' }}>
          {formatCounted(total.unknown, 'commitment')} {total.unknown === 1 ? 'has' : 'have'} amounts that the export does not say; they are not in these figures.
        </Typography>
      )}
    </>
  );
}
