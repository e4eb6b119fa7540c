import Alert from '@mui/material/Alert';
import Snackbar from '@mui/material/Snackbar';
import { useCallback, useState, type ReactNode } from 'react';

import { ToastContext, type Toast } from './toast';

/** Holds the one sentence at the foot of the window. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toast, setToast] = useState<Toast | null>(null);
  const [open, setOpen] = useState(false);
  const show = useCallback((next: Toast) => {
    setToast(next);
    setOpen(true);
  }, []);
  return (
    <ToastContext value={show}>
      {children}
      <Snackbar
        open={open}
        autoHideDuration={toast?.tone === 'error' ? 12_000 : 5_000}
        onClose={(_event, reason) => {
          if (reason !== 'clickaway') setOpen(false);
        }}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'center' }}
      >
        <Alert icon={false} variant="filled" severity={toast?.tone === 'error' ? 'error' : 'info'} onClose={() => setOpen(false)} sx={toast?.tone === 'error' ? {} : { bgcolor: 'text.primary', color: 'background.paper' }}>
          {toast?.text}
        </Alert>
      </Snackbar>
    </ToastContext>
  );
}
