import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';

import { useWorkspacePath } from '../../bridge/queries';
import { createHistoryMemory } from '../../ui/view/historyMemory';

const memory = createHistoryMemory<number>();

/** What a person does who scrolls, and no longer wants to be brought back. */
const scrolls = ['wheel', 'pointerdown', 'keydown'] as const;

/**
 * Keeps how far the page was scrolled in each entry of the history, and shows it so again when the person goes back: at once, and
 * once more each time that what was asked for has come and made the page longer.
 */
export function useScrollMemory() {
  const client = useQueryClient();
  const { key, pathname } = useLocation();
  const entry = `${useWorkspacePath()} ${key}`;
  const back = useNavigationType() === NavigationType.Pop;
  const [page, setPage] = useState<HTMLElement | null>(null);

  const shown = useRef(pathname);
  useEffect(() => {
    if (!page) return;
    // Another page begins at its top; within a page a click leaves what is in view where it is.
    if (!back && shown.current !== pathname) scrollTo(page, 0);
    shown.current = pathname;
    const wanted = memory.recall(client, entry) ?? 0;
    const keep = () => memory.keep(client, entry, page.scrollTop);
    let stop: () => void = () => undefined;
    const begin = () => {
      stop();
      // A drawer that opens is an entry of its own, of a page that was scrolled before.
      keep();
      page.addEventListener('scroll', keep, { passive: true });
    };
    if (back && wanted > 0) stop = reach(page, wanted, begin);
    else begin();
    return () => {
      stop();
      page.removeEventListener('scroll', keep);
    };
  }, [page, client, entry, pathname, back]);

  return setPage;
}

function scrollTo(page: HTMLElement, top: number): void {
  page.scrollTop = top;
}

/** Scrolls to a place as soon as the page is long enough, and then calls `done`; also when the person scrolls first. */
function reach(page: HTMLElement, wanted: number, done: () => void): () => void {
  const move = () => {
    scrollTo(page, wanted);
    if (page.scrollTop >= wanted - 1) done();
  };
  const longer = new ResizeObserver(move);
  const watch = () => [...page.children].forEach((child) => longer.observe(child));
  const newPage = new MutationObserver(watch);
  watch();
  newPage.observe(page, { childList: true });
  for (const event of scrolls) window.addEventListener(event, done, { passive: true });
  return () => {
    longer.disconnect();
    newPage.disconnect();
    for (const event of scrolls) window.removeEventListener(event, done);
  };
}
