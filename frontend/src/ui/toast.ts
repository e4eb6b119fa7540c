import { createContext, use } from 'react';

/** `ref` finds what went wrong in the log; "" or none where the text says it all. `undo` takes back what the text says. */
export type Toast = { text: string; tone?: 'plain' | 'error'; ref?: string; undo?: () => void };

export const ToastContext = createContext<((toast: Toast) => void) | null>(null);

/** Shows one short sentence at the foot of the window. */
export function useToast(): (toast: Toast) => void {
  const show = use(ToastContext);
  if (!show) throw new Error('useToast needs a ToastProvider above it.');
  return show;
}

/** The reference by which the log knows an error; "" where it was not logged. */
export function refOf(error: unknown): string {
  return error instanceof Error && 'ref' in error && typeof error.ref === 'string' ? error.ref : '';
}

/** An error as a sentence at the foot of the window. */
export function errorToast(error: Error): Toast {
  return { text: error.message, tone: 'error', ref: refOf(error) };
}
