import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type FormEvent, useState } from 'react';

import type { JobInfo, SignInPrompt } from '../../lib/wire';
import { CopyText } from '../../ui/CopyText';
import { useAnswerSignIn } from './useJobActions';

/** What a person has to do before the sign-in of a test or sync can go on. */
export function SignIn({ job, prompt }: { job: JobInfo; prompt: SignInPrompt }) {
  const [answer, setAnswer] = useState('');
  const send = useAnswerSignIn();
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate({ id: job.id, answer });
  };
  return (
    <Box sx={{ my: 1 }}>
      <Typography role="status" sx={{ overflowWrap: 'anywhere' }}>
        {prompt.text}
      </Typography>
      <CopyText label="Page" text={prompt.address} />
      <CopyText label="Code" text={prompt.code} />
      {prompt.wanted !== '' && (
        <Box component="form" onSubmit={handleSubmit} sx={{ display: 'flex', alignItems: 'flex-end', gap: 1, mt: 1 }}>
          <TextField label={prompt.wanted} size="small" autoFocus autoComplete="one-time-code" value={answer} onChange={(event) => setAnswer(event.target.value)} />
          <Button type="submit" variant="contained" disabled={answer.trim() === '' || send.isPending}>
            Sign in
          </Button>
        </Box>
      )}
    </Box>
  );
}
