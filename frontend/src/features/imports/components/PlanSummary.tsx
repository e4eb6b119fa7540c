import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';

import { describeCurrency, formatBytes, formatCount } from '../../../lib/money';
import type { ImportOutlook, ImportPlan } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { Money } from '../../../ui/Money';
import { importedRows, type PreviewRow, describePreview } from '../preview';
import { JobFacts } from './JobFacts';

type PlanSummaryProps = {
  plan: ImportPlan;
  rows: PreviewRow[];
  /** What an import would do; not known where only the beginnings of the files were read. */
  outlook: ImportOutlook | undefined;
  onExamine: () => void;
};

/** What would happen with the chosen files, and what they cost. */
export function PlanSummary({ plan, rows, outlook, onExamine }: PlanSummaryProps) {
  const fresh = importedRows(rows);
  const size = formatBytes(fresh.reduce((sum, { file }) => sum + file.sizeBytes, 0));
  if (!plan.examined) {
    return (
      <Card title={describePreview(rows, plan.skipped.length)} sub={size}>
        <Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 1.5, mt: 0.5 }}>
          <Typography sx={{ color: 'text.secondary', flex: '1 1 360px' }}>
            These files are large, so only their beginnings were read. Their total cost, damage further on and overlaps with earlier bills are found when they are read to the end. The import does that too, and asks before it changes anything.
          </Typography>
          <Button variant="outlined" onClick={onExamine}>
            Read all lines now
          </Button>
        </Box>
      </Card>
    );
  }
  const replaced = outlook?.outcome.replaced.length ?? 0;
  const facts: [string, string][] = outlook
    ? [
        ['Lines', formatCount(outlook.outcome.lines)],
        ['Skipped lines', formatCount(outlook.outcome.rejects)],
        ['Bills replaced', formatCount(replaced)],
      ]
    : [];
  return (
    <Card title={describePreview(rows, plan.skipped.length)} sub={size}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4, alignItems: 'start' }} aria-live="polite">
        <JobFacts facts={facts} />
        <Box component="dl" aria-label="Cost of the files to import" sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4, rowGap: 1.5, m: 0, mt: 1.75 }}>
          {outlook?.costs.map(({ currency, billed, effective }) => (
            <Box key={currency}>
              <Box component="dt" sx={{ color: 'text.secondary', fontSize: '0.75rem' }}>
                Billed in the files, {describeCurrency(currency)}
              </Box>
              <Box component="dd" sx={{ m: 0, fontWeight: 600 }}>
                <Money amount={billed} currency={currency} />
                {effective !== billed && (
                  <Box component="span" sx={{ color: 'text.secondary', fontWeight: 400, ml: 1 }}>
                    effective <Money amount={effective} currency={currency} />
                  </Box>
                )}
              </Box>
            </Box>
          ))}
        </Box>
      </Box>
    </Card>
  );
}
