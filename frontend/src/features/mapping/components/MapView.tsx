import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useState } from 'react';

import type { Mapping, MappingTable } from '../../../lib/wire';
import { fittedTo, openQuestions } from '../model';
import { useTrial } from '../queries';
import { FocusColumns } from './FocusColumns';
import { SaveBar } from './SaveBar';
import { SavedDialog } from './SavedDialog';
import { SourceColumns } from './SourceColumns';
import { SpellingCard } from './SpellingCard';
import { TrialCard } from './TrialCard';

/** The table on the left, FOCUS on the right, and below them the preview. A saved mapping that is edited has no lines to try. */
export function MapView({ table }: { table: MappingTable }) {
  const [mapping, setMapping] = useState<Mapping>(table.mapping);
  const [listed, setListed] = useState(false);
  const trial = useTrial(table.path, mapping);
  const questions = openQuestions(table, mapping);
  const handleUse = (saved: Mapping) => {
    setMapping(fittedTo(saved, table));
    setListed(false);
  };

  return (
    <>
      {table.readBy !== '' && <Alert severity="info" role="note">This table can be imported already. {table.readBy}</Alert>}
      {questions.length > 0 && (
        <Alert severity="warning" role="note">
          {questions.map(({ text }) => (
            <div key={text}>{text}</div>
          ))}
        </Alert>
      )}
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 9fr) minmax(0, 11fr)' }, gap: 2, alignItems: 'start' }}>
        <Box sx={{ display: 'grid', gap: 2, position: { md: 'sticky' }, top: 16, minWidth: 0 }}>
          <SourceColumns table={table} mapping={mapping} />
          <SpellingCard mapping={mapping} onChange={setMapping} />
        </Box>
        <FocusColumns table={table} mapping={mapping} refused={trial.data?.refused ?? []} onChange={setMapping} />
      </Box>
      {table.path !== '' && <TrialCard trial={trial} />}
      <SaveBar table={table} mapping={mapping} trial={trial} onChange={setMapping} onShowSaved={() => setListed(true)} />
      {listed && <SavedDialog onUse={handleUse} onClose={() => setListed(false)} />}
    </>
  );
}
