import { type ReactNode, useEffect, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';

import { drawEvent, printStyle, sheetId } from '../sheet';

type PrintSheetProps = {
  title: string;
  /** Drawn only while the window prints: for what is long. */
  late?: boolean;
  children: ReactNode;
};

/** A page that only the printer sees: the window goes away and this takes its place. */
export function PrintSheet({ title, late = false, children }: PrintSheetProps) {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    // The browser takes what stands there when the event ends.
    const handleBefore = () => flushSync(() => setPrinting(true));
    const handleAfter = () => setPrinting(false);
    window.addEventListener('beforeprint', handleBefore);
    window.addEventListener(drawEvent, handleBefore);
    window.addEventListener('afterprint', handleAfter);
    return () => {
      window.removeEventListener('beforeprint', handleBefore);
      window.removeEventListener(drawEvent, handleBefore);
      window.removeEventListener('afterprint', handleAfter);
    };
  }, []);
  return createPortal(
    <div id={sheetId} className="sheet" aria-hidden>
      <style>{printStyle}</style>
      <h1>{title}</h1>
      {(printing || !late) && children}
    </div>,
    document.body,
  );
}
