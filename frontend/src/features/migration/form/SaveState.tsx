import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';

import { describeSaved } from '../model/steps';

type SaveStateProps = { savedAt: number; unsaved: boolean; failure: string };

/** Says how long ago the draft was saved, or why it was not. */
export function SaveState({ savedAt, unsaved, failure }: SaveStateProps) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  if (failure !== '')
    return (
      <Typography component="span" role="alert" sx={{ color: 'error.main' }}>
        Not saved. {failure}
      </Typography>
    );
  return <Typography component="span" sx={{ color: 'text.secondary', fontVariantNumeric: 'tabular-nums' }}>{unsaved ? 'Saving…' : describeSaved(Math.max(0, Math.round((Math.max(now, savedAt) - savedAt) / 1000)))}</Typography>;
}
