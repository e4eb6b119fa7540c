import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';

import { useReadOnly } from '../../../bridge/queries';
import { formatAge } from '../../../lib/days';
import { formatMoney } from '../../../lib/money';
import type { ProviderBudgetInfo } from '../../../lib/wire';
import { ExportList } from '../../../parts/ExportList';
import { Card } from '../../../ui/Card';
import { FigureTable } from '../../../ui/FigureTable';
import { useNow } from '../../../ui/useNow';
import { describeEvery, providerKey } from '../model';
import type { useBudgetsState } from '../useBudgetsState';

/** The budgets that the providers keep, as connections read them; they are shown and never counted. */
export function ProviderBudgets({ budgets, state }: { budgets: ProviderBudgetInfo[]; state: ReturnType<typeof useBudgetsState> }) {
  const now = useNow();
  const readOnly = useReadOnly();
  if (budgets.length === 0) return null;
  const money = (amount: string, currency: string, none = '–') => (amount === '' ? none : `${formatMoney(amount, currency)} ${currency}`);
  return (
    <Card title="Budgets of the providers" sub="as the providers keep and count them; not part of the figures of this workspace" actions={<ExportList list="provider budgets" />}>
      <FigureTable
        label="Budgets of the providers"
        head={['Budget', 'Account', 'Counts', 'Period', 'Amount', 'Spent', 'Forecast', 'Read', 'Take over']}
        folded={[1, 2, 3, 6, 7]}
        words={[1, 2]}
        rows={budgets.map((one) => ({
          key: providerKey(one),
          cells: [
            one.name,
            `${one.provider} ${one.account}`,
            one.of === '' ? 'All costs' : one.of,
            describeEvery(one.every),
            money(one.amount, one.currency, one.basis === '' ? '–' : one.basis),
            money(one.spent, one.currency),
            money(one.forecast, one.currency),
            formatAge(one.readAt, now),
            one.amount === '' || one.period === '' ? (
              ''
            ) : (
              <Button key="take" size="small" variant="text" disabled={readOnly} aria-label={`Use as budget: ${one.name}`} onClick={() => state.take(providerKey(one))}>
                Use as budget
              </Button>
            ),
          ],
        }))}
      />
      <Typography sx={{ color: 'text.secondary', mt: 1 }}>Use as budget opens a new budget with its name, amount and current period. Choose there which charges it counts.</Typography>
    </Card>
  );
}
