import { useQuery } from '@tanstack/react-query';

import { useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import type { AnomalyState, MuteRuleInput } from '../../lib/wire';
import { useTopicChange } from '../../parts/useTopicChange';

/** The first part of every question about anomalies; a topic of the Go side has the same name. */
const anomaliesKey = 'anomalies';

/** How often the page asks whether what was found is up to date again, in ms. */
const staleAgain = 1500;

export function useAnomalies() {
  const { anomalies } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({
    queryKey: [anomaliesKey, workspace, 'list'] as const,
    queryFn: () => anomalies.List(),
    enabled: workspace !== '',
    refetchInterval: ({ state }) => (state.data?.stale ? staleAgain : false),
  });
}

/** The days around an anomaly with what they should have cost. */
export function useCourse(id: string) {
  const { anomalies } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [anomaliesKey, workspace, 'course', id] as const, queryFn: () => anomalies.Course(id), enabled: workspace !== '' });
}

/** The id that the anomaly of an id has now; "" where there is none any more. */
export function useCurrentId(id: string) {
  const { anomalies } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [anomaliesKey, workspace, 'current', id] as const, queryFn: () => anomalies.Current(id), enabled: workspace !== '' && id !== '' });
}

/** How far a day must be off, for all usage and for scopes. */
export function useSensitivities() {
  const { anomalies } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [anomaliesKey, workspace, 'sensitivities'] as const, queryFn: () => anomalies.Sensitivities(), enabled: workspace !== '' });
}

/** What each sensitivity would have found in a scope in the last 90 days. */
export function useSensitivityPreview(scope: string) {
  const { anomalies } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [anomaliesKey, workspace, 'preview', scope] as const, queryFn: () => anomalies.Preview(scope), enabled: workspace !== '' });
}

export function useMuteRules() {
  const { anomalies } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [anomaliesKey, workspace, 'mute rules'] as const, queryFn: () => anomalies.MuteRules(), enabled: workspace !== '' });
}

/** Says how an anomaly stands; the form shows what went wrong, and both values of a conflict. */
export function useMark() {
  const { anomalies } = useBridge();
  return useTopicChange(anomaliesKey, ({ id, state, note, version }: { id: string; state: AnomalyState; note: string; version: number }) => anomalies.Mark(id, state, note, version), true);
}

/** Sets how far a day must be off; the dialog shows both values of a conflict. */
export function useSetSensitivity() {
  const { anomalies } = useBridge();
  return useTopicChange(anomaliesKey, ({ scope, level, version }: { scope: string; level: string; version: number }) => anomalies.SetSensitivity(scope, level, version), 'conflicts');
}

/** Keeps a new mute rule. */
export function useAddMuteRule() {
  const { anomalies } = useBridge();
  return useTopicChange(anomaliesKey, (rule: MuteRuleInput) => anomalies.SaveMuteRule(rule, 0));
}

/** Changes a mute rule; the form shows what went wrong, and both values of a conflict. */
export function useChangeMuteRule() {
  const { anomalies } = useBridge();
  return useTopicChange(anomaliesKey, ({ rule, version }: { rule: MuteRuleInput; version: number }) => anomalies.SaveMuteRule(rule, version), true);
}

export function useDeleteMuteRule() {
  const { anomalies } = useBridge();
  return useTopicChange(anomaliesKey, ({ name, version }: { name: string; version: number }) => anomalies.DeleteMuteRule(name, version), 'conflicts');
}
