/** React's elements, whose text shows marks that turn its direction (ADR 69). vite.config.ts names it as the source of all JSX. */
import { type ElementType, type Key } from 'react';
import * as react from 'react/jsx-runtime';

import { shownProps } from './shownProps';

export const Fragment = react.Fragment;

export function jsx(type: ElementType, props: unknown, key?: Key) {
  return react.jsx(type, shownProps(props), key);
}

export function jsxs(type: ElementType, props: unknown, key?: Key) {
  return react.jsxs(type, shownProps(props), key);
}
