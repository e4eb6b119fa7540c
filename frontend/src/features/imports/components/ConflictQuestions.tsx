import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { type Choice, choicesOf, pairOf, type Question } from '../model';
import { ChoiceSelect } from './ChoiceSelect';
import { ConflictSides } from './ConflictSides';

type ConflictQuestionsProps = {
  questions: Question[];
  /** What is chosen for each of them. */
  chosen: (Choice | undefined)[];
  onChoose: (choice: Choice, ...questions: Question[]) => void;
};

/** The files that overlap with the workspace or with each other: what each side has, and which to use. */
export function ConflictQuestions({ questions, chosen, onChoose }: ConflictQuestionsProps) {
  const common = [...new Set(questions.flatMap(choicesOf))].filter((choice) => choice !== 'leaveOther' && questions.every((question) => question.answers.includes(choice)));
  const adding = questions.some((question) => question.answers.includes('add'));
  return (
    <>
      <Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 2, mb: 1 }}>
        <Typography sx={{ color: 'text.secondary', flex: '1 1 320px' }}>
          Nothing is imported yet. Choose what to use for each file.{adding && ' Use both only if the files list different charges; otherwise their cost is doubled.'}
        </Typography>
        {questions.length > 1 && common.length > 0 && <ChoiceSelect label="For all files" placeholder="For all files…" choices={common} within={questions.some((question) => question.within)} onChoose={(choice) => onChoose(choice, ...questions)} />}
      </Box>
      {questions.map((question, at) => (
        <Box key={pairOf(question)} sx={{ borderTop: 1, borderColor: 'tone.line2', py: 1.25 }}>
          <ConflictSides question={question} choice={chosen[at]} onChoose={(choice) => onChoose(choice, question)} />
        </Box>
      ))}
    </>
  );
}
