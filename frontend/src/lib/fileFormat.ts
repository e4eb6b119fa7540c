const words: Record<string, string> = {
  aws: 'AWS',
  azure: 'Azure',
  csp: 'CSP',
  csv: 'CSV',
  cur: 'CUR',
  cur2: 'CUR 2.0',
  ea: 'EA',
  focus: 'FOCUS',
  gcp: 'Google Cloud',
  mca: 'MCA',
  ndjson: 'NDJSON',
  oci: 'OCI',
  parquet: 'Parquet',
  payg: 'pay-as-you-go',
};

/** "FOCUS 1.2 CSV" for focus-csv 1.2, "AWS CUR legacy Parquet" for aws-cur-legacy-parquet. Only FOCUS files carry a version of their own. */
export function formatFileFormat(format: string, version: string): string {
  return format
    .split(', ')
    .map((one) => {
      const told = one.split('-').map((word) => words[word] ?? word);
      if (one.startsWith('focus-') && version !== '') told.splice(1, 0, version);
      return told.join(' ');
    })
    .join(', ');
}
