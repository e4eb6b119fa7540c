import { useLayoutEffect, useState } from 'react';

/** What is taken for the width until the element has been laid out. */
const WIDTH_BEFORE_LAYOUT = 720;

/** The inside of an element, in px; the height is 0 until it has been laid out. */
export function useSize() {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [size, setSize] = useState({ width: WIDTH_BEFORE_LAYOUT, height: 0 });
  useLayoutEffect(() => {
    if (!element || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth || WIDTH_BEFORE_LAYOUT, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return { element, setElement, ...size };
}
