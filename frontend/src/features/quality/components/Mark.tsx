import Box from '@mui/material/Box';

import type { PassportReadinessDocument, PassportSeverity } from '../../../lib/wire';
import { levelLabel, severityLabels, severityMeanings } from '../model';

const colors = {
  good: { bgcolor: 'tone.coolBg', color: 'tone.cool' },
  bad: { bgcolor: 'tone.warmBg', color: 'tone.warm' },
  plain: { bgcolor: 'tone.line2', color: 'text.secondary' },
  note: { bgcolor: 'tone.accentBg', color: 'primary.main' },
};

function Word({ tone, title, children }: { tone: keyof typeof colors; title?: string; children: string }) {
  return (
    <Box component="span" title={title} sx={{ ...colors[tone], display: 'inline-block', px: 1, py: '1px', borderRadius: 5, fontSize: '0.71875rem', fontWeight: 570, whiteSpace: 'nowrap' }}>
      {children}
    </Box>
  );
}

const severityTones: Record<PassportSeverity, keyof typeof colors> = { problem: 'bad', gap: 'note', info: 'plain', good: 'good' };

/** How much a finding matters; what that means on hover, and in the legend of the page. */
export function SeverityMark({ severity }: { severity: PassportSeverity }) {
  return (
    <Word tone={severityTones[severity]} title={severityMeanings[severity]}>
      {severityLabels[severity]}
    </Word>
  );
}

const levelTones: Record<PassportReadinessDocument['level'], keyof typeof colors> = { ready: 'good', limited: 'note', not_possible: 'bad' };

/** How far an analysis can go; the reasons on hover. What the app cannot do yet has no colour. */
export function LevelMark({ readiness }: { readiness: PassportReadinessDocument }) {
  return (
    <Word tone={readiness.available ? levelTones[readiness.level] : 'plain'} title={readiness.reasons.join('\n')}>
      {levelLabel(readiness)}
    </Word>
  );
}
