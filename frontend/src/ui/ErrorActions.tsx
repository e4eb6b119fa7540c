import Button from '@mui/material/Button';
import { createContext, use, useState } from 'react';

import { writeClipboard } from './DataTable/clipboard';

/** Shows the log of the program in the file manager; null where the page stands alone. */
export const OpenLogContext = createContext<(() => void) | null>(null);

/** Writes an error of the page itself to the log of the program, and gives the reference that finds it; null where the page stands alone. */
export const LogErrorContext = createContext<((message: string, detail: string) => Promise<string>) | null>(null);

/** What can be done about an error that was logged: copy its reference, and open the log. */
export function ErrorActions({ reference, inherit = false }: { reference: string; inherit?: boolean }) {
  const openLog = use(OpenLogContext);
  const [copied, setCopied] = useState<boolean | null>(null);
  const color = inherit ? 'inherit' : 'primary';
  return (
    <>
      {reference !== '' && (
        <Button color={color} onClick={() => void writeClipboard(reference).then(setCopied)} title={`Reference ${reference}`}>
          {copied === null ? 'Copy reference' : copied ? `Copied ${reference}` : `Reference ${reference}`}
        </Button>
      )}
      {openLog && (
        <Button color={color} onClick={openLog}>
          Open log
        </Button>
      )}
    </>
  );
}
