import '@fontsource-variable/inter';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './app/App';
import { loadPages } from './app/loadPages';
import { routes } from './app/routes';
import { createWailsBridge, insideProgram } from './bridge/wails';
import { OutsidePage } from './app/OutsidePage';

const root = document.getElementById('root');
if (!root) {
  throw new Error('index.html has no element with the id "root".');
}

const inside = insideProgram();

createRoot(root).render(
  <StrictMode>
    {inside ? <App bridge={createWailsBridge()} /> : <OutsidePage />}
  </StrictMode>,
);

if (inside) void loadPages(routes);
