import { fileURLToPath } from 'node:url';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig(({ mode }) => ({
  plugins: [react({ jsxImportSource: 'shown-text' })],
  resolve: { alias: { 'shown-text': fileURLToPath(new URL('./src/ui/text', import.meta.url)) } },
  // The window loads the page from the program itself, so every address must be relative to it.
  base: './',
  build: {
    // The oldest web views the app meets: WebKitGTK 2.40, Safari 16 and the evergreen WebView2.
    target: ['es2022', 'safari16'],
    outDir: 'dist',
    emptyOutDir: true,
    // The gallery of the design system is a page of its own that no program contains: vite build --mode gallery.
    rolldownOptions: mode === 'gallery' ? { input: 'gallery.html' } : {},
    // The files come from inside the program, not over a network: one large chunk costs nothing.
    chunkSizeWarningLimit: 4000,
    reportCompressedSize: false,
  },
  test: {
    restoreMocks: true,
    css: false,
    // The default leaves a core free, which on two cores means one file at a time.
    maxWorkers: '100%',
    // A test that waits for what never comes is ended by its own bound (src/testSetup.ts) and says for what.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // The files of a process share what they import.
    isolate: false,
    projects: [
      // What needs no page: models and the like.
      { extends: true, test: { name: 'models', environment: 'node', include: ['src/**/*.test.ts'] } },
      { extends: true, test: { name: 'pages', environment: 'jsdom', include: ['src/**/*.test.tsx'], setupFiles: ['src/testSetup.ts'] } },
    ],
  },
}));
