import { useController, useFormContext } from 'react-hook-form';

import type { MigrationRule } from '../../../lib/wire';
import { labelOf, problemText } from '../model/labels';
import { dotted, patternOf, type ProfileValues } from '../model/rules';
import { useFormFacts } from './context';

/** The path of a field in the form, such as workloads.2.vcpu. */
export type FieldPath = `organization.${string}` | `requirements.${string}` | `workloads.${number}.${string}`;

/** The first message inside an error of react-hook-form, which has the form of the value. */
function messageIn(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('message' in error && typeof error.message === 'string') return error.message;
  for (const [key, part] of Object.entries(error)) {
    if (key === 'ref' || key === 'types') continue;
    const found = messageIn(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A field of the profile with its rule, its label, its value and what is wrong with it. A field of several values shows the first thing that is wrong in it. */
export function useField(path: FieldPath) {
  const { rules, wrong, showAll } = useFormFacts();
  const { control } = useFormContext<ProfileValues>();
  const { field, fieldState } = useController({ control, name: path });
  const rule: MigrationRule = rules.at.get(patternOf(path)) ?? { path, kind: 'text' };
  const found = wrong.find((one) => dotted(one.path) === path || dotted(one.path).startsWith(`${path}.`));
  const own = messageIn(fieldState.error);
  const late = found && (showAll || fieldState.isTouched) ? problemText(found.path, found.message) : undefined;
  const problem = own === undefined ? late : problemText(path, own);
  const value: unknown = field.value;
  return { rule, ...labelOf(path), value, onChange: (next: unknown) => field.onChange(next), onBlur: field.onBlur, ref: field.ref, problem };
}
