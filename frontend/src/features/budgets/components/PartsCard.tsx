import Typography from '@mui/material/Typography';
import { Link } from 'react-router';

import type { BudgetParts, BudgetStanding } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { Facts } from '../../../ui/Facts';
import { Money } from '../../../ui/Money';
import { explainParts } from '../model';

/** The budgets that are parts of a budget, and whether they add up to it. */
export function PartsCard({ standing, parts, addressOf }: { standing: BudgetStanding; parts: BudgetParts; addressOf: (name: string) => string }) {
  const { currency } = standing.budget;
  return (
    <Card title="Parts" sub={currency}>
      <Facts
        facts={[
          ['Budget', <Money key="amount" amount={standing.amount} currency={currency} />],
          ['Parts together', <Money key="sum" amount={parts.sum} currency={currency} />],
          ['Difference', <Money key="difference" amount={parts.difference} currency={currency} signed />],
          ['Actual of the parts', <Money key="actual" amount={parts.actual} currency={currency} />],
        ]}
      />
      <Typography sx={{ color: 'text.secondary', my: 1 }}>
        {explainParts(parts)}
      </Typography>
      {parts.names.map((name) => (
        <Typography key={name} component={Link} to={{ search: addressOf(name) }} sx={{ display: 'block', width: 'fit-content', minWidth: 24, py: '3px', color: 'primary.main', overflowWrap: 'anywhere' }}>
          {name}
        </Typography>
      ))}
    </Card>
  );
}
