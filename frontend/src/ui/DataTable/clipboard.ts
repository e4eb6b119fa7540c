/** Old web views and pages without a secure address offer no clipboard object; a selected text field can still be copied. */
function copyThroughField(text: string): boolean {
  const field = document.createElement('textarea');
  const before = document.activeElement;
  field.value = text;
  field.setAttribute('aria-hidden', 'true');
  field.style.cssText = 'position:fixed;opacity:0;pointer-events:none';
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return copied;
}

/** Puts text on the clipboard; false when the web view refuses. */
export async function writeClipboard(text: string): Promise<boolean> {
  // Absent in pages without a secure address, whatever the type says.
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (clipboard) {
    try {
      await clipboard.writeText(text);
      return true;
    } catch {
      // Refused, for instance because the window has lost the focus: the field below may still be allowed.
    }
  }
  return copyThroughField(text);
}
