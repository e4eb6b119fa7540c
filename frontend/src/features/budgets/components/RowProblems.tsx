import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

import { formatCounted } from '../../../lib/money';
import type { RowProblem } from '../../../lib/wire';

/** Brings what has just come into view, where a dialog has no room for all of it. */
function show(element: HTMLElement | null) {
  element?.scrollIntoView?.({ block: 'nearest' });
}

/** The rows of a file or a text that are wrong, with what is wrong with each. */
export function RowProblems({ what, problems }: { what: string; problems: RowProblem[] }) {
  return (
    <Box ref={show}>
      <Typography sx={{ color: 'error.main' }}>
        {what}: {formatCounted(problems.length, 'row is wrong', 'rows are wrong')}.
      </Typography>
      <Box component="ul" tabIndex={0} aria-label="Rows that are wrong" sx={{ m: 0, pl: 2.5, maxHeight: 240, overflow: 'auto' }}>
        {problems.map(({ line, problem }) => (
          <li key={`${line} ${problem}`}>
            Row {line}: {problem}
          </li>
        ))}
      </Box>
    </Box>
  );
}
