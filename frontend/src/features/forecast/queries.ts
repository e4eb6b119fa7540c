import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { ledgerKeys, useWorkspacePath } from '../../bridge/queries';
import { useBridge } from '../../bridge/useBridge';
import type { ForecastQuestion } from '../../lib/wire';

const keys = {
  build: (workspace: string, question: ForecastQuestion) => [...ledgerKeys.all, workspace, 'forecast', question] as const,
};

/** What a cost will come to. */
export function useForecast(question: ForecastQuestion) {
  const { forecasts } = useBridge();
  const workspace = useWorkspacePath();
  return useQuery({ queryKey: keys.build(workspace, question), queryFn: () => forecasts.Build(question), enabled: workspace !== '', placeholderData: keepPreviousData });
}
