import { useLayoutEffect, useState } from 'react';

/** What is taken for the width until the element has been laid out. */
const WIDTH_BEFORE_LAYOUT = 720;

/** The width of an element's inside, kept up to date. */
export function useWidth() {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [width, setWidth] = useState(WIDTH_BEFORE_LAYOUT);
  useLayoutEffect(() => {
    if (!element || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth || WIDTH_BEFORE_LAYOUT));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return { element, setElement, width };
}
