import { type FieldErrors, type FieldValues, type Resolver, set } from 'react-hook-form';
import type { z } from 'zod';

/** Checks the values of a form by a schema: each field shows the first thing that is wrong with it. */
export function zodResolver<Values extends FieldValues>(schema: z.ZodType<Values, Values>): Resolver<Values> {
  return (values) => {
    const read = schema.safeParse(values);
    if (read.success) return { values: read.data, errors: {} };
    const errors: FieldErrors<Values> = {};
    const said = new Set<string>();
    for (const { path, code, message } of read.error.issues) {
      const field = path.join('.');
      if (!said.has(field)) set(errors, field, { type: code, message });
      said.add(field);
    }
    return { values: {}, errors };
  };
}
