import '@fontsource-variable/inter';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from './app/App';
import { createWailsBridge, insideProgram } from './bridge/wails';
import { OutsidePage } from './app/OutsidePage';

const root = document.getElementById('root');
if (!root) {
  throw new Error('index.html has no element with the id "root".');
}

createRoot(root).render(
  <StrictMode>
    {insideProgram() ? <App bridge={createWailsBridge()} /> : <OutsidePage />}
  </StrictMode>,
);
