const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

/** A country with its ISO 3166 code, such as "Germany (DE)"; what is no such code stays as it is. */
export function countryLabel(code: string): string {
  const name = /^[A-Z]{2}$/.test(code) ? names.of(code) : undefined;
  return name === undefined || name === code ? code : `${name} (${code})`;
}

/** The countries that a text finds by name or code; the one with this code comes first. */
export function findCountries(codes: readonly string[], text: string): string[] {
  const wanted = text.trim().toLowerCase();
  const found = codes.filter((code) => countryLabel(code).toLowerCase().includes(wanted));
  return found.sort((a, b) => Number(b.toLowerCase() === wanted) - Number(a.toLowerCase() === wanted));
}
