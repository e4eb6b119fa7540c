import AutoGraphIcon from '@mui/icons-material/AutoGraph';
import CloudSyncIcon from '@mui/icons-material/CloudSyncOutlined';
import FolderOpenIcon from '@mui/icons-material/FolderOpen';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';

import { useAppInfo, useJobs, useRecentWorkspaces } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import { formatCounted } from '../../lib/money';
import { errorToast, useToast } from '../../ui/toast';
import { FirstClientDialog } from './components/FirstClientDialog';
import { FirstFiles } from './components/FirstFiles';
import { RecentList } from './components/RecentList';
import { WelcomeChoice } from './components/WelcomeChoice';
import { WorkspaceDialogs } from './components/WorkspaceDialogs';
import { useChooseWorkspace, useForgetWorkspace, useOpenDemo, useOpenWorkspace } from './queries';

/** What is shown while no workspace is open: the ways to begin, and the clients opened before. */
export function WelcomePage({ now }: { now: number }) {
  const [creating, setCreating] = useState(false);
  const [paths, setPaths] = useState<string[] | null>(null);
  const { events, imports } = useBridge();
  const toast = useToast();
  const onError = (error: Error) => toast(errorToast(error));
  const info = useAppInfo();
  const recent = useRecentWorkspaces();
  const jobs = useJobs();
  const demo = useOpenDemo();
  const open = useOpenWorkspace();
  const choose = useChooseWorkspace();
  const forget = useForgetWorkspace();

  useEffect(() => events.on('files:dropped', (dropped) => dropped.length > 0 && setPaths(dropped)), [events]);

  const making = jobs.data?.find((job) => job.kind === 'demo' && job.state === 'running');

  return (
    <Box component="main" sx={{ height: '100%', overflow: 'auto', display: 'flex', justifyContent: 'center' }}>
      <Box sx={{ width: 760, maxWidth: '100%', px: 4, pt: 'min(10vh, 96px)', pb: 6 }}>
        <Typography variant="h1" sx={{ fontSize: '1.625rem', letterSpacing: '-0.02em' }}>
          Cloud Intelligence
        </Typography>
        <Typography sx={{ color: 'text.secondary', mt: 0.75, mb: 3.5, fontSize: '0.875rem', maxWidth: 520 }}>
          Read the cloud bills of a client, exact to the last digit. Everything stays in one file on this computer.
        </Typography>
        <FirstFiles onChoose={() => void imports.ChooseFiles().then((paths) => paths.length > 0 && setPaths(paths)).catch(onError)} onNew={() => setCreating(true)} />
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, mt: 1.5 }}>
          <WelcomeChoice first={info.data?.offerDemo} icon={<AutoGraphIcon />} title="Open the demo client" text="A fictional company with a year of bills, to explore the app." disabled={making !== undefined || demo.isPending} onClick={() => demo.mutate(undefined, { onError })} />
          <WelcomeChoice icon={<CloudSyncIcon />} title="Connect a cloud account" text="Fetch bills from AWS, Azure or Google Cloud when you say so, or every day." onClick={() => setPaths([])} />
          <WelcomeChoice icon={<FolderOpenIcon />} title="Open workspace…" text="Choose a workspace file you already have." onClick={() => choose.mutate(undefined, { onError })} />
        </Box>
        {making && (
          <Box role="status" sx={{ mt: 2.5 }}>
            <Typography variant="body2" sx={{ color: 'text.secondary', mb: 0.75 }}>
              {making.title}: {formatCounted(making.lines, 'line')}
            </Typography>
            <LinearProgress aria-label={making.title} variant={making.total > 0 ? 'determinate' : 'indeterminate'} value={making.total > 0 ? (100 * making.done) / making.total : 0} sx={{ borderRadius: 2 }} />
          </Box>
        )}
        {(recent.data?.length ?? 0) > 0 && (
          <Box component="section" aria-label="Recent workspaces" sx={{ mt: 4.5 }}>
            <Typography variant="h2" sx={{ mb: 1 }}>
              Recent
            </Typography>
            <RecentList workspaces={recent.data ?? []} now={now} onOpen={(path) => open.mutate(path, { onError })} onForget={(path) => forget.mutate(path, { onError })} />
          </Box>
        )}
        {paths !== null && <FirstClientDialog paths={paths} onClose={() => setPaths(null)} />}
        {creating && <WorkspaceDialogs dialog="new" workspace={null} onClose={() => setCreating(false)} />}
      </Box>
    </Box>
  );
}
