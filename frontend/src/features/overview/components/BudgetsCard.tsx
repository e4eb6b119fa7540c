import Box from '@mui/material/Box';
import { Link } from 'react-router';

import { useStandings } from '../../../bridge/queries';
import { formatRange } from '../../../lib/days';
import { formatMoney } from '../../../lib/money';
import { formatRatio, shareMark } from '../../../lib/percent';
import { StatePill } from '../../../parts/budgets/StatePill';
import { describeStates, states } from '../../../parts/budgets/states';
import { Card } from '../../../ui/Card';

/** How many budgets are shown, the gravest ones. */
const shown = 4;

/** The budgets that need a look, in a line each; nothing in a workspace without budgets. */
export function BudgetsCard() {
  const list = useStandings().data?.standings ?? [];
  if (list.length === 0) return null;
  const gravest = [...list].sort((a, b) => states.indexOf(a.state) - states.indexOf(b.state) || Number(b.spent) - Number(a.spent)).slice(0, shown);
  return (
    <Card
      title="Budgets"
      sub={describeStates(list)}
      actions={
        <Box component={Link} to="/budgets" sx={{ color: 'primary.main' }}>
          All budgets
        </Box>
      }
    >
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, pt: 0.5, display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))' }}>
        {gravest.map(({ budget, state, spent, actual, amount, from, to }) => (
          <Box component="li" key={budget.name} sx={{ minWidth: 0 }}>
            <Box sx={{ display: 'flex', alignItems: 'baseline', justifyContent: 'space-between', gap: 1 }}>
              <Box component={Link} to={`/budgets?${new URLSearchParams({ budget: budget.name }).toString()}`} sx={{ color: 'text.primary', fontWeight: 500, overflowWrap: 'anywhere', textDecoration: 'none', '&:hover': { textDecoration: 'underline' } }}>
                {budget.name}
              </Box>
              <Box component="span" sx={{ fontVariantNumeric: 'tabular-nums', color: 'text.secondary', whiteSpace: 'nowrap' }}>
                {formatRatio(spent) ?? '–'} spent
              </Box>
            </Box>
            <Box aria-hidden sx={{ height: 4, borderRadius: 2, bgcolor: 'tone.line2', my: 0.75, overflow: 'hidden' }}>
              <Box sx={{ height: 1, width: `${100 * shareMark(spent || null, '1')}%`, bgcolor: state === 'over' || state === 'at-risk' ? 'tone.warm' : 'primary.main' }} />
            </Box>
            <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', justifyContent: 'space-between', columnGap: 1, fontSize: '0.75rem', color: 'text.secondary' }}>
              <StatePill state={state} />
              <span>{formatRange(from, to)}</span>
            </Box>
            <Box sx={{ mt: 0.5, fontSize: '0.75rem', fontVariantNumeric: 'tabular-nums', color: 'text.secondary', textAlign: 'right' }}>
              {formatMoney(actual, budget.currency)} of {formatMoney(amount, budget.currency)} {budget.currency}
            </Box>
          </Box>
        ))}
      </Box>
    </Card>
  );
}
