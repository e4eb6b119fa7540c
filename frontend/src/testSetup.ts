import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// The bound ends a test that waits for what never comes; it is far beyond what a slow machine needs. While build/record
// looks for calls without an answer, what comes from them never comes.
configure({ asyncUtilTimeout: import.meta.env.VITE_RECORD === '1' ? 3_000 : 60_000 });

// Vitest runs without global test functions, so the library cannot find the hook by itself.
afterEach(() => {
  cleanup();
});
