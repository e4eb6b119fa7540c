import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useNavigate } from 'react-router';

import { type ImportOutcome } from '../../../bridge/ports';
import { fileName, tellFiles } from '../../../lib/fileName';
import { formatCounted } from '../../../lib/money';
import { Card } from '../../../ui/Card';
import { ChangeCards } from './ChangeCards';
import { RejectsDialog } from './RejectsDialog';
import { ReplacedTable } from './ReplacedTable';
import { SamePanel } from './SamePanel';

const warningsShown = 8;

function headline({ imports, lines, known }: ImportOutcome): string {
  if (imports.length > 0) return `${formatCounted(lines, 'line')} imported`;
  return known.length > 0 ? 'Nothing new: these files were imported before' : 'Nothing was imported';
}

/** What an import has brought. */
export function OutcomeView({ outcome, onClose }: { outcome: ImportOutcome; onClose: () => void }) {
  const [rejectsOf, setRejectsOf] = useState<number | null>(null);
  const navigate = useNavigate();
  const { imports, rejects, known, replaced, same, changes, warnings } = outcome;

  return (
    <>
      <Card title={headline(outcome)}>
        <Box sx={{ display: 'grid', gap: 0.5, mt: 0.5, color: 'text.secondary' }}>
          {imports.length > 0 && rejects === 0 && <Typography>Every line of the files was taken.</Typography>}
          {rejects > 0 && <Typography sx={{ color: 'tone.warm' }}>{formatCounted(rejects, 'line')} could not be taken and {rejects === 1 ? 'is' : 'are'} in no figure.</Typography>}
          {warnings.slice(0, warningsShown).map(({ file, text }) => (
            <Typography key={`${file} ${text}`} title={file} sx={{ overflowWrap: 'anywhere' }}>
              <bdi>{fileName(file)}</bdi>: {text}
            </Typography>
          ))}
          {warnings.length > warningsShown && <Typography>{formatCounted(warnings.length - warningsShown, 'more warning')}.</Typography>}
          {known.length > 0 && <Typography sx={{ overflowWrap: 'anywhere' }}>Already imported and left as it was: {tellFiles(known)}.</Typography>}
        </Box>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 2 }}>
          <Button variant="contained" onClick={() => void navigate('/')}>
            Show the overview
          </Button>
          {rejects > 0 &&
            imports.map((id) => (
              <Button key={id} variant="outlined" onClick={() => setRejectsOf(id)}>
                {imports.length === 1 ? 'Show rejected lines' : `Rejected lines of import ${id}`}
              </Button>
            ))}
          <Button variant="outlined" onClick={onClose}>
            Show all imports
          </Button>
        </Box>
      </Card>
      {same.length > 0 && <SamePanel same={same} />}
      {replaced.length > 0 && changes.length === 0 && <ReplacedTable replaced={replaced} />}
      {changes.length > 0 && (
        <>
          <Typography variant="h2">{changes.length === 1 ? 'What changed in the bill it replaced' : 'What changed in the bills it replaced'}</Typography>
          <ChangeCards changes={changes} startsOpen={false} />
        </>
      )}
      {rejectsOf !== null && <RejectsDialog importId={rejectsOf} title="Rejected lines" onClose={() => setRejectsOf(null)} />}
    </>
  );
}
