import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';

import type { ImportOutcome } from '../../../lib/wire';
import { answersOf, type Choice, choicesOf, pairOf, questionsOf } from '../model';
import { useAnswerImport } from '../queries';
import { ConflictQuestions } from './ConflictQuestions';

type ConflictsDialogProps = { jobId: string; conflicts: ImportOutcome['conflicts']; onLeave: () => void; onCancel: () => void };

/** Files of an import that waits overlap: the person says for each which to use, leaves the question for later, or cancels the import. */
export function ConflictsDialog({ jobId, conflicts, onLeave, onCancel }: ConflictsDialogProps) {
  const answer = useAnswerImport(jobId);
  const titleId = useId();
  const questions = questionsOf(conflicts);
  const [chosen, setChosen] = useState<Record<string, Choice>>({});
  const choices = questions.map((one) => chosen[pairOf(one)]);
  const handleChoose = (choice: Choice, ...of: typeof questions) => setChosen((before) => ({ ...before, ...Object.fromEntries(of.filter((one) => choicesOf(one).includes(choice)).map((one) => [pairOf(one), choice])) }));
  const handleImport = () => answer.mutate(answersOf([], questions, choices));

  return (
    <Dialog open onClose={onLeave} fullWidth maxWidth="lg" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>These files overlap. Which should we use?</DialogTitle>
      <DialogContent>
        <Box sx={{ maxHeight: '60vh', overflow: 'auto' }} tabIndex={0} role="region" aria-label="Files that overlap">
          <ConflictQuestions questions={questions} chosen={choices} onChoose={handleChoose} />
        </Box>
        {answer.error && (
          <Typography role="alert" sx={{ color: 'error.main', mt: 1.5 }}>
            {answer.error.message}
          </Typography>
        )}
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onCancel}>
          Cancel, import nothing
        </Button>
        <Button variant="contained" disabled={choices.includes(undefined)} loading={answer.isPending} onClick={handleImport}>
          Import
        </Button>
      </DialogActions>
    </Dialog>
  );
}
