import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useState } from 'react';

import { useReadOnly } from '../../../bridge/queries';
import type { ChannelInfo } from '../../../lib/wire';
import { ExportList } from '../../../parts/ExportList';
import { EmptyState } from '../../../ui/EmptyState';
import { QueryView } from '../../../ui/QueryView';
import { useChannels } from '../queries';
import { ChannelCard } from './ChannelCard';
import { ChannelDialog } from './ChannelDialog';
import { HoursDialog } from './HoursDialog';

/** The channels that send alerts. */
export function Channels() {
  const channels = useChannels();
  const readOnly = useReadOnly();
  const [adding, setAdding] = useState(false);
  const [timing, setTiming] = useState<ChannelInfo | null>(null);
  const add = (
    <Button variant="contained" startIcon={<AddIcon />} disabled={readOnly} onClick={() => setAdding(true)} sx={{ alignSelf: 'flex-start' }}>
      Add channel
    </Button>
  );
  return (
    <>
      <QueryView
        query={channels}
        what="the channels"
        errorTitle="The channels could not be read"
        skeleton={<Skeleton variant="rounded" height={220} />}
        isEmpty={(list) => list.length === 0}
        empty={<EmptyState title="No channels" text="Alerts are in the inbox. Add e-mail, Slack, Microsoft Teams, a web hook or notifications on this computer to send those that are raised from then on." action={add} />}
      >
        {(list) => (
          <>
            <Box sx={{ display: 'flex', justifyContent: 'space-between', flexWrap: 'wrap', gap: 1 }}>
              {add}
              <ExportList list="channels" />
            </Box>
            {list.map((channel) => (
              <ChannelCard key={channel.name} channel={channel} readOnly={readOnly} onHours={() => setTiming(channel)} />
            ))}
          </>
        )}
      </QueryView>
      {timing && <HoursDialog channel={timing} onClose={() => setTiming(null)} />}
      {adding && <ChannelDialog onClose={() => setAdding(false)} />}
    </>
  );
}
