import Box from '@mui/material/Box';
import { Link } from 'react-router';

import type { Condition } from '../../../lib/wire';
import { Money } from '../../../ui/Money';
import type { LedgerView } from '../../../ui/view/ledgerView';
import type { Figures } from '../queries';
import { Kpi } from './Kpi';

type Part = { label: string; condition: Condition; amount: string | null; present: boolean };

/** Credits, taxes and corrections: part of the cost, but not what usage costs. */
export function ApartKpi({ figures, view }: { figures: Figures; view: LedgerView }) {
  const category = (label: string, name: string): Part => {
    const row = figures.categories.rows.find(({ key }) => key === name);
    return { label, condition: { column: 'ChargeCategory', op: 'in', values: [name] }, amount: row?.amount ?? null, present: row !== undefined };
  };
  const corrections = figures.classes.rows.find(({ key }) => key === 'Correction');
  const adjustments = category('Adjustments', 'Adjustment');
  const parts: Part[] = [
    category('Credits', 'Credit'),
    category('Taxes', 'Tax'),
    { label: 'Refunds, corrections', condition: { column: 'ChargeClass', op: 'in', values: ['Correction'] }, amount: corrections?.amount ?? null, present: corrections !== undefined },
    ...(adjustments.present ? [adjustments] : []),
  ];
  return (
    <Kpi title="Non-usage charges" meaning="Charges of the period that are not usage, included in the cost. A correction keeps the category of what it corrects.">
      <Box component="dl" sx={{ m: 0, mt: '3px', display: 'grid', gridTemplateColumns: '1fr auto', columnGap: 2, alignItems: 'center', lineHeight: '24px' }}>
        {parts.map(({ label, condition, amount, present }) => (
          <Box key={label} sx={{ display: 'contents' }}>
            <Box component="dt">{label}</Box>
            <Box component="dd" sx={{ m: 0, textAlign: 'right', color: 'text.primary', fontWeight: 500, whiteSpace: 'nowrap' }}>
              {present ? (
                <Box component={Link} to={view.linkTo('/charges', [condition])} sx={{ display: 'inline-block', lineHeight: 'inherit', color: 'inherit', textDecoration: 'none', '&:hover': { textDecoration: 'underline' } }}>
                  <Money amount={amount} currency={view.currency} />
                </Box>
              ) : (
                <Box component="span" sx={{ color: 'text.disabled', fontWeight: 400 }}>
                  none
                </Box>
              )}
            </Box>
          </Box>
        ))}
      </Box>
    </Kpi>
  );
}
