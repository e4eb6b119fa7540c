import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Link, useSearchParams } from 'react-router';

import { describeCurrency, formatCount } from '../../../lib/money';
import type { PassportSetDocument } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { foldingTable } from '../../../ui/foldingTable';
import { Money } from '../../../ui/Money';
import { ExportQuality } from './ExportQuality';
import { describeSet, formatSpan, setDetail, setName } from '../model';

/** All data sets in a few words each; the chosen one is shown below. */
export function SetIndex({ sets, chosen }: { sets: PassportSetDocument[]; chosen: string }) {
  const [params] = useSearchParams();
  const addressOf = (id: string) => {
    const next = new URLSearchParams(params);
    if (id === '') next.delete('set');
    else next.set('set', id);
    return `?${next.toString()}`;
  };
  return (
    <Card title="Data sets" sub="What one provider exports of one billing account. Each is judged by itself, and all of them together" actions={<ExportQuality table="datasets" of="data sets" />}>
      <Box tabIndex={0} role="region" aria-label="List of data sets" sx={{ overflow: 'auto', maxHeight: 330, mt: 0.5, containerType: 'inline-size' }}>
        <Table size="small" stickyHeader aria-label="Data sets" sx={{ ...foldingTable, '& td:first-of-type, & th:first-of-type': { pl: 0 }, '& thead th': { bgcolor: 'background.paper' }, '& tr:last-of-type td': { borderBottom: 0 } }}>
          <TableHead>
            <TableRow>
              <TableCell>Data set</TableCell>
              <TableCell className="folds3">Findings</TableCell>
              <TableCell>Charges from – to</TableCell>
              <TableCell className="folds2" align="right">Complete months</TableCell>
              <TableCell className="folds2" align="right">Lines</TableCell>
              <TableCell align="right">Billed</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {sets.map((set) => (
              <TableRow key={set.id} selected={set.id === chosen}>
                <TableCell className="wraps" sx={{ minWidth: 140 }}>
                  <Box component={Link} to={addressOf(set.id)} preventScrollReset aria-current={set.id === chosen ? 'true' : undefined} sx={{ color: 'primary.main', fontWeight: set.id === chosen ? 650 : 540, textDecoration: 'none', borderRadius: 1, '&:hover': { textDecoration: 'underline' } }}>
                    {setName(set)}
                  </Box>
                  <Box sx={{ color: 'text.secondary', fontSize: '0.75rem' }}>{set.id === '' ? '' : setDetail(set)}</Box>
                </TableCell>
                <TableCell className="folds3 wraps">{describeSet(set, sets)}</TableCell>
                <TableCell>{formatSpan(set.coverage)}</TableCell>
                <TableCell className="folds2" align="right">{formatCount(set.coverage.completeMonths)}</TableCell>
                <TableCell className="folds2" align="right">{formatCount(set.lines)}</TableCell>
                <TableCell align="right">
                  {set.currencies.map(({ currency, billed }) => (
                    <Box key={currency} sx={{ whiteSpace: 'nowrap' }}>
                      <Money amount={billed} currency={currency} /> {billed !== null && describeCurrency(currency)}
                    </Box>
                  ))}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Box>
    </Card>
  );
}
