/** "NR" for "Northwind Retail": what stands on the tile of a workspace. */
export function initialsOf(name: string): string {
  // What stands in parentheses is an addition, and signs are no initials.
  const words = name.replace(/\(.*?\)/g, ' ').match(/[\p{L}\p{N}]+/gu) ?? ['?'];
  const first = [...(words[0] ?? '?')];
  const second = words.length > 1 ? [...(words.at(-1) ?? '')][0] : first[1];
  return `${first[0] ?? ''}${second ?? ''}`.toUpperCase();
}

/** The folder a file lies in. */
export function folderOf(path: string): string {
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return cut > 0 ? path.slice(0, cut) : path;
}
