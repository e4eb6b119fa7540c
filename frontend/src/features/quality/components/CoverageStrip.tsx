import Box from '@mui/material/Box';
import { styled } from '@mui/material/styles';

import { formatCounted } from '../../../lib/money';
import { formatMonths } from '../../../lib/monthRanges';
import type { PassportCoverageDocument } from '../../../lib/wire';
import { dayLevel, describeDay, formatSpan, monthWord, stripRows } from '../model';

const accent = 'var(--mui-palette-primary-main)';
const paper = 'var(--mui-palette-background-paper)';

/** One style sheet for hundreds of days instead of one style a day. */
const Strip = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'max-content minmax(0, 1fr) max-content',
  columnGap: 10,
  rowGap: 2,
  alignItems: 'center',
  fontSize: '0.71875rem',
  '& .month': { color: 'var(--mui-palette-text-secondary)', whiteSpace: 'nowrap' },
  '& .word': { color: 'var(--mui-palette-text-disabled)', whiteSpace: 'nowrap' },
  '& .days, & .legend i': { display: 'grid', gridTemplateColumns: 'repeat(31, minmax(0, 1fr))', gap: 2 },
  '& i': { display: 'block', height: 12, borderRadius: 2, backgroundColor: 'var(--mui-palette-tone-line2)' },
  '& i.whole': { gridColumn: '1 / -1' },
  '& i.covered1': { backgroundColor: `color-mix(in srgb, ${accent} 35%, ${paper})` },
  '& i.covered2': { backgroundColor: `color-mix(in srgb, ${accent} 60%, ${paper})` },
  '& i.covered3': { backgroundColor: `color-mix(in srgb, ${accent} 85%, ${paper})` },
  '& i.late': { backgroundColor: 'var(--mui-palette-tone-amber)' },
  '& i.missing': {
    backgroundColor: 'transparent',
    backgroundImage: 'repeating-linear-gradient(135deg, var(--mui-palette-tone-warm) 0 2px, transparent 2px 5px)',
    boxShadow: 'inset 0 0 0 1px var(--mui-palette-tone-warm)',
  },
  '& i.outside': { backgroundColor: 'transparent', boxShadow: 'inset 0 0 0 1px var(--mui-palette-tone-line2)' },
  '& .legend': { gridColumn: '2 / -1', display: 'flex', flexWrap: 'wrap', columnGap: 14, rowGap: 2, marginTop: 6, color: 'var(--mui-palette-text-secondary)' },
  '& .legend span': { display: 'inline-flex', alignItems: 'center', gap: 5 },
  '& .legend i': { width: 12, display: 'block' },
});

const legend: [string, string][] = [
  ['covered3', 'charges, stronger is more'],
  ['missing', 'missing'],
  ['late', 'billed in a later month'],
  ['outside', 'outside the span'],
];

/** Which days have data, a month a row; months that follow one another and of which all days are missing are one row. */
export function CoverageStrip({ coverage, name }: { coverage: PassportCoverageDocument; name: string }) {
  const most = Math.max(0, ...coverage.months.flatMap(({ lines }) => lines));
  const { missingMonths } = coverage;
  const missing = coverage.missingDays.length;
  const parts = [
    `${formatSpan(coverage)}: ${formatCounted(coverage.days, 'day')}`,
    coverage.judgedByDay ? `${missing === 0 ? 'none' : formatCounted(missing, 'day')} missing` : 'no daily detail',
    missingMonths.length > 0 ? `no bill for ${missingMonths.length > 12 ? formatCounted(missingMonths.length, 'month') : formatMonths(missingMonths)}` : '',
  ].filter((part) => part !== '');
  return (
    <Box>
      <Box sx={{ fontSize: '0.75rem', color: 'text.secondary', mb: 0.75 }}>{parts.join(', ')}</Box>
      <Strip role="img" aria-label={`Days with data of ${name}. ${parts.join(', ')}.`}>
        {stripRows(coverage.months).map(({ months, one }) => (
          <Box key={one.month} sx={{ display: 'contents' }}>
            <span className="month">{formatMonths(months)}</span>
            <div className="days">
              {months.length > 1 && <i className="missing whole" title={`All days of ${formatCounted(months.length, 'month')} missing`} />}
              {months.length === 1 && one.states.map((state, at) => {
                const date = `${one.month}-${String(at + 1).padStart(2, '0')}`;
                const day = { state, lines: one.lines[at] ?? 0, late: one.late[at] ?? 0 };
                return <i key={date} className={state === 'covered' ? `covered${dayLevel(day.lines, most)}` : state} title={describeDay(date, day)} />;
              })}
            </div>
            <span className="word">{monthWord(one)}</span>
          </Box>
        ))}
        <div className="legend">
          {legend.map(([state, text]) => (
            <span key={state}>
              <i className={state} />
              {text}
            </span>
          ))}
        </div>
      </Strip>
    </Box>
  );
}
