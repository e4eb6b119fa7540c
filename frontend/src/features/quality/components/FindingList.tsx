import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Link } from 'react-router';

import { describeCurrency, formatCounted } from '../../../lib/money';
import type { PassportFindingDocument } from '../../../lib/wire';
import { Money } from '../../../ui/Money';
import { chargesAddress } from '../model';
import { SeverityMark } from './Mark';

function Finding({ finding, currency }: { finding: PassportFindingDocument; currency: string }) {
  const to = chargesAddress(finding, currency);
  return (
    <Box component="li" sx={{ display: 'grid', gridTemplateColumns: '68px minmax(0, 1fr) max-content', columnGap: 1.25, py: 0.875, borderBottom: 1, borderColor: 'tone.line2', '&:last-of-type': { borderBottom: 0 } }}>
      <Box>
        <SeverityMark severity={finding.severity} />
      </Box>
      <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
        <Typography sx={{ fontWeight: finding.severity === 'problem' || finding.severity === 'gap' ? 570 : 450 }}>{finding.sentence}</Typography>
        {finding.meaning !== '' && <Typography variant="body2" sx={{ color: 'text.secondary', mt: 0.25 }}>{finding.meaning}</Typography>}
        {finding.action !== '' && (
          <Typography variant="body2" sx={{ mt: 0.25 }}>
            <Box component="span" sx={{ color: 'text.secondary' }}>
              What to do:{' '}
            </Box>
            {finding.action}
          </Typography>
        )}
        {to && (
          <Box component={Link} to={to} aria-label={`Charges of the finding: ${finding.sentence}`} sx={{ display: 'inline-block', mt: 0.375, fontSize: '0.75rem', color: 'primary.main', textDecoration: 'none', borderRadius: 1, '&:hover': { textDecoration: 'underline' } }}>
            Show the charges
          </Box>
        )}
      </Box>
      <Box sx={{ textAlign: 'right', whiteSpace: 'nowrap' }}>
        {finding.amount !== null && (
          <span title="Cost of the affected charges; credits count without their sign">
            <Money amount={finding.amount} currency={finding.currency} /> {describeCurrency(finding.currency)}
          </span>
        )}
      </Box>
    </Box>
  );
}

/** What was looked at, in the order in which it comes. Checks without a fault stay folded. */
export function FindingList({ findings, currency, name }: { findings: PassportFindingDocument[]; currency: string; name: string }) {
  const [open, setOpen] = useState(false);
  const good = findings.filter(({ severity }) => severity === 'good');
  const others = findings.filter(({ severity }) => severity !== 'good');
  return (
    <Box>
      <Box component="ul" aria-label={`Findings of ${name}`} sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {[...others, ...(open ? good : [])].map((finding) => (
          <Finding key={finding.code} finding={finding} currency={currency} />
        ))}
      </Box>
      {good.length > 0 && (
        <Button variant="text" aria-expanded={open} onClick={() => setOpen(!open)} sx={{ mt: 0.5, ml: '-7px', fontSize: '0.75rem' }}>
          {open ? 'Hide passed checks' : formatCounted(good.length, 'check passed', 'checks passed')}
        </Button>
      )}
    </Box>
  );
}
