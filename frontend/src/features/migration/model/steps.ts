import type { FieldProblem } from '../../../lib/wire';

/** The steps of the form, in their order. */
export const steps = ['organization', 'workloads', 'requirements', 'review'] as const;

export type Step = (typeof steps)[number];

export const stepLabels: Record<Step, string> = { organization: 'Organisation', workloads: 'Workloads', requirements: 'Requirements', review: 'Review' };

export function stepOf(text: string | null): Step {
  return steps.find((step) => step === text) ?? 'organization';
}

/** The step that a wrong field belongs to. */
export function stepOfPath(path: string): Step {
  return steps.find((step) => path.startsWith(step)) ?? 'organization';
}

export function problemsOf(step: Step, wrong: FieldProblem[]): FieldProblem[] {
  return step === 'review' ? wrong : wrong.filter(({ path }) => stepOfPath(path) === step);
}

/** How many seconds ago something was saved, in words. */
export function describeSaved(seconds: number): string {
  if (seconds < 2) return 'Saved just now';
  if (seconds < 60) return `Saved ${seconds} s ago`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `Saved ${minutes} min ago` : `Saved ${Math.floor(minutes / 60)} h ago`;
}
