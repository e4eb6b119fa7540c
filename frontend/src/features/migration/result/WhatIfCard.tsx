import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Slider from '@mui/material/Slider';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';

import type { AssessmentResult, MigrationBasis } from '../../../lib/wire';
import { ExportTable } from '../../../parts/ExportTable';
import { Card } from '../../../ui/Card';
import { FigureTable } from '../../../ui/FigureTable';
import { Money } from '../../../ui/Money';
import { parts, providerName, shownScore } from '../model/result';
import { outcomesTable } from '../model/tables';
import { useWhatIf } from '../queries';
import { type Assumed, rebalanced } from '../model/whatIf';

function assumedOf({ weights, waccPct }: MigrationBasis): Assumed {
  return { ...weights, egress: 100, labour: 100, discount: 0, capital: Number(waccPct) };
}

/** Sliders for what was assumed. The answers come at once; targets and the plan stay. */
export function WhatIfCard({ data: { name, made, result } }: { data: AssessmentResult }) {
  const [assumed, setAssumed] = useState(() => assumedOf(result.basis));
  const outcomes = useWhatIf(name, { ...assumed, capital: String(assumed.capital) }, made.madeAt);
  const set = (change: Partial<Assumed>) => setAssumed({ ...assumed, ...change });
  const shown = [...(outcomes.data ?? [])].sort((a, b) => b.score - a.score);
  return (
    <Card
      title="What if"
      sub="other weights and prices, the same targets and plan"
      actions={
        <>
          <ExportTable of="what if" disabled={shown.length === 0} table={() => outcomesTable(shown)} />
          <Button size="small" onClick={() => setAssumed(assumedOf(result.basis))}>
            As assessed
          </Button>
        </>
      }
    >
      {outcomes.error ? (
        <Typography role="alert" sx={{ color: 'error.main', mt: 1 }}>
          {outcomes.error.message}
        </Typography>
      ) : (
        <FigureTable
          label="Under these assumptions"
          head={['Provider', 'Score', 'Monthly, USD', 'One-off, USD', 'Net present value, USD', 'Payback, months']}
          folded={[3, 5]}
          rows={shown.map((one) => ({
            key: one.provider,
            cells: [providerName(one.provider), <strong key="score">{shownScore(one.score)}</strong>, <Money key="monthly" amount={one.monthly} currency="USD" />, <Money key="once" amount={one.oneOff} currency="USD" />, <Money key="npv" amount={one.npv} currency="USD" />, one.npv === null ? 'Unknown' : one.paybackMonth === null ? 'None' : shownScore(one.paybackMonth)],
          }))}
        />
      )}
      <Box sx={{ display: 'grid', gap: 0.5, mt: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        {parts.map(({ id, label }) => (
          <Assumption key={id} label={`Weight of ${label.toLowerCase()}`} value={assumed[id]} min={0} max={100} unit="%" onChange={(value) => set(rebalanced(assumed, id, value))} />
        ))}
        <Assumption label="Internet egress" value={assumed.egress} min={0} max={300} unit="% of the profile" onChange={(egress) => set({ egress })} />
        <Assumption label="Labour" value={assumed.labour} min={20} max={300} unit="% of the likely hours" onChange={(labour) => set({ labour })} />
        <Assumption label="Discount at the destination" value={assumed.discount} min={0} max={60} unit="%" onChange={(discount) => set({ discount })} />
        <Assumption label="Cost of capital" value={assumed.capital} min={0} max={30} unit="% a year" onChange={(capital) => set({ capital })} />
      </Box>
    </Card>
  );
}

type AssumptionProps = { label: string; value: number; min: number; max: number; unit: string; onChange: (value: number) => void };

function Assumption({ label, value, min, max, unit, onChange }: AssumptionProps) {
  const id = useId();
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr) 150px', columnGap: 2, alignItems: 'center' }}>
      <Typography id={id}>{label}</Typography>
      <Slider size="small" value={value} min={min} max={max} aria-labelledby={id} onChange={(_event, next) => onChange(next)} />
      <Typography sx={{ fontVariantNumeric: 'tabular-nums', color: 'text.secondary' }}>
        {value} {unit}
      </Typography>
    </Box>
  );
}
