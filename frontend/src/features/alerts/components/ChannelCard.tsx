import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';

import { formatInstant } from '../../../lib/days';
import type { ChannelInfo } from '../../../lib/wire';
import { ChangeConflict } from '../../../parts/ChangeConflict';
import { Card } from '../../../ui/Card';
import { Facts } from '../../../ui/Facts';
import { describeHours, kindLabel } from '../model';
import { useRemoveChannel, useTestChannel } from '../queries';

/** One channel: where it sends to, whether it works, and how to be rid of it. */
export function ChannelCard({ channel, readOnly, onHours }: { channel: ChannelInfo; readOnly: boolean; onHours: () => void }) {
  const test = useTestChannel();
  const remove = useRemoveChannel();
  const [asked, setAsked] = useState<number | null>(null); // the version that was asked to be deleted
  return (
    <Card
      title={channel.name}
      sub={kindLabel(channel.kind)}
      actions={
        <>
          <Button variant="outlined" disabled={readOnly} loading={test.isPending} onClick={() => test.mutate(channel.name)} aria-label={`Send a test by ${channel.name}`}>
            Send test
          </Button>
          <Button variant="outlined" disabled={readOnly} onClick={onHours} aria-label={`Change when ${channel.name} sends`}>
            Hours
          </Button>
          {asked !== null ? (
            <Button variant="contained" color="error" loading={remove.isPending} onClick={() => remove.mutate({ name: channel.name, version: asked })}>
              {channel.kind === 'desktop' ? 'Remove it' : 'Remove it and its secret'}
            </Button>
          ) : (
            <Button variant="text" disabled={readOnly} onClick={() => setAsked(channel.version)} aria-label={`Remove ${channel.name}`}>
              Remove
            </Button>
          )}
        </>
      }
    >
      <Facts
        facts={[
          ['Sends to', channel.kind === 'slack' || channel.kind === 'teams' ? 'An address that is kept in the keychain' : channel.kind === 'desktop' ? 'This computer' : channel.where],
          ['When', describeHours(channel)],
          ['Added', `${formatInstant(channel.addedAt)}${channel.addedBy === '' ? '' : ` by ${channel.addedBy}`}`],
        ]}
      />
      <Typography role="status" sx={{ mt: 1, color: test.isError ? 'error.main' : 'text.secondary' }}>
        {test.error ? test.error.message : test.isSuccess ? 'The test was sent.' : ''}
      </Typography>
      <ChangeConflict what={`the channel ${channel.name}`} change={remove} onDone={() => setAsked(null)} />
    </Card>
  );
}
