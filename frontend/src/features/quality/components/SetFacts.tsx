import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

import { formatInstant } from '../../../lib/days';
import { formatFileFormat } from '../../../lib/fileFormat';
import { formatCount, formatCounted } from '../../../lib/money';
import type { DataSet } from '../../../lib/wire';
import { Money } from '../../../ui/Money';
import { describeAge } from '../model';

const grains: Record<string, string> = { hourly: 'By the hour', daily: 'By the day', monthly: 'By the month', mixed: 'Mixed steps', unknown: 'Unknown step' };

/** The plain numbers of a data set, in one line. */
export function SetFacts({ set }: { set: DataSet }) {
  const facts: [string, ReactNode, string?][] = [
    ['Lines', formatCount(set.lines)],
    ...set.currencies.map(({ code, billed }): [string, ReactNode] => [`Billed${code === '' ? '' : `, ${code}`}`, <Money key={code} amount={billed} currency={code} />]),
    ['Complete months', formatCount(set.coverage.completeMonths)],
    ['Step', grains[set.grain.word] ?? set.grain.word, `${formatCount(set.grain.hour)} lines by the hour, ${formatCount(set.grain.day)} by the day, ${formatCount(set.grain.month)} by the month, ${formatCount(set.grain.other)} otherwise`],
    ['Imported', describeAge(set.importAgeDays), formatInstant(set.importedAt)],
    ['Files', formatCount(set.files), set.formats.map(({ format, version, files }) => `${formatFileFormat(format, version)}: ${formatCounted(files, 'file')}`).join('\n')],
    ['Columns with values', `${formatCount(set.filled.length)} of ${formatCount(set.filled.length + set.empty.length + set.absent.length)}`, `Never filled: ${set.empty.join(', ') || 'none'}\nNot in the files: ${set.absent.join(', ') || 'none'}`],
  ];
  return (
    <Box component="dl" sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 3, rowGap: 1, m: 0, py: 1 }}>
      {facts.map(([name, value, title]) => (
        <Box key={name} title={title}>
          <Box component="dt" sx={{ fontSize: '0.71875rem', color: 'text.disabled' }}>
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
