import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

import { formatInstant } from '../../../lib/days';
import { describeCurrency, formatCount, formatCounted } from '../../../lib/money';
import type { PassportSetDocument } from '../../../lib/wire';
import { Money } from '../../../ui/Money';
import { describeAge } from '../model';

const grains: Record<string, string> = { hourly: 'Hourly', daily: 'Daily', monthly: 'Monthly', mixed: 'Mixed', unknown: 'Unknown' };

/** The plain numbers of a data set, in one line. */
export function SetFacts({ set }: { set: PassportSetDocument }) {
  const { hour, day, month, other, unknown } = set.grain.lines;
  const { filled, empty, absent } = set.columns;
  const facts: [string, ReactNode, string?][] = [
    ['Lines', formatCount(set.lines)],
    ...set.currencies.map(({ currency, billed }): [string, ReactNode] => [`Billed, ${describeCurrency(currency)}`, <Money key={currency} amount={billed} currency={currency} />]),
    ['Complete months', formatCount(set.coverage.completeMonths)],
    ['Granularity', grains[set.grain.grain] ?? set.grain.grain, `${formatCount(hour)} lines hourly, ${formatCount(day)} daily, ${formatCount(month)} monthly, ${formatCount(other + unknown)} other`],
    ['Imported', describeAge(set.importAgeDays), formatInstant(set.importedAt ?? '')],
    ['Files', formatCount(set.files.length), set.formats.map(({ name, files }) => `${name}: ${formatCounted(files, 'file')}`).join('\n')],
    ['Columns with values', `${formatCount(filled.length)} of ${formatCount(filled.length + empty.length + absent.length)}`, `Never filled: ${empty.join(', ') || 'none'}\nNot in the files: ${absent.join(', ') || 'none'}`],
  ];
  return (
    <Box component="dl" sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 3, rowGap: 1, m: 0, py: 1 }}>
      {facts.map(([name, value, title]) => (
        <Box key={name} title={title}>
          <Box component="dt" sx={{ fontSize: '0.71875rem', color: 'text.secondary' }}>
            {name}
          </Box>
          <Box component="dd" sx={{ m: 0, fontWeight: 570 }}>
            {value}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
