import { useQuery } from '@tanstack/react-query';

import { useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import type { ForecastQuestion, PlannedInput } from '../../lib/wire';
import { forecastsKey } from '../../parts/useForecast';
import { useTopicChange } from '../../parts/useTopicChange';

export function usePlanned() {
  const { forecasts } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [forecastsKey, workspace, 'planned'] as const, queryFn: () => forecasts.Planned(), enabled: workspace !== '' });
}

/** The frozen forecasts, each beside what came. */
export function useFrozen() {
  const { forecasts } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: [forecastsKey, workspace, 'frozen'] as const, queryFn: () => forecasts.Frozen(), enabled: workspace !== '' });
}

/** Keeps a planned change; the form shows what went wrong, and both values of a conflict. */
export function useSavePlanned() {
  const { forecasts } = useBridge();
  return useTopicChange(forecastsKey, ({ change, version }: { change: PlannedInput; version: number }) => forecasts.SavePlanned(change, version), true);
}

export function useDeletePlanned() {
  const { forecasts } = useBridge();
  return useTopicChange(forecastsKey, ({ name, version }: { name: string; version: number }) => forecasts.DeletePlanned(name, version), 'conflicts');
}

export function useFreeze() {
  const { forecasts } = useBridge();
  return useTopicChange(forecastsKey, ({ name, scope, question }: { name: string; scope: string; question: ForecastQuestion }) => forecasts.Freeze(name, scope, question));
}

export function useUnfreeze() {
  const { forecasts } = useBridge();
  return useTopicChange(forecastsKey, (name: string) => forecasts.Unfreeze(name));
}
