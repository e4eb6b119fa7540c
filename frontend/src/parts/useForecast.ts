import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { useWorkspacePath } from '../bridge/queries';
import { useBridge } from '../bridge/useBridge';
import type { ForecastQuestion } from '../lib/wire';

/** The first part of every question about forecasts; a topic of the Go side has the same name. */
export const forecastsKey = 'forecasts';

/** What a cost will come to. */
export function useForecast(question: ForecastQuestion, wanted = true) {
  const { forecasts } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({
    queryKey: [forecastsKey, workspace, 'build', question] as const,
    queryFn: () => forecasts.Build(question),
    enabled: workspace !== '' && wanted,
    placeholderData: keepPreviousData,
  });
}
