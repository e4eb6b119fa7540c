import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Snackbar from '@mui/material/Snackbar';
import { useCallback, useState, type ReactNode } from 'react';

import { ErrorActions, OpenLogContext } from './ErrorActions';
import { ToastContext, type Toast } from './toast';

type ToastProviderProps = {
  children: ReactNode;
  /** Shows the log of the program; none where the page stands alone. */
  openLog?: () => Promise<void>;
};

/** Shows one message at the foot of the window; an error has a button that opens the log, what can be taken back one that does it. */
export function ToastProvider({ children, openLog }: ToastProviderProps) {
  const [toast, setToast] = useState<Toast | null>(null);
  const [open, setOpen] = useState(false);
  const show = useCallback((next: Toast) => {
    setToast(next);
    setOpen(true);
  }, []);
  const handleOpenLog = openLog ? () => void openLog().catch((error: { message: string }) => show({ text: error.message, tone: 'error' })) : null;
  const failed = toast?.tone === 'error';
  return (
    <ToastContext value={show}>
      <OpenLogContext value={handleOpenLog}>
        {children}
        <Snackbar
          open={open}
          autoHideDuration={failed || toast?.undo ? 12_000 : 5_000}
          onClose={(_event, reason) => {
            if (reason !== 'clickaway') setOpen(false);
          }}
          anchorOrigin={{ vertical: 'bottom', horizontal: 'center' }}
        >
          <Alert icon={false} variant="filled" severity={failed ? 'error' : 'info'} onClose={() => setOpen(false)} sx={failed ? {} : { bgcolor: 'text.primary', color: 'background.paper' }}>
            {toast?.text}
            {toast?.undo && (
              <Button
                color="inherit"
                sx={{ ml: 1, my: '-4px', textDecoration: 'underline' }}
                onClick={() => {
                  setOpen(false);
                  toast.undo?.();
                }}
              >
                Undo
              </Button>
            )}
            {toast?.ref !== undefined && toast.ref !== '' && (
              <Box sx={{ display: 'flex', gap: 1, mt: 0.5, ml: -1 }}>
                <ErrorActions key={toast.ref} reference={toast.ref} inherit />
              </Box>
            )}
          </Alert>
        </Snackbar>
      </OpenLogContext>
    </ToastContext>
  );
}
