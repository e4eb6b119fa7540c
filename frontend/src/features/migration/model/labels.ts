import { patternOf } from './rules';

/** What a field is called, and what is said below it. */
type Label = { label: string; helper?: string };

const organization: Record<string, Label> = {
  name: { label: 'Name' },
  company_size: { label: 'Company size', helper: 'Employees' },
  industry: { label: 'Industry' },
  industry_other: { label: 'Which industry' },
  countries: { label: 'Countries', helper: 'The first one is the seat' },
  current_infrastructure: { label: 'Infrastructure today' },
  source_provider: { label: 'Cloud providers today' },
  source_region: { label: 'Region today', helper: 'As the provider names it' },
  current_monthly_cost: { label: 'Monthly cost today, USD', helper: 'Without it there is no payback or net present value' },
  commitments_left: { label: 'Remaining commitments' },
  'commitments_left[].kind': { label: 'What was committed' },
  'commitments_left[].monthly_usd': { label: 'USD a month' },
  'commitments_left[].end_date': { label: 'Ends' },
  team_size: { label: 'People in the team' },
  team_share: { label: 'Their time for the move, %' },
  skill_aws: { label: 'Skill on AWS', helper: '0 none to 5 expert' },
  skill_azure: { label: 'Skill on Azure', helper: '0 none to 5 expert' },
  skill_gcp: { label: 'Skill on Google Cloud', helper: '0 none to 5 expert' },
  labour_rate: { label: 'Labour rate, USD an hour' },
  currency: { label: 'Currency shown', helper: 'All prices are in USD' },
  currency_rate: { label: 'Units per USD' },
  currency_rate_date: { label: 'Date of the rate' },
  vmware: { label: 'VMware estate' },
  hardware_book_value: { label: 'Book value of hardware, USD' },
};

const workloads: Record<string, Label> = {
  name: { label: 'Name' },
  type: { label: 'Type' },
  environment: { label: 'Environment' },
  count: { label: 'Machines' },
  vcpu: { label: 'vCPU', helper: 'Of one machine' },
  memory_gib: { label: 'Memory, GiB', helper: 'Of one machine' },
  cpu_p95: { label: 'CPU p95, %', helper: 'Empty = unknown, sized as it stands' },
  mem_p95: { label: 'Memory p95, %', helper: 'Empty = unknown, sized as it stands' },
  hours_per_month: { label: 'Hours a month' },
  os: { label: 'Operating system' },
  os_licence: { label: 'Licence' },
  arch: { label: 'Architecture' },
  block_gib: { label: 'Block storage, GiB', helper: 'Of one machine' },
  block_type: { label: 'Kind of disk' },
  iops: { label: 'IOPS' },
  mbps: { label: 'Throughput, MB/s' },
  object_gib: { label: 'Object storage, GiB', helper: 'Of all machines' },
  object_class: { label: 'Access class' },
  requests_per_month_k: { label: 'Requests a month, thousands' },
  db_engine: { label: 'Database engine' },
  db_storage_gib: { label: 'Database storage, GiB', helper: 'Of one server' },
  db_ha: { label: 'Highly available' },
  db_licence: { label: 'Database licence' },
  egress_gb_month: { label: 'Internet egress, GB a month', helper: 'Of all machines' },
  eastwest_gb_month: { label: 'Internal traffic, GB a month', helper: 'Of all machines' },
  growth_pct_year: { label: 'Growth a year, %' },
  criticality: { label: 'Criticality', helper: '1 low to 5 high' },
  depends_on: { label: 'Depends on' },
  strategy: { label: 'Strategy' },
  services: { label: 'Services needed', helper: 'Without any, those of the type' },
  data_change_gb_day: { label: 'Data change, GB a day', helper: 'Empty = 2 % of the data' },
  gpu_model: { label: 'GPU model', helper: 'Such as l4 or a100' },
  gpu_count: { label: 'GPUs' },
  source_cpu_family: { label: 'CPU family today', helper: 'Such as aws/m5' },
  end_of_life: { label: 'End of life' },
  saas_name: { label: 'SaaS that could replace it' },
  change_rate: { label: 'Rate of change', helper: '1 rarely to 5 constantly' },
  shared_state: { label: 'State shared between servers' },
  licence_hardware_bound: { label: 'Licence bound to hardware' },
  plant_latency_ms: { label: 'Latency to a plant, ms' },
};

const requirements: Record<string, Label> = {
  candidate_providers: { label: 'Providers to compare' },
  frameworks: { label: 'Compliance frameworks' },
  'frameworks[].name': { label: 'Framework' },
  'frameworks[].level': { label: 'Level' },
  residency: { label: 'Data may be in', helper: 'Country codes, EU, EEA, US-Gov or GCC; empty = anywhere' },
  target_geo: { label: 'Place', helper: 'Empty = the place nearest to the seat' },
  user_locations: { label: 'Where the users are' },
  'user_locations[].country': { label: 'Country' },
  'user_locations[].share': { label: 'Share, %' },
  latency_ms: { label: 'Latency for users, ms' },
  availability: { label: 'Availability, %' },
  rto_minutes: { label: 'Recovery time, minutes' },
  rpo_minutes: { label: 'Recovery point, minutes', helper: 'How much data may be lost' },
  budget_monthly: { label: 'Monthly budget, USD' },
  budget_monthly_kind: { label: 'Monthly budget is' },
  budget_one_off: { label: 'One-off budget, USD' },
  budget_one_off_kind: { label: 'One-off budget is' },
  start_date: { label: 'Start', helper: 'Empty = in 14 days' },
  deadline: { label: 'Deadline' },
  freeze_periods: { label: 'Freeze periods' },
  'freeze_periods[].start': { label: 'From' },
  'freeze_periods[].end': { label: 'To' },
  downtime_window_h: { label: 'Downtime window, hours' },
  preferred_services: { label: 'Preferred services' },
  lock_in_tolerance: { label: 'Tolerance for lock-in' },
  purchase_option: { label: 'Purchase option' },
  sizing: { label: 'Sizing' },
  comfort_factor: { label: 'Comfort factor', helper: 'Empty = that of the sizing' },
  horizon_months: { label: 'Horizon, months' },
  wacc_pct: { label: 'Cost of capital, % a year' },
  leaving_source: { label: 'Leaving the source provider entirely' },
  'weights.cost': { label: 'Cost' },
  'weights.services': { label: 'Services' },
  'weights.compliance': { label: 'Compliance' },
  'weights.performance': { label: 'Performance' },
  weights: { label: 'Weights of the score' },
  allow_burstable: { label: 'Burstable machines allowed' },
  accept_restricted: { label: 'Restricted partitions accepted' },
  support_pct: { label: 'Support, % of the cost' },
  discount_aws_pct: { label: 'Known discount on AWS, %', helper: 'Off list prices, not off licences' },
  discount_azure_pct: { label: 'Known discount on Azure, %', helper: 'Off list prices, not off licences' },
  discount_gcp_pct: { label: 'Known discount on Google Cloud, %', helper: 'Off list prices, not off licences' },
  observability_pct: { label: 'Observability, % of the cost' },
  contingency_pct: { label: 'Contingency, %' },
  training_usd_per_person: { label: 'Training, USD a person' },
  tooling_usd: { label: 'Tools, USD' },
  partner_usd: { label: 'Partners, USD' },
  buffer_pct: { label: 'Time buffer, %' },
};

const sections: Record<string, Record<string, Label>> = { organization, workloads, requirements };

/** What a field is called, by its path; its own name where the table has none. */
export function labelOf(path: string): Label {
  const [section = '', ...rest] = patternOf(path).replace('workloads[]', 'workloads').split('.');
  const name = rest.join('.');
  if (path === 'workloads') return { label: 'Workloads' };
  return sections[section]?.[name] ?? { label: name || section };
}

const words: Record<string, string> = {
  aws: 'AWS',
  azure: 'Azure',
  gcp: 'Google Cloud',
  oci: 'Oracle Cloud',
  ibm: 'IBM Cloud',
  alibaba: 'Alibaba Cloud',
  on_prem: 'On premises',
  prod: 'Production',
  dev: 'Development',
  api: 'API',
  vdi: 'Desktops (VDI)',
  erp: 'ERP',
  ml: 'Machine learning',
  rhel: 'Red Hat Enterprise Linux',
  sles: 'SUSE Linux Enterprise',
  byol: 'Own licence',
  x86_64: 'x86',
  arm64: 'Arm',
  ssd: 'SSD',
  fast_ssd: 'Fast SSD',
  hdd: 'HDD',
  postgresql: 'PostgreSQL',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  sqlserver: 'SQL Server',
  mongodb: 'MongoDB',
  startup: 'Startup, 1–50',
  small: 'Small, 51–250',
  medium: 'Medium, 251–1,000',
  large: 'Large, 1,001–5,000',
  enterprise: 'Enterprise, more than 5,000',
  '1yr': 'One year',
  '3yr': 'Three years',
  flex_1yr: 'One year, flexible',
  flex_3yr: 'Three years, flexible',
  as_is: 'As it stands',
  auto: 'By rule',
  lb_nat_ip: 'Load balancers, NAT and addresses',
  os_surcharges: 'Surcharges of operating systems',
  managed_db: 'Managed databases',
};

/** What price lists are read for, in the order in which it is shown. */
export const priceKinds: Record<string, string> = { machines: 'Machines', disks: 'Block storage', objects: 'Object storage', databases: 'Databases', network: 'Network', licences: 'Licences' };

/** A choice in words. `path` decides where one word means two things. */
export function optionLabel(path: string, value: string): string {
  if (value === 'medium' && !path.endsWith('company_size')) return 'Medium';
  return words[value] ?? value.charAt(0).toUpperCase() + value.slice(1).replaceAll('_', ' ');
}

/** What the Go side says of a field, without the path that begins it: a sentence for the place of the field. */
export function problemText(path: string, message: string): string {
  if (path === 'workloads' && message.endsWith('must have a value')) return 'Add at least one.';
  const text = message.startsWith(`${path} `) ? message.slice(path.length + 1) : message;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}
