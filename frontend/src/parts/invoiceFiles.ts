/** Files of invoice amounts, which the page of reconciliation reads; all other files are previewed as bills. */

export const reconciliationPath = '/reconciliation';

/** Whether dropped files are read by the page of reconciliation: one table, dropped on that page. */
export function readsFigures(pathname: string, paths: string[]): boolean {
  return pathname === reconciliationPath && paths.length === 1 && /\.(csv|tsv|txt)$/i.test(paths[0] ?? '');
}

/** The file that travels in the state of an address; "" = none. */
export function droppedFigures(state: unknown): string {
  return typeof state === 'object' && state !== null && 'figures' in state && typeof state.figures === 'string' ? state.figures : '';
}
