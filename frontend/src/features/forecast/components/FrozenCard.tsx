import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { useReadOnly } from '../../../bridge/queries';
import { formatMonth } from '../../../lib/days';
import { compare } from '../../../lib/decimal';
import { deltaOf } from '../../../lib/percent';
import type { ForecastQuestion, FrozenInfo } from '../../../lib/wire';
import { ExportList } from '../../../parts/ExportList';
import { Card } from '../../../ui/Card';
import { FigureTable } from '../../../ui/FigureTable';
import { Money } from '../../../ui/Money';
import { compareFrozen, describeFrozen } from '../planned';
import { useFreeze, useFrozen, useUnfreeze } from '../queries';

const within = (amount: string, low: string, high: string) => compare(amount, low) >= 0 && compare(amount, high) <= 0;

/** Forecasts that were kept, beside what came; the one that is shown can be kept, too. */
export function FrozenCard({ question, scope, name: suggested }: { question: ForecastQuestion; scope: string; name: string }) {
  const frozen = useFrozen();
  const freeze = useFreeze();
  const readOnly = useReadOnly();
  const [name, setName] = useState('');
  const list = frozen.data ?? [];
  const keep = () => freeze.mutate({ name: name.trim() || suggested, scope, question }, { onSuccess: () => setName('') });
  return (
    <Card
      title="Frozen forecasts"
      sub="Saved to compare with the actual cost later"
      actions={
        <>
          {list.length > 0 && <ExportList list="frozen forecasts" />}
          <TextField size="small" label="Name" placeholder={suggested} value={name} onChange={(event) => setName(event.target.value)} slotProps={{ inputLabel: { shrink: true }, htmlInput: { 'aria-label': 'Name of the frozen forecast', maxLength: 100 } }} />
          <Button variant="outlined" disabled={readOnly} loading={freeze.isPending} onClick={keep}>
            Freeze this forecast
          </Button>
        </>
      }
    >
      {list.length === 0 && <Typography sx={{ color: 'text.secondary', py: 1 }}>None. Freeze this forecast to compare it with the actual cost later.</Typography>}
      {list.map((one) => (
        <Frozen key={one.name} frozen={one} readOnly={readOnly} />
      ))}
    </Card>
  );
}

function Frozen({ frozen, readOnly }: { frozen: FrozenInfo; readOnly: boolean }) {
  const remove = useUnfreeze();
  const { name, currency, months, problem } = frozen;
  return (
    <Box component="section" aria-label={name} sx={{ py: 1, borderTop: 1, borderColor: 'tone.line2' }}>
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'flex-start' }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Typography sx={{ fontWeight: 570, overflowWrap: 'anywhere' }}>{name}</Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
            {problem === '' ? describeFrozen(frozen) : problem}
          </Typography>
        </Box>
        <Button aria-label={`Delete ${name}`} disabled={readOnly} loading={remove.isPending} onClick={() => remove.mutate(name)}>
          Delete
        </Button>
      </Box>
      {months.length > 0 && (
        <FigureTable
          label={`${name}, forecast and actual`}
          head={['Month', `Forecast, ${currency}`, `Actual, ${currency}`, 'Difference', 'Result']}
          rows={months.map((month) => ({
            key: month.month,
            cells: [
              formatMonth(month.month),
              <Money key="forecast" amount={month.forecast} currency={currency} />,
              month.actual === null ? '–' : <Money key="actual" amount={month.actual} currency={currency} />,
              month.complete ? (deltaOf(month.actual, month.forecast)?.percent ?? '–') : '–',
              compareFrozen(month, within),
            ],
          }))}
        />
      )}
    </Box>
  );
}
