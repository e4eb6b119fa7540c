import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { alertKeys, useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import { formatCounted } from '../../lib/money';
import type { AlertRuleDraft, ChannelDraft, ChannelHours } from '../../lib/wire';
import { useDeletion } from '../../parts/useDeletion';
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
  return useDeletion((name, version) => alerts.RemoveChannel(name, version), changed);
}

/** Sends a test message by a channel. */
export function useTestChannel() {
  const { alerts } = useBridge();
  return useMutation({ mutationFn: (name: string) => alerts.Test(name) });
}

/** Changes when a channel sends, if it is of the version seen. */
export function useSetHours() {
  const { alerts } = useBridge();
  const changed = useChanged();
  return useMutation({ mutationFn: ({ name, hours, version }: { name: string; hours: ChannelHours; version: number }) => alerts.SetHours(name, hours, version), onSuccess: changed });
}

/** What raises alerts beside budgets. */
export function useAlertRules() {
  const { alerts } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [...alertKeys.all, workspace, 'rules'] as const, queryFn: () => alerts.Rules(), enabled: workspace !== '' });
}

/** Keeps an alert rule if the stored one is of the version seen; 0 = there was none. */
export function useSaveRule() {
  const { alerts } = useBridge();
  const changed = useChanged();
  return useMutation({ mutationFn: ({ draft, version }: { draft: AlertRuleDraft; version: number }) => alerts.SaveRule(draft, version), onSuccess: changed });
}

export function useDeleteRule() {
  const { alerts } = useBridge();
  const changed = useChanged();
  return useDeletion((name, version) => alerts.DeleteRule(name, version), changed, (name) => `Deleted the rule ${name}. Its alerts stay.`);
}
