import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

import { formatInstant } from '../../../lib/days';
import { formatFileFormat } from '../../../lib/fileFormat';
import { formatCount, formatCounted } from '../../../lib/money';
import type { DataSet } from '../../../lib/wire';
import { Money } from '../../../ui/Money';
import { describeAge } from '../model';

const grains: Record<string, string> = { hourly: 'Hourly', daily: 'Daily', monthly: 'Monthly', mixed: 'Mixed', unknown: 'Unknown' };

/** The plain numbers of a data set, in one line. */
export function SetFacts({ set }: { set: DataSet }) {
  const facts: [string, ReactNode, string?][] = [
    ['Lines', formatCount(set.lines)],
    ...set.currencies.map(({ code, billed }): [string, ReactNode] => [`Billed${code === '' ? '' : `, ${code}`}`, <Money key={code} amount={billed} currency={code} />]),
    ['Complete months', formatCount(set.coverage.completeMonths)],
    ['Granularity', grains[set.grain.word] ?? set.grain.word, `${formatCount(set.grain.hour)} lines hourly, ${formatCount(set.grain.day)} daily, ${formatCount(set.grain.month)} monthly, ${formatCount(set.grain.other)} other`],
    ['Imported', describeAge(set.importAgeDays), formatInstant(set.importedAt)],
    ['Files', formatCount(set.files), set.formats.map(({ format, version, files }) => `${formatFileFormat(format, version)}: ${formatCounted(files, 'file')}`).join('\n')],
    ['Columns with values', `${formatCount(set.filled.length)} of ${formatCount(set.filled.length + set.empty.length + set.absent.length)}`, `Never filled: ${set.empty.join(', ') || 'none'}\nNot in the files: ${set.absent.join(', ') || 'none'}`],
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
