import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';

import { fileName } from '../../../lib/fileName';
import { type Choice, type Question } from '../model';

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
};

/** What to use of a file that overlaps with another. */
export function ChoiceSelect({ label, placeholder = 'Choose…', choices, value, onChoose, question }: ChoiceSelectProps) {
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
          {describeChoice(choice, question)}
        </MenuItem>
      ))}
    </TextField>
  );
}

function describeChoice(choice: Choice, question?: Question): string {
  switch (choice) {
    case 'replace':
      return 'Use this file, replace the current bill';
    case 'add':
      return 'Use both';
    case 'leave':
      return question?.within ? `Leave out ${fileName(question.file)}` : 'Leave this file out';
    case 'leaveOther':
      return `Leave out ${fileName(question?.existingFile ?? '')}`;
  }
}
