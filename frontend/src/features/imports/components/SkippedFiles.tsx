import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { fileNames } from '../../../lib/fileName';
import { formatCounted } from '../../../lib/money';
import type { SkippedFile } from '../../../lib/wire';
import { Card } from '../../../ui/Card';
import { describeReason } from '../model';
import { useMappable } from '../useMappable';
import { SkippedActions } from './SkippedActions';

/** A folder may hold hundreds of files that are no bills. */
const FILES_AT_ONCE = 6;

/** The files that are not imported, and why; those that can be mapped come first. */
export function SkippedFiles({ skipped, paths }: { skipped: SkippedFile[]; paths: string[] }) {
  const [all, setAll] = useState(false);
  const mappable = useMappable(skipped.map(({ path }) => path));
  const nameOf = fileNames(skipped.map(({ path }) => path));
  const ordered = [...skipped].sort((a, b) => Number(mappable.has(b.path)) - Number(mappable.has(a.path)));
  const shown = all ? ordered : ordered.slice(0, FILES_AT_ONCE);
  return (
    <Card title="Not billing files" sub={formatCounted(skipped.length, 'file')}>
      <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0, mt: 0.5 }}>
        {shown.map(({ path, reason }) => (
          <Box component="li" key={path} sx={{ py: 0.75, borderBottom: 1, borderColor: 'tone.line2', '&:last-child': { borderBottom: 0 } }}>
            <Typography title={path} sx={{ fontWeight: 570, overflowWrap: 'anywhere' }}>
              <bdi>{nameOf(path)}</bdi>
            </Typography>
            <Typography sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>{describeReason(reason)}</Typography>
            {mappable.has(path) && <SkippedActions path={path} paths={paths} />}
          </Box>
        ))}
      </Box>
      {skipped.length > FILES_AT_ONCE && (
        <div>
          <Button aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `Show ${formatCounted(skipped.length - FILES_AT_ONCE, 'more file')}`}
          </Button>
        </div>
      )}
    </Card>
  );
}
