/** As jsx-runtime, for tests and development. */
import { type ElementType, type Key } from 'react';
import * as react from 'react/jsx-dev-runtime';

import { shownProps } from './shownProps';

export const Fragment = react.Fragment;

export function jsxDEV(type: ElementType, props: unknown, key: Key | undefined, isStatic: boolean, source?: react.JSXSource, self?: unknown) {
  return react.jsxDEV(type, shownProps(props), key, isStatic, source, self);
}
