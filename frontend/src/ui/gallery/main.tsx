import '@fontsource-variable/inter';

import Box from '@mui/material/Box';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { Card } from '../Card';
import { AppTheme } from '../theme/AppTheme';
import { stories } from './stories';

const root = document.getElementById('root');
if (!root) throw new Error('gallery.html lacks #root');

/** Every story on one page, for whoever works on the design system; `build/look --only gallery` takes its picture. */
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={new QueryClient()}>
      <AppTheme>
        <Box component="main" id="main" sx={{ height: '100vh', overflow: 'auto', p: 2, boxSizing: 'border-box', display: 'grid', gap: 2, alignContent: 'start', gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 460px), 1fr))' }}>
          <Box component="h1" sx={{ gridColumn: '1 / -1', m: 0, fontSize: '1.25rem' }}>
            Gallery
          </Box>
          {stories.map(({ name, show }) => (
            <Card key={name} title={name}>
              {show()}
            </Card>
          ))}
        </Box>
      </AppTheme>
    </QueryClientProvider>
  </StrictMode>,
);
