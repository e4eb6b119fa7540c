import { createContext, use } from 'react';

export type Toast = { text: string; tone?: 'plain' | 'error' };

export const ToastContext = createContext<((toast: Toast) => void) | null>(null);

/** Shows one short sentence at the foot of the window. */
export function useToast(): (toast: Toast) => void {
  const show = use(ToastContext);
  if (!show) throw new Error('useToast needs a ToastProvider above it.');
  return show;
}
