import Box from '@mui/material/Box';
import Button from '@mui/material/Button';

import type { FieldProblem } from '../../../lib/wire';
import { problemsOf, type Step, stepLabels, steps } from '../model/steps';

type StepBarProps = { step: Step; wrong: FieldProblem[]; /** The steps whose errors were shown. */ shownSteps: string[]; onStep: (step: Step) => void };

/** The four steps, each of which can be looked at; those whose errors were shown say how many they have. */
export function StepBar({ step, wrong, shownSteps, onStep }: StepBarProps) {
  return (
    <Box component="nav" aria-label="Steps" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      {steps.map((one, at) => {
        const errors = one === 'review' || !shownSteps.includes(one) ? 0 : problemsOf(one, wrong).length;
        return (
          <Button key={one} size="small" variant={one === step ? 'contained' : 'outlined'} aria-current={one === step ? 'step' : undefined} color={errors > 0 ? 'error' : 'primary'} onClick={() => one !== step && onStep(one)}>
            {at + 1} {stepLabels[one]}
            {errors > 0 ? ` · ${errors}` : ''}
          </Button>
        );
      })}
    </Box>
  );
}
