import TableCell from '@mui/material/TableCell';
import TableRow from '@mui/material/TableRow';
import { type ReactNode } from 'react';

/** A heading between the rows of a bridge. */
export function SectionRow({ children }: { children: ReactNode }) {
  return (
    <TableRow>
      <TableCell colSpan={4} sx={{ pt: 2, color: 'text.secondary', fontSize: '0.71875rem', fontWeight: 500 }}>
        {children}
      </TableCell>
    </TableRow>
  );
}
