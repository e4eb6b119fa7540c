/**
 * Numbers as people type them: "11,500", "11 500.50", "11,5". The Go side reads amounts and has the last word; what is here only
 * spares a person the way there.
 */

/** Whether a text can be an amount that is not negative: digits, what separates them, and a currency beside them. */
export function looksLikeAmount(text: string): boolean {
  return /^[^\d(−-]{0,5}\d[\d.,'’\s]*\D{0,5}$/.test(text.trim());
}

/** A number without what separates its thousands, and with a decimal point; any other text as it is. */
export function plainNumber(text: string): string {
  const number = text.trim().replace(/(?<=\d)[\s'’](?=\d{3}(?!\d))/g, '');
  return /^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(number) ? number.replaceAll(',', '') : number.replace(',', '.');
}
