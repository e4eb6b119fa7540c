import Box from '@mui/material/Box';
import { type ReactNode } from 'react';

import { formatMonth } from '../../../lib/days';
import type { PlannedFile } from '../../../lib/wire';
import { describeFileLines } from '../preview';
import { OwnColumns } from './OwnColumns';

/** Recognition this sure needs no word of doubt. */
const SURE = 0.8;

function describePeriods(periods: string[]): string {
  return periods.length === 0 ? 'none found' : periods.map((month) => formatMonth(month)).join(', ');
}

/** What was found out about a file, in words. */
export function FileFacts({ file }: { file: PlannedFile }) {
  const named = file.currencies.filter((code) => code !== '');
  const facts: [string, ReactNode][] = [
    ['Recognised as', `${file.formatName}${file.confidence < SURE ? ', not certain' : ''}`],
    ['Reason', file.reason],
    ['Encoding', file.dialect],
    ['Providers', file.providers.length === 0 ? 'none found' : file.providers.join(', ')],
    ['Billing periods', describePeriods(file.billingPeriods)],
    ['Currencies', named.length === 0 ? 'none found' : named.join(', ')],
    ['Lines', describeFileLines(file)],
    ['Columns', <OwnColumns key="columns" file={file} />],
  ];
  return (
    <Box component="dl" sx={{ m: 0, px: 2.25, pb: 1.5, display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(380px, 100%), 1fr))', columnGap: 4, rowGap: 0.5 }}>
      {facts.map(([name, value]) => (
        <Box key={name} sx={{ display: 'grid', gridTemplateColumns: '112px 1fr', columnGap: 1.5 }}>
          <Box component="dt" sx={{ color: 'text.secondary' }}>
            {name}
          </Box>
          <Box component="dd" sx={{ m: 0, overflowWrap: 'anywhere' }}>
            <bdi>{value}</bdi>
          </Box>
        </Box>
      ))}
    </Box>
  );
}
