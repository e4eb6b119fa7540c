import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { formatRatio } from '../../../lib/percent';
import type { AssessmentResult } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { FigureTable } from '../../../ui/FigureTable';
import { optionLabel } from '../model/labels';
import { providerName, shownScore } from '../model/result';
import { ExportPart } from './ExportPart';
import { WhatIfCard } from './WhatIfCard';

const assumptions: Record<string, string> = { egress: 'Internet egress', labour: 'Labour', priceBasis: 'Term' };

/** How far the answer depends on what was assumed. */
export function SensitivityTab({ data }: { data: AssessmentResult }) {
  const { sensitivity } = data.result;
  const providers = sensitivity.weights.map(({ provider }) => provider);
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) minmax(0, 1fr)' }, alignItems: 'start' }}>
      <WhatIfCard key={data.made.madeAt} data={data} />
      <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}>
        <Card title="Other weights" sub={`which provider wins in ${sensitivity.weightings} weightings of cost, services and compliance`} actions={<ExportPart name={data.name} part="weights" of="other weights" disabled={sensitivity.weights.length === 0} />}>
          {sensitivity.weights.length === 0 ? (
            <Typography sx={{ color: 'text.secondary', mt: 1 }}>No provider is eligible.</Typography>
          ) : (
            <FigureTable label="Share of the weightings" head={['Provider', 'Wins']} rows={sensitivity.weights.map(({ provider, share }) => ({ key: provider, cells: [providerName(provider), formatRatio(String(share)) ?? '–'] }))} />
          )}
        </Card>
        <Card title="Other assumptions" sub="the score of each provider" actions={<ExportPart name={data.name} part="scenarios" of="other assumptions" disabled={sensitivity.changes.length === 0} />}>
          <FigureTable
            label="Other assumptions"
            head={['Assumption', ...providers.map(providerName), 'First']}
            rows={sensitivity.changes.map((one) => ({
              key: `${one.assumption} ${one.change}`,
              cells: [`${assumptions[one.assumption] ?? one.assumption}: ${optionLabel('', one.change).replace(/^-/, '−')}`, ...providers.map((provider) => shownScore(one.scores.find((score) => score.provider === provider)?.total ?? 0)), providerName(one.winner)],
            }))}
          />
        </Card>
      </Box>
    </Box>
  );
}
