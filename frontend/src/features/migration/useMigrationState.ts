import { useSearchParams } from 'react-router';

import { type Step, stepOf } from './model/steps';

/** The pages of a result. */
export const resultTabs = ['comparison', 'costs', 'money', 'sensitivity', 'plan', 'mapping'] as const;

export type ResultTab = (typeof resultTabs)[number];

/** What the page of migrations keeps in its address: the open assessment, its form with the step or its result with the tab, or those that are compared. */
export function useMigrationState() {
  const [params, setParams] = useSearchParams();
  const go = (values: Record<string, string | string[]>, replace = false) => {
    const next = new URLSearchParams();
    for (const [name, value] of Object.entries(values)) for (const one of [value].flat()) if (one !== '') next.append(name, one);
    setParams(next, { replace });
  };
  const opened = params.get('assessment') ?? '';
  const stepText = params.get('step');
  return {
    /** The name of the open assessment; "" when the list is shown. */
    opened,
    /** The step of the form; null = the result is shown. */
    step: stepText === null ? null : stepOf(stepText),
    tab: resultTabs.find((tab) => tab === params.get('tab')) ?? 'comparison',
    compared: params.getAll('compare'),
    edit: (name: string, step: Step, replace = false) => go({ assessment: name, step }, replace),
    show: (name: string, tab: ResultTab = 'comparison', replace = false) => go({ assessment: name, tab: tab === 'comparison' ? '' : tab }, replace),
    compare: (names: string[]) => go({ compare: names }),
    list: () => go({}),
  };
}

export type MigrationState = ReturnType<typeof useMigrationState>;
