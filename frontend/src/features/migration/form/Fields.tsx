import Box from '@mui/material/Box';

import { Field } from './Field';
import type { FieldPath } from './useField';

/** The grid that fields stand in: as many beside each other as there is room for. */
export const fieldGrid = { display: 'grid', gap: 1.75, gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 210px), 1fr))', alignItems: 'start', mt: 1.5 };

/** Fields of one object, in the order given. */
export function Fields({ of, names }: { of: 'organization' | 'requirements' | `workloads.${number}`; names: string[] }) {
  return (
    <Box sx={fieldGrid}>
      {names.map((name) => {
        const path: FieldPath = `${of}.${name}`;
        return <Field key={name} path={path} />;
      })}
    </Box>
  );
}
