const words = new Map(Object.entries({
  aws: 'AWS',
  azure: 'Azure',
  csp: 'CSP',
  csv: 'CSV',
  cur: 'CUR',
  cur2: 'CUR 2.0',
  ea: 'EA',
  focus: 'FOCUS',
  gcp: 'Google Cloud',
  json: 'JSON',
  mapped: 'Mapped',
  mca: 'MCA',
  ndjson: 'NDJSON',
  oci: 'OCI',
  parquet: 'Parquet',
  payg: 'pay-as-you-go',
}));

/** "FOCUS 1.2 CSV" for focus-csv 1.2, "AWS CUR legacy Parquet" for aws-cur-legacy-parquet. Only FOCUS files carry a version of their own. */
export function formatFileFormat(format: string, version: string): string {
  return format
    .split(', ')
    .map((one) => {
      const parts = one.split('-').map((word) => words.get(word) ?? word);
      if (one.startsWith('focus-') && version !== '') parts.splice(1, 0, version);
      return parts.join(' ');
    })
    .join(', ');
}

/** What the exports of the sources are called. */
const exports = new Map(Object.entries({
  'aws-cur': 'AWS Cost and Usage Report',
  'azure-export': 'Azure cost details',
  focus: 'FOCUS',
  'gcp-export': 'Google Cloud billing export',
  mapping: 'Mapped table',
  'oci-report': 'OCI cost report',
}));

/** Exports of which there is more than one view. */
const views = new Map(Object.entries({
  'azure-export actual': 'Azure, actual costs',
  'azure-export amortized': 'Azure, amortized costs',
}));

/** Parts that are not in every view of an export. */
const rests = new Map(Object.entries({ commitments: 'commitment purchases and refunds' }));

/** "FOCUS" for focus, "Azure, actual costs: commitment purchases and refunds" for the part actual/commitments of azure-export. */
export function formatExport(name: string, part: string): string {
  const [view = '', rest = ''] = part.split('/');
  const whole = exports.get(name) ?? name.replaceAll('-', ' ');
  const text = view === '' ? whole : (views.get(`${name} ${view}`) ?? `${whole}, ${view}`);
  return rest === '' ? text : `${text}: ${rests.get(rest) ?? rest}`;
}
