import '@fontsource-variable/inter';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './app/App';
import type { Bridge } from './bridge/ports';
import { createWailsBridge, insideProgram } from './bridge/wails';

/** In a plain browser the development server shows the pages on an invented bill; ?fake=none or ?fake=empty shows the first start. */
async function chooseBridge(): Promise<Bridge> {
  if (insideProgram() || !import.meta.env.DEV) return createWailsBridge();
  const { createFakeBridge } = await import('./bridge/fake');
  const wanted = new URLSearchParams(window.location.search);
  const start = wanted.get('fake');
  return createFakeBridge({
    start: start === 'none' || start === 'empty' ? start : 'open',
    paceMs: 250,
    delayMs: Number(wanted.get('delay') ?? '0'),
  });
}

const root = document.getElementById('root');
if (!root) {
  throw new Error('index.html has no element with the id "root".');
}

createRoot(root).render(
  <StrictMode>
    <App bridge={await chooseBridge()} />
  </StrictMode>,
);
