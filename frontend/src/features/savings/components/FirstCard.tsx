import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';

import type { FindingInfo } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { Money } from '../../../ui/Money';

/** The findings to act on first, each with the sentence that says why. */
export function FirstCard({ findings, currency, onOpen }: { findings: FindingInfo[]; currency: string; onOpen: (id: string) => void }) {
  if (findings.length === 0) return null;
  return (
    <Card title="What to do first" sub={`Net ${currency} a month, ranked by net saving × confidence ÷ effort`}>
      <Box component="ol" sx={{ m: 0, mt: 0.5, p: 0, listStyle: 'none' }}>
        {findings.map((finding) => (
          <Box component="li" key={finding.id} sx={{ display: 'flex', alignItems: 'baseline', gap: 2, py: 0.75, borderTop: 1, borderColor: 'divider', '&:first-of-type': { borderTop: 0 } }}>
            <Box sx={{ minWidth: 80, textAlign: 'right', fontVariantNumeric: 'tabular-nums', fontWeight: 570 }}>
              <Money amount={finding.monthlyNet} currency={currency} />
            </Box>
            <Typography sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>{finding.sentence}</Typography>
            <Button size="small" variant="text" aria-label={`Open ${finding.title} ${finding.resourceId}`} onClick={() => onOpen(finding.id)}>
              Open
            </Button>
          </Box>
        ))}
      </Box>
    </Card>
  );
}
