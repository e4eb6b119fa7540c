import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// The bound ends a test that waits for what never comes; it is far beyond what a slow machine needs.
configure({ asyncUtilTimeout: 60_000 });

// Vitest runs without global test functions, so the library cannot find the hook by itself.
afterEach(() => {
  cleanup();
});
