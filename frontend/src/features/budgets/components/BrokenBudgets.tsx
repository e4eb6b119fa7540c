import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';

import type { BudgetsInfo } from '../../../lib/wire';
import type { useBudgetsState } from '../useBudgetsState';

/** Budgets that cannot be calculated, each with the reason and the way to mend it. */
export function BrokenBudgets({ info, state }: { info: BudgetsInfo; state: ReturnType<typeof useBudgetsState> }) {
  return info.broken.map(({ name }, at) => (
    <Alert
      key={name}
      severity="warning"
      variant="outlined"
      action={
        <Button size="small" onClick={() => state.open(name)}>
          Open
        </Button>
      }
    >
      {info.problems[at]}
    </Alert>
  ));
}
