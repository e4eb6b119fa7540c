import type { RouteObject } from 'react-router';

/** Resolves when the window has nothing else to do; web views that cannot say so wait a moment. */
function whenIdle(): Promise<unknown> {
  return new Promise((resolve) => ('requestIdleCallback' in window ? window.requestIdleCallback(resolve) : setTimeout(resolve, 100)));
}

/**
 * Loads the code of all pages one after the other, while nothing else goes on, so that the first opening of a page does not wait for it.
 * What cannot be loaded now is asked for again when its page is opened.
 */
export async function loadPages(routes: RouteObject[]): Promise<void> {
  for (const { lazy, children } of routes) {
    if (typeof lazy === 'function') {
      await whenIdle();
      await lazy().catch(() => undefined);
    }
    if (children) await loadPages(children);
  }
}
