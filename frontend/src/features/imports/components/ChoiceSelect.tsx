import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';

import { fileName } from '../../../lib/fileName';
import { bareName, type Choice, type Question } from '../model';

type ChoiceSelectProps = {
  /** Read aloud. */
  label: string;
  /** Shown until something is chosen. */
  placeholder?: string;
  choices: Choice[];
  value?: Choice;
  onChoose: (choice: Choice) => void;
  /** Names the files in what can be chosen. */
  question?: Question;
  /** Without a question: whether one of them is between files of the import. */
  within?: boolean;
};

/** What to use of a file that overlaps with another. */
export function ChoiceSelect({ label, placeholder = 'Choose…', choices, value, onChoose, question, within = false }: ChoiceSelectProps) {
  return (
    <TextField
      select
      size="small"
      value={value ?? ''}
      onChange={(event) => {
        const choice = choices.find((one) => one === event.target.value);
        if (choice) onChoose(choice);
      }}
      sx={{ width: 240 }}
      slotProps={{
        select: { displayEmpty: true, renderValue: value ? undefined : () => placeholder },
        htmlInput: { 'aria-label': label },
      }}
    >
      {choices.map((choice) => (
        <MenuItem key={choice} value={choice} sx={{ whiteSpace: 'normal', maxWidth: 420 }}>
          {describeChoice(choice, within, question)}
        </MenuItem>
      ))}
    </TextField>
  );
}

function describeChoice(choice: Choice, within: boolean, question?: Question): string {
  switch (choice) {
    case 'replace':
      return question ? `Use ${fileName(question.file)}` : 'Use the files, replace the current bills';
    case 'add':
      return 'Use both';
    case 'leave':
      if (question) return question.within ? `Leave out ${bareName(question, 'file')}` : 'Keep the current bill';
      return within ? 'Leave out the files named first' : 'Keep the current bills';
    case 'leaveOther':
      return question ? `Leave out ${bareName(question, 'existingFile')}` : 'Leave out the other file';
  }
}
