import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { formatDay } from '../../../lib/days';
import { formatMoney, fullMoney } from '../../../lib/money';
import type { FindingInfo } from '../../../lib/wire';

/** What documents of the client say of a finding, and what its provider recommends beside it. Nothing where they say nothing. */
export function DocumentsSection({ finding }: { finding: FindingInfo }) {
  const { why, documents, providerSays: advised } = finding;
  if (why === '' && advised.length === 0) return null;
  return (
    <Box component="section" aria-label="Client documents" sx={{ mt: 2.5 }}>
      <Typography variant="h3" sx={{ fontSize: '0.8125rem', fontWeight: 600, mb: 0.5 }}>
        Client documents
      </Typography>
      {why !== '' && <Typography>{why}</Typography>}
      {documents.map(({ document: name, day }) => (
        <Typography key={name} sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
          {name}, {formatDay(day)}
        </Typography>
      ))}
      {advised.length > 0 && (
        <Box component="table" aria-label={`What ${finding.provider} recommends`} sx={{ mt: 1, width: '100%', borderCollapse: 'collapse', '& th, & td': { py: 0.5, pr: 1.5, textAlign: 'left', verticalAlign: 'top', borderBottom: 1, borderColor: 'divider', overflowWrap: 'anywhere' }, '& th': { color: 'text.secondary', fontWeight: 500 }, '& .amount': { textAlign: 'right', whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' } }}>
          <thead>
            <tr>
              <th>{finding.provider} recommends</th>
              <th className="amount">A month</th>
              <th>Compared with this finding</th>
            </tr>
          </thead>
          <tbody>
            {advised.map((one) => (
              <tr key={`${one.document} ${one.said}`}>
                <td title={one.document}>{one.said}</td>
                <td className="amount" title={one.monthly === null ? undefined : fullMoney(one.monthly, one.currency)}>
                  {one.monthly === null ? '–' : `${formatMoney(one.monthly, one.currency)} ${one.currency}`}
                </td>
                <td>{one.difference}</td>
              </tr>
            ))}
          </tbody>
        </Box>
      )}
    </Box>
  );
}
