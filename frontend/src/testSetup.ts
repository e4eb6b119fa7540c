import '@testing-library/jest-dom/vitest';
import { cleanup } from '@testing-library/react';
import { afterEach } from 'vitest';

// Vitest runs without global test functions, so the library cannot find the hook by itself.
afterEach(() => {
  cleanup();
});
