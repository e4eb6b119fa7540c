import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { describeFiles } from '../../../lib/fileName';
import { formatCounted } from '../../../lib/money';
import { Card } from '../../../ui/Card';
import type { Replacing } from '../preview';
import { ConflictSides } from './ConflictSides';

/** So many files are shown before the others are asked for. */
const FILES_AT_ONCE = 4;

type ReplacingCardProps = {
  replacing: Replacing[];
  /** The files that are left out now. */
  left: ReadonlySet<string>;
  onLeave: (files: string[], left: boolean) => void;
};

/** Bills that newer files would replace: what the workspace has of each, what the files have and the difference; a bill can be kept as it is. */
export function ReplacingCard({ replacing, left, onLeave }: ReplacingCardProps) {
  const [all, setAll] = useState(false);
  const shown = all ? replacing : replacing.slice(0, FILES_AT_ONCE);
  const bills = replacing.reduce((sum, { files, question }) => sum + (files.every((file) => left.has(file)) ? 0 : question.bills.length), 0);
  return (
    <Card title={bills === 0 ? 'No bill is replaced' : `${formatCounted(bills, 'bill')} to be replaced`}>
      <Typography sx={{ color: 'text.secondary', mb: 1 }}>
        “Import” first shows what changes by service and line. A bill is replaced when you confirm that.
      </Typography>
      {shown.map(({ files, question }) => (
        <Box key={JSON.stringify(files)} sx={{ borderTop: 1, borderColor: 'tone.line2', py: 1.25 }}>
          <ConflictSides question={question} name={describeFiles(files)} choice={files.every((file) => left.has(file)) ? 'leave' : 'replace'} onChoose={(choice) => onLeave(files, choice === 'leave')} />
        </Box>
      ))}
      {replacing.length > FILES_AT_ONCE && (
        <Box>
          <Button aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show fewer files' : `Show ${formatCounted(replacing.length - FILES_AT_ONCE, 'more file')}`}
          </Button>
        </Box>
      )}
    </Card>
  );
}
