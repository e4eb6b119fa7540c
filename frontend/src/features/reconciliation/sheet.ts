/** The look of a printed reconciliation. Paper is white in every theme, so nothing here is of the theme. */

export const sheetId = 'reconciliation-sheet';

/** Sent to the window before it prints: not every web view announces it itself. */
export const drawEvent = 'reconciliation-sheet:draw';

const look = `
.sheet { font: 12px/1.45 "Inter Variable", Inter, system-ui, sans-serif; color: #111; background: #fff; font-variant-numeric: tabular-nums; }
.sheet h1 { font-size: 20px; margin: 0 0 2px; }
.sheet h2 { font-size: 13px; margin: 18px 0 4px; }
.sheet p { margin: 2px 0; }
.sheet .quiet { color: #555; }
.sheet table { width: 100%; border-collapse: collapse; margin-top: 10px; }
.sheet th { text-align: left; font-weight: 500; color: #555; border-bottom: 1px solid #999; }
.sheet th, .sheet td { padding: 4px 6px; vertical-align: top; }
.sheet td { border-bottom: 1px solid #ddd; }
.sheet tr { break-inside: avoid; }
.sheet thead { display: table-header-group; }
.sheet .number { text-align: right; white-space: nowrap; }
.sheet .short { white-space: nowrap; }
.sheet .total td { font-weight: 650; border-top: 1px solid #999; border-bottom: 1px solid #999; }
.sheet .rest td { font-weight: 650; }
.sheet li { margin: 3px 0; }
`;

/** Shows the sheet to the printer alone. */
export const printStyle = `
.sheet { display: none; }
@media print {
  @page { margin: 16mm; }
  html, body { height: auto !important; overflow: visible !important; background: #fff !important; }
  body > *:not(#${sheetId}) { display: none !important; }
  #${sheetId} { display: block; }
  ${look}
}
`;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** The sheet that would be printed as a document of its own. Its texts are escaped by the browser that wrote them. */
export function sheetDocument(title: string): string {
  const sheet = document.getElementById(sheetId);
  const copy = document.createElement('div');
  copy.innerHTML = sheet?.innerHTML ?? '';
  for (const style of copy.querySelectorAll('style')) style.remove();
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escaped(title)}</title>
<style>body { margin: 32px auto; max-width: 900px; padding: 0 16px; }${look}</style>
</head>
<body class="sheet">${copy.innerHTML}</body>
</html>
`;
}
