import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

import { plainStylesOf } from './test/plainStyles';

// The bound ends a test that waits for what never comes; it is far beyond what a slow machine needs. While build/record
// looks for calls without an answer, what comes from them never comes.
configure({ asyncUtilTimeout: import.meta.env.VITE_RECORD === '1' ? 3_000 : 200_000 });

// Nothing is drawn here, and working out for every element which of thousands of rules of a theme apply takes most of the time of
// a test: style sheets stay empty. What is hidden is so by its own style or is not there.
HTMLStyleElement.prototype.appendChild = (node) => node;
const page = document.defaultView;
if (page) page.getComputedStyle = globalThis.getComputedStyle = plainStylesOf(page);

// Vitest runs without global test functions, so the library cannot find the hook by itself.
afterEach(() => {
  cleanup();
});
