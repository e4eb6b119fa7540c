/** The name of a file without its folders, on any system. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}

/** "export.csv", "export.csv and 3 more". */
export function describeFiles(paths: string[]): string {
  const [first, ...rest] = paths.map(fileName);
  if (first === undefined) return 'No file';
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}
