/** What the exports of the sources are called. */
const exports = new Map(Object.entries({
  'aws-cost-explorer': 'AWS Cost Explorer, daily totals',
  'azure-cost-query': 'Azure Cost Management, daily totals',
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
