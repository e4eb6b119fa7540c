/** The name of a file without its folders, on any system. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}

/** Names each of several files, with as many of its folders as distinguish it from the others: "aws/2026-10.csv" beside "gcp/2026-10.csv". */
export function fileNames(paths: string[]): (path: string) => string {
  const partsOf = (path: string) => path.split(/[\\/]/).filter((part) => part !== '');
  const tailOf = (path: string, depth: number) => partsOf(path).slice(-depth).join('/');
  const all = [...new Set(paths)];
  const names = new Map<string, string>();
  for (let depth = 1, left = all; left.length > 0; depth += 1) {
    const same = new Map<string, number>();
    for (const path of left) same.set(tailOf(path, depth), (same.get(tailOf(path, depth)) ?? 0) + 1);
    const settled = (path: string) => same.get(tailOf(path, depth)) === 1 || partsOf(path).length <= depth;
    for (const path of left.filter(settled)) names.set(path, tailOf(path, depth) || path);
    left = left.filter((path) => !settled(path));
  }
  return (path) => names.get(path) ?? fileName(path);
}

/** "export.csv", "export.csv and 3 more". */
export function describeFiles(paths: string[], nameOf: (path: string) => string = fileName): string {
  const [first, ...rest] = paths.map(nameOf);
  if (first === undefined) return 'No file';
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}
