import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { alertKeys, useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import { formatCounted } from '../../lib/money';
import type { ChannelDraft } from '../../lib/wire';
import { errorToast, useToast } from '../../ui/toast';

/** What was sent and what was tried. */
export function useDeliveries() {
  const { alerts } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [...alertKeys.all, workspace, 'deliveries'] as const, queryFn: () => alerts.Deliveries(), enabled: workspace !== '' });
}

/** Where alerts are sent to. */
export function useChannels() {
  const { alerts } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [...alertKeys.all, workspace, 'channels'] as const, queryFn: () => alerts.Channels(), enabled: workspace !== '' });
}

function useChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: alertKeys.all });
}

export function useMarkRead() {
  const { alerts } = useBridge();
  const changed = useChanged();
  const toast = useToast();
  return useMutation({ mutationFn: ({ ids, read }: { ids: number[]; read: boolean }) => alerts.MarkRead(ids, read), onError: (error) => toast(errorToast(error)), onSettled: changed });
}

/** Sends what waits. */
export function useDeliver() {
  const { alerts } = useBridge();
  const changed = useChanged();
  const toast = useToast();
  return useMutation({
    mutationFn: () => alerts.Deliver(),
    onSuccess: (tried) => {
      const failed = tried.filter(({ state }) => state !== 'sent').length;
      if (tried.length === 0) toast({ text: 'Nothing waits to be sent.' });
      else toast(failed === 0 ? { text: `Sent ${formatCounted(tried.length, 'alert')}.` } : { text: `${formatCounted(failed, 'alert')} could not be sent; the delivery log says why.`, tone: 'error' });
    },
    onError: (error) => toast(errorToast(error)),
    onSettled: changed,
  });
}

export function useAddChannel() {
  const { alerts } = useBridge();
  const changed = useChanged();
  return useMutation({ mutationFn: ({ draft, secret }: { draft: ChannelDraft; secret: string }) => alerts.AddChannel(draft, secret), onSuccess: changed });
}

export function useRemoveChannel() {
  const { alerts } = useBridge();
  const changed = useChanged();
  const toast = useToast();
  return useMutation({ mutationFn: (name: string) => alerts.RemoveChannel(name), onError: (error) => toast(errorToast(error)), onSettled: changed });
}

/** Sends a test message by a channel. */
export function useTestChannel() {
  const { alerts } = useBridge();
  return useMutation({ mutationFn: (name: string) => alerts.Test(name) });
}
