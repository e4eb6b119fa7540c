import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

import { ROW_HEIGHT } from './model';
import {
  clampOffset,
  drawnRows,
  type Geometry,
  isScaled,
  needsDrawing,
  originOf,
  revealRow,
  type RowRange,
  showsBlank,
  toOffset,
  toScrollTop,
} from './window';

/** Measures until the element has been laid out. */
const SIZE_BEFORE_LAYOUT = { width: 1024, height: 320 };

const LINE_PX = 16;

function sizeOf(element: HTMLElement) {
  return {
    width: element.clientWidth || SIZE_BEFORE_LAYOUT.width,
    height: element.clientHeight || SIZE_BEFORE_LAYOUT.height,
  };
}

/** Moves a scroll bar without an animation. */
export function setScroll(element: HTMLElement, axis: 'scrollTop' | 'scrollLeft', value: number): void {
  element[axis] = value;
}

/** Width and height of an element's inside, kept up to date. */
function useElementSize(element: HTMLElement | null) {
  const [size, setSize] = useState(SIZE_BEFORE_LAYOUT);
  useLayoutEffect(() => {
    if (!element) return;
    const measure = () => {
      const next = sizeOf(element);
      setSize((last) => (last.width === next.width && last.height === next.height ? last : next));
    };
    if (typeof ResizeObserver === 'undefined') {
      window.addEventListener('resize', measure);
      return () => window.removeEventListener('resize', measure);
    }
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

/**
 * The window onto a long list. The rows stand in a block inside a sticky frame and only this hook moves the block, so the
 * web view can never show a place where no row has been drawn yet, however fast it scrolls.
 * `chrome` is the height of what stands in the frame besides the rows: the header and the totals row.
 * The list begins where `recall` says, in px from its first row, and again when `resetKey` changes; `onMove` is called at every move.
 */
export function useRowWindow(rows: number, chrome: number, resetKey: string, recall: () => number, onMove: (offset: number) => void) {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const block = useRef<HTMLDivElement>(null);
  const size = useElementSize(scroller);
  const geometry: Geometry = { rows, rowHeight: ROW_HEIGHT, viewport: Math.max(ROW_HEIGHT, size.height - chrome) };

  // The offset the rows were last drawn for. The true offset lives in a ref: it changes with every px of scrolling.
  const [drawnAt, setDrawnAt] = useState(0);
  const range = drawnRows(clampOffset(drawnAt, geometry), geometry);
  const offset = useRef(0);
  const expectedScrollTop = useRef(0);
  const latest = useRef<{ geometry: Geometry; range: RowRange }>({ geometry, range });

  const place = () => {
    const top = originOf(latest.current.range) * ROW_HEIGHT - offset.current;
    if (block.current) block.current.style.transform = `translate3d(0, ${Math.round(top)}px, 0)`;
  };

  useLayoutEffect(() => {
    latest.current = { geometry, range };
    offset.current = clampOffset(offset.current, geometry);
    place();
  });

  const moveTo = (wanted: number) => {
    const { geometry: now, range: drawn } = latest.current;
    const next = clampOffset(wanted, now);
    offset.current = next;
    onMove(next);
    if (showsBlank(drawn, next, now)) flushSync(() => setDrawnAt(next));
    else if (needsDrawing(drawn, next, now)) setDrawnAt(next);
    place();
  };

  /** Moves the rows and then the scroll bar, whose own event must not move the rows again. */
  const scrollTo = (wanted: number) => {
    moveTo(wanted);
    if (!scroller) return;
    setScroll(scroller, 'scrollTop', toScrollTop(offset.current, latest.current.geometry));
    expectedScrollTop.current = scroller.scrollTop;
  };

  const handleScroll = useEffectEvent((element: HTMLElement) => {
    if (Math.abs(element.scrollTop - expectedScrollTop.current) < 1) return;
    expectedScrollTop.current = element.scrollTop;
    moveTo(toOffset(element.scrollTop, latest.current.geometry));
  });

  // Where a px of the scroll bar stands for many px of rows, the wheel would skip rows: it moves the rows itself.
  const handleWheel = useEffectEvent((event: WheelEvent) => {
    const now = latest.current.geometry;
    if (!isScaled(now) || event.ctrlKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
    event.preventDefault();
    const unit = event.deltaMode === 1 ? LINE_PX : event.deltaMode === 2 ? now.viewport : 1;
    scrollTo(offset.current + event.deltaY * unit);
  });

  useEffect(() => {
    if (!scroller) return;
    const onScroll = () => handleScroll(scroller);
    const onWheel = (event: WheelEvent) => handleWheel(event);
    scroller.addEventListener('scroll', onScroll, { passive: true });
    scroller.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      scroller.removeEventListener('scroll', onScroll);
      scroller.removeEventListener('wheel', onWheel);
    };
  }, [scroller]);

  const showBeginning = useEffectEvent(() => scrollTo(recall()));
  const shownKey = useRef<string | null>(null);
  useEffect(() => {
    if (!scroller || shownKey.current === resetKey) return;
    shownKey.current = resetKey;
    // After this commit: moving the rows draws them at once, which an effect may not do.
    queueMicrotask(showBeginning);
  }, [scroller, resetKey]);

  /** Brings a row into view with the least movement. */
  const reveal = (row: number) => {
    const wanted = revealRow(row, offset.current, latest.current.geometry);
    if (wanted !== offset.current) scrollTo(wanted);
  };

  return { setScroller, scroller, block, geometry, range, width: size.width, reveal };
}
