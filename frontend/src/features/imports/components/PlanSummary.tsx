import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';

import { formatBytes, formatCount } from '../../../lib/money';
import type { ImportOutcome, ImportPlan } from '../../../lib/wire';
import { useBillingAccountNames } from '../../../parts/accountNames';
import { Card } from '../../../ui/Card';
import { notesOf } from '../outcome';
import { importedRows, type PreviewRow, describePreview } from '../preview';
import { FileCosts } from './FileCosts';
import { JobFacts } from './JobFacts';
import { OutcomeNotes } from './OutcomeNotes';

type PlanSummaryProps = {
  plan: ImportPlan;
  rows: PreviewRow[];
  /** What an import would do; not known where only the beginnings of the files were read. */
  outlook: ImportOutcome | undefined;
  onExamine: () => void;
};

/** What would happen with the chosen files, and what they cost. */
export function PlanSummary({ plan, rows, outlook, onExamine }: PlanSummaryProps) {
  const nameOf = useBillingAccountNames();
  const fresh = importedRows(rows);
  const size = formatBytes(fresh.reduce((sum, { file }) => sum + file.sizeBytes, 0));
  if (!plan.examined && fresh.length > 0) {
    return (
      <Card title={describePreview(rows, plan.skipped.length)} sub={size}>
        <Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 1.5, mt: 0.5 }}>
          <Typography sx={{ color: 'text.secondary', flex: '1 1 360px' }}>
            These files are large, so only their beginnings were read. Their total cost, damage later in the file and overlaps with earlier bills are found when they are read to the end. The import does that too, and asks before it changes anything.
          </Typography>
          <Button variant="outlined" onClick={onExamine}>
            Read all lines now
          </Button>
        </Box>
      </Card>
    );
  }
  const replaced = outlook?.replaced.length ?? 0;
  const facts: [string, string][] = outlook
    ? [
        ['Lines', formatCount(outlook.lines)],
        ['Skipped lines', formatCount(outlook.rejects)],
        ['Bills replaced', formatCount(replaced)],
      ]
    : [];
  return (
    <Card title={describePreview(rows, plan.skipped.length)} sub={size}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4, alignItems: 'start' }} aria-live="polite">
        <JobFacts facts={facts} />
        <FileCosts costs={outlook?.costs ?? []} label="Cost of the files to import" />
      </Box>
      {outlook && (
        <Box sx={{ display: 'grid', gap: 0.5, mt: 1.25, color: 'text.secondary' }}>
          {/* Damage and warnings are shown with each file. */}
          <OutcomeNotes notes={notesOf({ ...outlook, warnings: [], leftOut: [] }, nameOf)} />
        </Box>
      )}
    </Card>
  );
}
