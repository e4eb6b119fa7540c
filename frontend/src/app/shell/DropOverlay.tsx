import FileDownloadIcon from '@mui/icons-material/FileDownloadOutlined';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';

import { useBridge } from '../../bridge/useBridge';

/** WebKitGTK announces files from a file manager as a list of addresses, never as Files. */
function hasFiles(event: DragEvent): boolean {
  const types = event.dataTransfer?.types ?? [];
  return types.includes('Files') || types.includes('text/uri-list');
}

/** Covers the window while files are dragged over it. */
export function DropOverlay() {
  const { events } = useBridge();
  const [over, setOver] = useState(false);

  useEffect(() => {
    const enter = (event: DragEvent) => {
      // Always: what is not prevented, the web view opens in place of the page.
      event.preventDefault();
      if (hasFiles(event)) setOver(true);
    };
    const leave = (event: DragEvent) => {
      // Only leaving the window has no element that is entered instead.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
    };
    // Where the system itself takes the drop, the page sees neither drop nor leave: the pointer is back instead.
    const back = () => setOver(false);
    window.addEventListener('dragenter', enter);
    window.addEventListener('dragover', enter);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    window.addEventListener('pointermove', back);
    const end = events.on('files:dropped', back);
    return () => {
      window.removeEventListener('dragenter', enter);
      window.removeEventListener('dragover', enter);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
      window.removeEventListener('pointermove', back);
      end();
    };
  }, [events]);

  if (!over) return null;
  return (
    <Box sx={{ position: 'fixed', inset: 0, zIndex: 'tooltip', p: 2, bgcolor: 'rgb(0 0 0 / 35%)', pointerEvents: 'none' }}>
      <Box sx={{ height: '100%', border: '2px dashed', borderColor: 'primary.main', borderRadius: '12px', bgcolor: 'background.paper', display: 'flex', flexDirection: 'column', alignItems: 'center', justifyContent: 'center', gap: 1 }}>
        <FileDownloadIcon sx={{ fontSize: 30, color: 'primary.main' }} />
        <Typography sx={{ fontSize: '1rem', fontWeight: 600 }}>Drop billing files to preview them</Typography>
        <Typography sx={{ color: 'text.secondary' }}>Nothing is imported until you confirm.</Typography>
      </Box>
    </Box>
  );
}
