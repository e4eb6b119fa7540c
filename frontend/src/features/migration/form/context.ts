import { createContext, use } from 'react';

import type { FieldProblem, MigrationForm } from '../../../lib/wire';
import type { Rules } from '../model/rules';

/** What all fields of the form need: the rules, what they can be filled with, and what the Go side found wrong. */
export type FormFacts = {
  rules: Rules;
  form: MigrationForm;
  /** By the Go side, of the draft as it was saved last. */
  wrong: FieldProblem[];
  /** The errors of the step were shown: fields that were not touched show theirs, too. */
  showAll: boolean;
};

export const FormContext = createContext<FormFacts | null>(null);

export function useFormFacts(): FormFacts {
  const facts = use(FormContext);
  if (!facts) throw new Error('A field needs the form above it.');
  return facts;
}
