import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import type { ImportOutcome } from '../../../lib/wire';
import { useBillingAccountNames } from '../../../parts/accountNames';
import { describeFiles } from '../../../lib/fileName';
import { formatCounted } from '../../../lib/money';
import { Card } from '../../../ui/Card';
import { notesOf } from '../outcome';
import { ChangeCards } from './ChangeCards';
import { FileCosts } from './FileCosts';
import { OutcomeNotes } from './OutcomeNotes';
import { RejectsDialog } from './RejectsDialog';
import { SamePanel } from './SamePanel';

function headline({ imports, lines, known }: ImportOutcome): string {
  if (imports.length > 0) return `${formatCounted(lines, 'line')} imported`;
  return known.length > 0 ? 'These files were imported before' : 'Nothing was imported';
}

/** What an import has brought. */
export function OutcomeView({ outcome, onClose }: { outcome: ImportOutcome; onClose: () => void }) {
  const [rejectsOf, setRejectsOf] = useState<number | null>(null);
  const navigate = useNavigate();
  const nameOf = useBillingAccountNames();
  const { imports, costs, rejects, known, sameBill: same, changes, leftOut } = outcome;

  return (
    <>
      <Card title={headline(outcome)}>
        {costs.length > 0 && <FileCosts costs={costs} label="Cost of the imported files" />}
        <Box sx={{ display: 'grid', gap: 0.5, mt: costs.length > 0 ? 1.5 : 0.5, color: 'text.secondary' }}>
          {imports.length > 0 && rejects === 0 && <Typography>{leftOut.length === 0 ? 'All lines were read.' : 'All lines of the other files were read.'}</Typography>}
          {rejects > 0 && <Typography sx={{ color: 'tone.warm' }}>{formatCounted(rejects, 'line')} could not be read and {rejects === 1 ? 'is' : 'are'} excluded from totals.</Typography>}
          <OutcomeNotes notes={notesOf(outcome, nameOf)} />
          {known.length > 0 && <Typography sx={{ overflowWrap: 'anywhere' }}>Content that is imported already, not counted again: {describeFiles(known)}.</Typography>}
        </Box>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 2 }}>
          <Button variant="contained" onClick={() => void navigate('/')}>
            Show the overview
          </Button>
          {rejects > 0 &&
            imports.map((id) => (
              <Button key={id} variant="outlined" onClick={() => setRejectsOf(id)}>
                {imports.length === 1 ? 'Show skipped lines' : `Skipped lines of import ${id}`}
              </Button>
            ))}
          <Button variant="outlined" onClick={onClose}>
            Show all imports
          </Button>
        </Box>
      </Card>
      {same.length > 0 && <SamePanel same={same} bills />}
      {changes.length > 0 && (
        <>
          <Typography variant="h2">{changes.length === 1 ? 'What changed in the bill it replaced' : 'What changed in the bills it replaced'}</Typography>
          <ChangeCards changes={changes} startsOpen={false} />
        </>
      )}
      {rejectsOf !== null && <RejectsDialog importId={rejectsOf} title="Skipped lines" onClose={() => setRejectsOf(null)} />}
    </>
  );
}
