/**
 * What crosses between the window and the Go side: written by build/bindings from backend/desktop, never by hand.
 * Amounts are exact decimal strings, never numbers; null is "unknown". Days are YYYY-MM-DD, instants are RFC 3339.
 */

/** AccountName is the name of one account. */
export type AccountName = {
  id: string;
  name: string;
};

/** AccountNames are the names of accounts and of billing accounts by their ids. */
export type AccountNames = {
  accounts: AccountName[];
  billingAccounts: AccountName[];
};

/** AddedDocumentInfo is what became of a file: one of Name, Already, Note and Problem says it. */
export type AddedDocumentInfo = {
  path: string;
  /** of the document that was added */
  name: string;
  /** of its kind */
  title: string;
  /** of it */
  entries: number;
  /** the document that is the same file */
  already: string;
  /** why it is no document of its own */
  note: string;
  problem: string;
};

/** AdvisedInfo is a recommendation of the provider beside a finding, and the document that says it. Monthly is null where it names no amount. */
export type AdvisedInfo = {
  document: string;
  kind: string;
  day: string;
  said: string;
  monthly: string | null;
  currency: string;
  /** why it is not what the finding says */
  difference: string;
};

/** AlertInfo is an alert that was raised. */
export type AlertInfo = {
  id: number;
  /** of the threshold or the rule */
  kind: string;
  /** its name then; "" = a rule raised it */
  budget: string;
  /** its name then; "" = a budget raised it */
  rule: string;
  /** of the budget or the rule */
  version: number;
  /** of a budget */
  period: string;
  /** of a rule: the id of the anomaly, of the finding … */
  about: string;
  /** the charge day */
  crossedAt: string;
  /** when it was raised */
  seenAt: string;
  message: string;
  /** channels */
  sentTo: string[];
  readBy: string;
  /** of a threshold; "" = a rule raised it */
  percent: string;
};

/** AlertRuleDraft is an alert rule as a person wants to keep it. What its kind does not have is empty. */
export type AlertRuleDraft = {
  name: string;
  kind: AlertRuleKind;
  amount: string;
  currency: string;
  days: number;
  /** name of a scope; "" = all charges */
  scope: string;
  on: boolean;
};

/** AlertRuleInfo is an alert rule of the workspace. */
export type AlertRuleInfo = {
  name: string;
  kind: AlertRuleKind;
  amount: string;
  currency: string;
  days: number;
  /** name of a scope; "" = all charges */
  scope: string;
  on: boolean;
  version: number;
  changedAt: string;
  changedBy: string;
  /** why it cannot be evaluated; "" = it can */
  problem: string;
};

/** AlertRuleKind says what an alert rule watches. */
export type AlertRuleKind =
  /** an anomaly whose impact is so much */
  | 'anomaly'
  /** a data set whose newest day is older than so many days */
  | 'late'
  /** a commitment that ends within so many days */
  | 'expiring'
  /** a finding that is done and whose saving is lost again */
  | 'regressed';

/** AnomaliesInfo is what was found in the usage of the whole ledger. */
export type AnomaliesInfo = {
  /** the last day that is complete; "" = there is nothing to judge */
  asOf: string;
  /** of what no scope says otherwise */
  sensitivity: string;
  /** the newest first */
  anomalies: AnomalyInfo[];
  notes: string[];
  /** something has changed since; a job looks again */
  stale: boolean;
};

/** AnomalyDayInfo is a day of the course of an anomaly. Expected, Low and High are null where nothing is known of them. */
export type AnomalyDayInfo = {
  day: string;
  cost: string;
  expected: string | null;
  low: string | null;
  high: string | null;
};

/** AnomalyInfo is usage that cost something else than expected. Amounts are decimals. */
export type AnomalyInfo = {
  id: string;
  kind: AnomalyKind;
  currency: string;
  firstDay: string;
  lastDay: string;
  expected: string;
  actual: string;
  impact: string;
  /** what a month more of it would add */
  monthOn: string;
  state: AnomalyState;
  /** of a person */
  note: string;
  /** the rule that mutes it; "" = none */
  mutedBy: string;
  /** of what a person said of it; 0 = nothing */
  version: number;
  changedBy: string;
  changedAt: string;
  cause: CauseInfo;
  /** where it is, from the provider to the region */
  node: NodeLevel[];
  /** virtual dimensions and tags that most of its impact has */
  tags: NodeLevel[];
  /** its charges, on any day */
  where: Filter;
};

/** Kind says what an anomaly looks like. */
export type AnomalyKind =
  /** some days */
  | 'spike'
  /** seven days or more */
  | 'shift'
  /** below half of what was expected, or gone */
  | 'drop'
  /** grows by degrees, so that no single day explains it */
  | 'drift';

/** State says what is known of an anomaly. */
export type AnomalyState =
  | 'open'
  /** the same happened a year before */
  | 'expected'
  /** only a newer version of a bill shows it */
  | 'restated'
  /** a person says that it has been dealt with */
  | 'resolved'
  /** a rule of a person hides it */
  | 'muted';

/** Answer holds the rows and, for each currency, the totals over all rows, also those beyond the limit. */
export type Answer = {
  rows: AnswerRow[];
  /** one a currency, over all rows, also those beyond the limit */
  totals: AnswerRow[];
  groups: number;
};

/** AnswerRow is one group in one currency. */
export type AnswerRow = {
  keys: (string | null)[];
  time: string;
  currency: string;
  lines: number;
  amounts: (string | null)[];
};

/** AppInfo says what the program is and where it runs. */
export type AppInfo = {
  version: string;
  /** OfferDemo is true where nothing was ever opened or made. */
  offerDemo: boolean;
  platform: string;
};

/** AssessmentChanges is how one result differs from another. */
export type AssessmentChanges = {
  before: MadeInfo;
  after: MadeInfo;
  lines: MigrationLineChange[];
};

/** AssessmentDraft is an assessment with everything that the form needs. */
export type AssessmentDraft = {
  name: string;
  version: number;
  step: string;
  /** JSON with the fields of the table of rules; it may have wrong ones */
  profile: string;
  wrong: FieldProblem[];
  /** null = a person wrote it */
  origin: MigrationDraft | null;
  changedAt: string;
  changedBy: string;
};

/** AssessmentInfo is an assessment of the workspace as the list shows it. */
export type AssessmentInfo = {
  name: string;
  version: number;
  /** of the form, where the person was; "" = the first one */
  step: string;
  workloads: number;
  /** how many fields are wrong today */
  wrong: number;
  changedAt: string;
  changedBy: string;
  /** null = it was not assessed yet */
  made: MadeInfo | null;
  outdated: boolean;
  /** the providers of the newest result, in its order */
  standing: StandingEntry[];
};

/** AssessmentResult is what an assessment came to the last time. */
export type AssessmentResult = {
  name: string;
  /** of the assessment, for changes of its tasks */
  version: number;
  made: MadeInfo;
  /** the profile or the price tables changed since */
  outdated: boolean;
  result: MigrationResult;
  tasks: TaskInfo[];
  origin: MigrationDraft | null;
  /** all that can be compared, the newest first */
  results: MadeInfo[];
};

/** AssessmentReview is what stands in the way of an assessment, and what is not known, before it is made. */
export type AssessmentReview = {
  warnings: string[];
  gaps: MigrationGap[];
  providers: ReviewProvider[];
  priceBook: string;
  oldestAsOf: string;
  tables: PriceTable[];
  /** lines that no total would have */
  unpriced: MigrationNotCounted[];
};

/** BacktestInfo is a commitment chosen from the earlier usage, and what it did in the weeks after that. */
export type BacktestInfo = {
  /** of these weeks */
  heldOutHours: number;
  hourlyCommitment: string;
  result: PointInfo;
  /** as only hindsight knows it */
  best: PointInfo;
};

/** BaseSpan is a span of days to compare a period with. */
export type BaseSpan = {
  base: SpendBase;
  from: string;
  to: string;
};

/** BillChange is what all bills of a billing month come to in a currency. */
export type BillChange = {
  month: string;
  currency: string;
  before: string;
  after: string;
  change: string;
  /** the change as a part of what it was, six digits; "" = there was nothing */
  relative: string;
};

/** BillFilter says which bills are meant: those of a month (YYYY-MM), provider and billing account, however an export spells them, that an import brought something of. Null leaves a part open; "" is a name, too. */
export type BillFilter = {
  month: string | null;
  provider: string | null;
  account: string | null;
  importId: number | null;
};

/** BillInfo is a bill of the workspace: provider, billing account and month. It crosses to the window and to --json as it is. */
export type BillInfo = {
  provider: string;
  billingAccount: string;
  month: string;
  /** of the versions that count */
  lines: number;
  /** of the versions that count; without daily detail, of their month */
  lastDay: string;
  /** of the versions that count */
  totals: IngestTotal[];
  /** export that a person chose, "" = none, "*" = all, "=" = the charges under this account */
  sourceOfRecord: string;
  /** the bill under another account with the same charges, which count there; null = none */
  countedUnder: IngestBill | null;
  /** newest first */
  versions: BillVersion[];
};

/** BillVersion is what one import brought of a bill from one export. */
export type BillVersion = {
  importId: number;
  /** RFC 3339 */
  importedAt: string;
  user: string;
  /** name of the source that read it: "focus", "aws-cur" */
  export: string;
  /** part of the bill, "" = the whole: "actual", "amortized" */
  part: string;
  /** of the files */
  formats: string[];
  /** as people call them */
  formatNames: string[];
  files: string[];
  state: VersionState;
  /** the state in words */
  stateTitle: string;
  /** import whose newer state took its place; null = none */
  replacedBy: number | null;
  lines: number;
  firstDay: string;
  lastDay: string;
  totals: IngestTotal[];
};

/** BroughtIn is what was last brought in of a month of an export. */
export type BroughtIn = {
  dataSet: string;
  /** YYYY-MM; "" = the place does not distinguish months */
  month: string;
  files: number;
  bytes: number;
  /** 0 = every file was known */
  importId: number;
  syncedAt: string;
};

/** BudgetAlert is an alert that was raised for a period. */
export type BudgetAlert = {
  threshold: BudgetThreshold;
  crossedAt: string;
  seenAt: string;
  sentTo: string[];
};

/** BudgetAmount is what may be spent in a period, a decimal. */
export type BudgetAmount = {
  period: string;
  amount: string;
};

/** BudgetDay is what a period came to from its first day up to a day; null where a figure says nothing of it. */
export type BudgetDay = {
  day: string;
  actual: string | null;
  pace: string | null;
  forecast: string | null;
  low80: string | null;
  high80: string | null;
};

/** BudgetDetailInfo is a budget in one period, day by day, and what moved it. */
export type BudgetDetailInfo = {
  standing: BudgetStanding;
  days: BudgetDay[];
  /** none where there was nothing before the period to compare with */
  drivers: BudgetDrivers[];
  raised: BudgetAlert[];
};

/** BudgetDraft is a budget as a person wants to keep it. */
export type BudgetDraft = {
  name: string;
  /** the name that it had; "" = the same, or it is new */
  was: string;
  /** name of a scope; "" = Where says it */
  scope: string;
  where: Filter;
  metric: string;
  currency: string;
  firstMonth: number;
  weeks: boolean;
  amounts: BudgetAmount[];
  thresholds: BudgetThreshold[];
  rollOver: boolean;
  parent: string;
  reason: string;
};

/** BudgetDriver is one value of a column, or the others together. */
export type BudgetDriver = {
  /** null = charges without one */
  value: string | null;
  values: number;
  actual: string;
  /** its part of the pace */
  expected: string;
  variance: string;
};

/** BudgetDrivers says which values of a column moved the actual away from the pace; the variances add up to that of the standing. */
export type BudgetDrivers = {
  /** a FOCUS column */
  by: string;
  rows: BudgetDriver[];
  /** all other values; null = there are none */
  rest: BudgetDriver | null;
};

/** BudgetFill says how the amounts of the parts of a period are made. */
export type BudgetFill = {
  by: FillBy;
  each: Each;
  /** what is taken apart: a year or a quarter */
  period: string;
  /** the amount of each, a total, or percent more than last year */
  value: string;
};

/** BudgetImport is what came of importing budgets. */
export type BudgetImport = {
  imported: number;
  /** nothing was imported */
  problems: RowProblem[];
  /** budgets that there are already; nothing was imported */
  taken: string[];
};

/** BudgetInfo is a budget in one version. */
export type BudgetInfo = {
  name: string;
  version: number;
  metric: string;
  currency: string;
  amounts: BudgetAmount[];
  rollOver: boolean;
  /** that it is a part of; "" = none */
  parent: string;
  changedAt: string;
  changedBy: string;
  reason: string;
  /** why it cannot be used; "" = it can */
  problem: string;
  /** its name; "" = Where says it */
  scope: string;
  /** the charges that count, also those of the scope */
  where: Filter;
  /** the filter where there is no scope; "" = all charges */
  text: string;
  /** of fiscal years, 1 to 12 */
  firstMonth: number;
  /** fiscal years of 4, 4 and 5 weeks */
  weeks: boolean;
  thresholds: BudgetThreshold[];
};

/** Kind says what a threshold is of. */
export type BudgetKind =
  /** what was spent, of the amount */
  | 'actual'
  /** what the period will come to, of the amount */
  | 'forecast'
  /** what was spent, of what was to be spent until now */
  | 'pace'
  /** what was spent, as an amount */
  | 'absolute'
  /** the day on which the amount will be spent, at most so many days ahead */
  | 'breach';

/** BudgetParts compares an amount with those of the budgets that are parts of it. */
export type BudgetParts = {
  names: string[];
  sum: string;
  /** the amount less the sum */
  difference: string;
  /** what the parts have spent; charges that count for two of them count twice */
  actual: string;
};

/** BudgetStanding says how a budget stands in one period. Shares are parts of 1; "" where there is nothing to be a share of. */
export type BudgetStanding = {
  period: string;
  from: string;
  to: string;
  /** the last day that counts */
  asOf: string;
  current: boolean;
  amount: string;
  /** part of the amount that comes from the period before */
  rollOver: string;
  actual: string;
  /** the actual as a share of the amount */
  spent: string;
  /** the amount less the actual */
  left: string;
  /** what was to be spent until the as-of day; null = the period lies ahead */
  paceExpected: string | null;
  forecast: string | null;
  low80: string | null;
  high80: string | null;
  /** the actual less the pace */
  variance: string | null;
  /** the variance as a share of the pace */
  relative: string;
  /** the forecast less the amount */
  landing: string | null;
  /** the landing as a share of the amount */
  missed: string;
  /** the day on which the amount is spent, or will be; null = none */
  breachDay: string | null;
  state: BudgetState;
  /** null = no budget is a part of it in this period */
  children: BudgetParts | null;
  notes: string[];
  budget: BudgetInfo;
  /** Reached are the thresholds that are reached with what counts now, and Alerts how many were raised. */
  reached: ReachedThreshold[];
  alerts: number;
  /** cost by day, the last one is the as-of day */
  recent: string[];
};

/** State says in one word how a period stands. */
export type BudgetState =
  /** the amount is spent */
  | 'over'
  /** it will be, says the forecast */
  | 'at-risk'
  /** more was spent than the pace */
  | 'ahead'
  /** none of these */
  | 'on-track'
  /** it lies ahead */
  | 'not-started'
  /** there are no charges of the scope */
  | 'no-data';

/** BudgetThreshold says when an alert is raised. Percent is an amount for the kind absolute, and a number of days for breach. */
export type BudgetThreshold = {
  kind: BudgetKind;
  percent: string;
};

/** BudgetsInfo is how the budgets stand. */
export type BudgetsInfo = {
  /** one for each budget, by name */
  standings: BudgetStanding[];
  /** sentences: budgets that cannot be calculated */
  problems: string[];
  /** those budgets */
  broken: BudgetInfo[];
  /** Providers are the budgets that the providers keep, as connections read them last; they are shown and never counted. */
  providers: ProviderBudgetInfo[];
};

/** CauseInfo takes the impact of an anomaly apart: Price and Volume add up to it. */
export type CauseInfo = {
  /** unit prices */
  price: string;
  /** units, and what is new or gone */
  volume: string;
  /** resources, then SKUs, that had no cost before */
  new: string[];
};

/** ChangeInfo says that a topic of the open workspace changed: ledger, jobs, dimensions, scopes, mappings, invoices, savings, budgets, alerts, connections, migrations or workspaces. */
export type ChangeInfo = {
  topic: Topic;
  version: number;
};

/** ChannelDraft is a channel as a person wants to add it. Fields that its kind does not have are empty. */
export type ChannelDraft = {
  name: string;
  kind: NotifyKind;
  url: string;
  host: string;
  /** 0 = the usual one */
  port: number;
  tls: NotifyTLS;
  user: string;
  from: string;
  to: string[];
  hours: ChannelHours;
};

/** ChannelHours say when a channel sends: times of day, HH:MM, of the computer that sends; "" = none. */
export type ChannelHours = {
  digest: string;
  quietFrom: string;
  quietTo: string;
};

/** ChannelInfo is a place that alerts are sent to, without its secret. */
export type ChannelInfo = {
  name: string;
  kind: NotifyKind;
  /** HH:MM, of the computer that sends; "" = each alert as it is raised */
  digest: string;
  quietFrom: string;
  quietTo: string;
  version: number;
  addedAt: string;
  addedBy: string;
  /** as far as it is no secret */
  where: string;
};

/** Code is a machine-readable kind of error. The faces (window, command line) branch on it; they never look at messages. */
export type Code =
  /** the input is wrong and the message says how */
  | 'invalid'
  /** the thing named does not exist */
  | 'not_found'
  /** it contradicts what is already held; a person must decide */
  | 'conflict'
  /** a provider or the operating system refused access */
  | 'denied'
  /** a resource cannot be used now: disk full, locked, network down */
  | 'unavailable'
  /** a provider asked to slow down */
  | 'throttled'
  /** a person or the shutdown ended it */
  | 'cancelled'
  /** recognised, but not something this version can do */
  | 'unsupported'
  /** stored data contradicts itself */
  | 'corrupt'
  /** a fault of the program */
  | 'internal';

/** ColumnFact is what the numbers of a column of some lines come to, costs by currency. */
export type ColumnFact = {
  column: string;
  /** "" = not a cost, or the lines name none */
  currency: string;
  /** lines with a number */
  count: number;
  sum: string;
};

/** ColumnKind says what a column of the ledger holds. */
export type ColumnKind =
  | 'text'
  | 'decimal'
  | 'time'
  | 'json';

/** ColumnState is a column of the ledger. */
export type ColumnState = {
  name: string;
  focus: boolean;
  kind: ColumnKind;
};

/** EndKind says how the end of a commitment is known. */
export type CommitmentEndKind =
  | ''
  /** the bill has the day */
  | 'stated'
  /** from its start, or its first charge, and its term */
  | 'counted'
  /** it ran when the data began, so it ends at the latest on this day */
  | 'latest';

/** CommitmentInfo is how a commitment stands over the last 30 days that are settled. Amounts are decimals, of a month where no other time is named; null where the bill does not say. */
export type CommitmentInfo = {
  id: string;
  name: string;
  type: string;
  provider: string;
  billingAccount: string;
  currency: string;
  ended: boolean;
  termMonths: number | null;
  /** "" = not known */
  payment: CommitmentPayment;
  /** "" = not known */
  start: string;
  /** its last day; "" = not known */
  expires: string;
  expiryKnown: CommitmentEndKind;
  /** null where the last day is not certain */
  daysLeft: number | null;
  /** of its charges */
  firstDay: string;
  lastDay: string;
  /** the days that were looked at; "" = none */
  from: string;
  to: string;
  /** of these, those on which it had charges */
  days: number;
  hourlyCost: string | null;
  monthlyUsed: string | null;
  monthlyUnused: string | null;
  /** 1 = all is used */
  utilisation: string | null;
  /** below it, it costs more than it saves */
  breakEvenUtilisation: string | null;
  /** its usage without it */
  monthlyOnDemand: string | null;
  monthlyNetSaving: string | null;
  monthlyCostOfLapse: string | null;
  /** part of its usage has no price without it */
  onDemandUnknown: boolean;
  /** null where nothing was lost */
  sharing: SharingInfo | null;
  /** its charge lines */
  where: Filter;
};

/** CommitmentMonth is how well the usage of a provider was covered in a month. */
export type CommitmentMonth = {
  provider: string;
  month: string;
  currency: string;
  coverage: string | null;
  effectiveSavingsRate: string | null;
  listUnknownShare: string | null;
};

/** Payment is what of a commitment is paid at its start. */
export type CommitmentPayment =
  | ''
  | 'none'
  | 'partial'
  | 'all';

/** CommitmentPoint is a point of the curve. Savings are of a month. */
export type CommitmentPoint = {
  hourlyCommitment: string;
  /** below 0 where it costs more than it saves */
  expectedMonthlySaving: string;
  utilisation: string | null;
  coverage: string | null;
  /** saving at 90, 80 and 70 % of the usage */
  downside: string[];
  /** saving over the last four weeks */
  heldOut: string | null;
};

/** CommitmentTotal adds up the commitments of one currency that run, for a month. */
export type CommitmentTotal = {
  currency: string;
  running: number;
  /** of these, how many have an amount that is not known and not in the sums */
  unknown: number;
  used: string;
  unused: string;
  utilisation: string | null;
  netSaving: string;
  costOfLapse: string;
  sharingLoss: string;
};

/** CommitmentUse is how a commitment was used in a month. */
export type CommitmentUse = {
  id: string;
  name: string;
  type: string;
  provider: string;
  month: string;
  currency: string;
  used: string | null;
  unused: string | null;
  utilisation: string | null;
  /** its usage at list prices */
  coveredList: string | null;
  /** at effective cost */
  coveredEffective: string | null;
};

/** CommitmentsInfo is how commitments are used and what they cover. */
export type CommitmentsInfo = {
  /** those that run first */
  commitments: CommitmentInfo[];
  /** by currency */
  totals: CommitmentTotal[];
  /** by provider and month */
  uses: CommitmentUse[];
  /** by provider and month */
  months: CommitmentMonth[];
  /** by pool and month */
  pools: PoolMonthInfo[];
};

/** Condition is about the value that a charge has in one column. */
export type Condition = {
  /** a dimension, a FOCUS column, a provider column (x_…), or Tags/KEY */
  column: string;
  /** "" means OpIn */
  op: Op;
  /** any of them; nil element = no value */
  values: (string | null)[];
};

/** Conflict holds what is stored now and what the person meant to store; null = it was deleted. */
export type Conflict = {
  have: ConflictSide | null;
  want: ConflictSide | null;
};

/** ConflictSide is one of two values in words, with who changed it when. */
export type ConflictSide = {
  text: string;
  version: number;
  changedAt: string;
  changedBy: string;
};

/** ConnectionDraft is a connection as a person wants to keep it. An empty value takes one away; secrets that are left out stay as they are, an empty one is removed. */
export type ConnectionDraft = {
  name: string;
  kind: string;
  /** first month to bring in, YYYY-MM; "" = all */
  from: string;
  values: OptionValue[];
  newSecrets: OptionValue[];
};

/** ConnectionInfo is a place that bills come from by themselves, without its secrets. */
export type ConnectionInfo = {
  id: string;
  name: string;
  kind: string;
  /** of the kind */
  label: string;
  /** first month that is brought in, YYYY-MM; "" = all that the place has */
  from: string;
  values: OptionValue[];
  /** the options that the keychain has */
  secrets: string[];
  /** labels of those that it lacks on this computer */
  missingSecrets: string[];
  /** why it cannot be used now; "" = it can */
  problem: string;
  version: number;
  changedAt: string;
  changedBy: string;
  months: BroughtIn[];
  /** when the names of accounts were read last; "" = never */
  namedAt: string;
  /** what was read last beside bills */
  extras: ReadExtra[];
  /** null = it was never synced */
  lastRun: SyncRunInfo | null;
  standing: SyncStandingInfo;
};

/** ConnectorInfo is a kind of place that bills come from by themselves. */
export type ConnectorInfo = {
  name: string;
  label: string;
  options: ConnectorOption[];
  /** Policies says that something has to be allowed for connections of this kind. */
  policies: boolean;
};

/** ConnectorOption is something that a connector must know. */
export type ConnectorOption = {
  name: string;
  label: string;
  help: string;
  example: string;
  required: boolean;
  /** it goes into the keychain, and never comes back */
  secret: boolean;
  /** it is the path of a folder on this computer */
  folder: boolean;
  /** it is "on" or "off"; "" = off */
  switch: boolean;
  /** it is about what is read beside bills */
  beside: boolean;
  /** few need it */
  rare: boolean;
  /** one sentence on what the provider charges for it; "" = nothing */
  charge: string;
};

/** CurrencyChange is a change of amounts in a currency. */
export type CurrencyChange = {
  currency: string;
  change: string;
};

/** CurrencyState says what there is in a currency; Code "" = the file names none. */
export type CurrencyState = {
  code: string;
  lines: number;
  firstDay: string;
  lastDay: string;
  presets: PresetPeriod[];
};

/** DayChange is what two days in a row cost. */
export type DayChange = {
  day: string;
  currency: string;
  amount: string;
  /** of the day before */
  before: string;
  change: string;
  /** see BillChange */
  relative: string;
  /** the day is so recent that the provider may add to it */
  partial: boolean;
};

/** DayCost is what something cost on a day. */
export type DayCost = {
  day: string;
  cost: string;
};

/** DaySpan is a span of days, both ends included. */
export type DaySpan = {
  from: string;
  to: string;
};

/** DealInfo is what the best commitment costs over its term. Months are 0 where they never come within it. */
export type DealInfo = {
  upfront: string;
  monthly: string;
  total: string;
  breakEvenMonth: number;
  paybackMonth: number;
};

/** Decision is what a person decided about a finding. */
export type Decision =
  | 'open'
  | 'accepted'
  | 'planned'
  | 'done'
  | 'dismissed';

/** DeliveryInfo is an alert on its way to a channel. */
export type DeliveryInfo = {
  /** id */
  alert: number;
  channel: string;
  state: StoreDeliveryState;
  attempts: number;
  /** when it is tried again, or until when it is held back */
  nextAt: string;
  changedAt: string;
  /** "" = none */
  error: string;
};

/** Dimension is a virtual dimension: the first rule that catches a charge gives its value. Default is the value of charges that no rule catches; null = none. */
export type Dimension = {
  name: string;
  description: string;
  rules: DimensionRule[];
  default: string | null;
};

/** DimensionInfo describes a kept dimension. */
export type DimensionInfo = {
  name: string;
  description: string;
  /** how many */
  rules: number;
  /** value of charges that no rule catches; null = none */
  default: string | null;
  version: number;
  changedAt: string;
  changedBy: string;
  /** why it cannot be used; "" = it can */
  problem: string;
  /** the scopes whose filters use it */
  usedBy: string[];
};

/** DimensionPreview says what the rules of a dimension catch and what is left over. */
export type DimensionPreview = {
  rules: RulePreview[];
  left: LinesAndCost;
  largest: ValueCost[];
  total: LinesAndCost;
  missing: string[];
};

/** DimensionRule is a filter and the value of the charges that it catches: a text or, where From is not null, taken from a column. */
export type DimensionRule = {
  where: Filter;
  value: string;
  from: ValueFrom | null;
};

/** DiscountInfo is a discount of the price book. */
export type DiscountInfo = {
  percent: string;
  kind: string;
  family: string;
  source: string;
  asOf: string;
};

/** DocumentInfo is a document of the workspace. */
export type DocumentInfo = {
  name: string;
  kind: string;
  /** of the kind */
  title: string;
  provider: string;
  accounts: string[];
  regions: string[];
  day: string;
  /** false = the day is that of the file */
  dated: boolean;
  entries: number;
  /** false = what it does not list may be there */
  whole: boolean;
  bytes: number;
  hash: string;
  /** a sync fetched it, and puts a newer one in its place */
  fetched: boolean;
  version: number;
  changedAt: string;
  changedBy: string;
};

/** DocumentKindInfo is a kind of documents, for whoever asks a client for one. */
export type DocumentKindInfo = {
  kind: string;
  provider: string;
  title: string;
  contains: string;
  decides: string;
  /** commands that read only */
  script: string;
};

/** DocumentPackInfo is the script that makes all documents of a provider. */
export type DocumentPackInfo = {
  provider: string;
  /** that it is saved as */
  file: string;
  script: string;
  kinds: DocumentKindInfo[];
};

/** Each says into what a period is taken apart. */
export type Each =
  | 'month'
  | 'quarter'
  | 'year';

/** EstimateInfo is an estimate for the faces. */
export type EstimateInfo = {
  metric: string;
  currency: string;
  days: EstimatedDayInfo[];
  sets: EstimatedSetInfo[];
};

/** EstimatedDayInfo is what is missing of a day. */
export type EstimatedDayInfo = {
  day: string;
  amount: string;
  low80: string;
  high80: string;
};

/** EstimatedSetInfo is what is missing of what a provider exports of a billing account. Error is what forecasts of single days were off by in the past, as a share of their cost with four decimals; "" where that is not known. */
export type EstimatedSetInfo = {
  provider: string;
  account: string;
  from: string;
  to: string;
  amount: string;
  /** why there is no estimate; "" = there is */
  refused: string;
  error: string;
};

/** EvidenceInfo proves a finding, and says what its rule knows. */
export type EvidenceInfo = {
  detects: string;
  restsOn: string;
  refutedBy: string;
  console: string;
  cli: string;
  terraform: string;
  reversibility: string;
  sources: string[];
  formula: string;
  /** from the charge lines to the net saving */
  steps: SavingsStep[];
};

/** Failure is what the page gets of an error. Ref finds it in the log; "" where the message says it all. */
export type Failure = {
  code: Code;
  message: string;
  ref: string;
  /** null = it is none between two values */
  conflict: Conflict | null;
};

/** FieldProblem is a field that breaks a rule. */
export type FieldProblem = {
  /** such as workloads[2].vcpu, counted from 0 */
  path: string;
  rule: string;
  message: string;
};

/** FigureInput is what a person typed. ID and version are those of the amounts that they changed; both 0 = there were none. */
export type FigureInput = {
  id: number;
  version: number;
  key: ReconcileInvoiceKey;
  total: string;
  tax: string;
  credits: string;
  marketplace: string;
  other: string;
  note: string;
};

/** FigureOutcome says what became of one of many amounts that were to be saved. */
export type FigureOutcome = {
  key: ReconcileInvoiceKey;
  /** why it was not saved, "" = it was */
  problem: string;
};

/** FigureRow is a line of a file of invoice amounts. The input is ready to be saved; its amounts have a decimal point. Where the line cannot be saved its total is as the file writes it. */
export type FigureRow = {
  line: number;
  provider: string;
  billingAccount: string;
  month: string;
  /** "" = the whole bill of the month */
  invoiceId: string;
  currency: string;
  /** as the file writes it where the line cannot be saved */
  total: string;
  /** what is stored of the invoice; null = nothing */
  totalBefore: string | null;
  state: FigureState;
  /** why it cannot be saved */
  problem: string;
  input: FigureInput;
};

/** FigureState says what saving a row of a file of invoice amounts does. */
export type FigureState =
  | 'new'
  /** it is stored so already */
  | 'unchanged'
  /** other amounts are stored */
  | 'replaces'
  /** it cannot be saved */
  | 'refused';

/** FiguresPreview is what a file of invoice amounts says, before any of it is saved. */
export type FiguresPreview = {
  /** its name without the folder */
  file: string;
  decimal: ReconcileDecimal;
  /** lines without any amount, such as those of a template that nobody filled in */
  leftOut: number;
  rows: FigureRow[];
};

/** FileAnswer is what a person wants done with the overlaps of one file. */
export type FileAnswer = {
  file: string;
  answer: IngestOverlap;
};

/** FileColumn is a column of a billing file. */
export type FileColumn = {
  name: string;
  raw: string;
  focus: boolean;
};

/** FileStatus says what an import would do with a file. */
export type FileStatus =
  | 'new'
  /** the workspace has it already */
  | 'known'
  /** another file of the preview has the same content */
  | 'same'
  /** it cannot be read to its end */
  | 'damaged';

/** FileWarning is what was odd in a file that was read, in a sentence. */
export type FileWarning = {
  file: string;
  text: string;
};

/** FillBy is a way to make amounts. */
export type FillBy =
  | 'same'
  | 'even'
  | 'days'
  /** by what each month cost a year before */
  | 'last-year'
  /** what each month cost a year before, and so many percent more */
  | 'percent';

/** Filter says which charges are meant: a tree of all, any and not over conditions. The zero Filter matches every charge. Its JSON is stable: pages, rules and scopes keep it (docs/filters.md). Package filter reads and prints it as text. */
export type Filter = {
  /** "" means FilterAll */
  kind: FilterKind;
  /** of all and any; the one of not */
  parts?: Filter[];
  /** of a condition */
  condition?: Condition | null;
};

/** FilterKind says what a node of a Filter is. */
export type FilterKind =
  | 'all'
  | 'any'
  | 'not'
  | 'condition';

/** FilterProblem is what is wrong with a text that is no filter. The place is in UTF-16 code units, as the page counts them. */
export type FilterProblem = {
  message: string;
  offset: number;
  length: number;
  /** what to write in that place instead; "" = nothing is near */
  suggestion: string;
};

/** FindingInfo is something that the client could stop paying for. Amounts are of a month; null where they are not known. */
export type FindingInfo = {
  id: string;
  rule: string;
  ruleVersion: number;
  title: string;
  /** B, BP with prices beside the bill, I or M with a document of the client, or B~ where nothing decides */
  class: string;
  /** of class B~: the amounts are an upper bound */
  candidate: boolean;
  confidence: string;
  /** what was decided, else how it was found */
  state: SavingsState;
  /** only open ones are in the totals */
  found: FindingState;
  /** open where nobody decided anything */
  decision: Decision;
  /** below a thousandth of what a month costs */
  small: boolean;
  stage: string;
  effort: string;
  provider: string;
  billingAccount: string;
  subAccount: string;
  region: string;
  service: string;
  resourceId: string;
  /** that the resource belongs to; "" = unknown */
  team: string;
  currency: string;
  monthlyGross: string | null;
  /** stays on the bill, since a commitment pays for it */
  monthlyAbsorbed: string | null;
  /** another finding has it */
  monthlyOverlap: string | null;
  monthlyNet: string | null;
  /** net saving × confidence ÷ effort; null = it has no rank */
  score: string | null;
  lookbackDays: number;
  lines: number;
  firstDay: string;
  lastDay: string;
  /** its charge lines */
  where: Filter;
  /** that it rests on beside its charge lines */
  prices: SavingsPrice[];
  /** what documents of the client say; "" = nothing */
  why: string;
  /** that say it */
  documents: ReferenceInfo[];
  /** what the provider itself recommends for the resource */
  providerSays: AdvisedInfo[];
  /** null = nobody decided anything */
  progress: ProgressInfo | null;
  /** what the evidence shows and what follows */
  sentence: string;
};

/** FindingState says how a finding was found; only open ones are in the totals. */
export type FindingState =
  | 'open'
  /** saves less than 1.00 a month */
  | 'belowFloor'
  /** its lines have no effective cost */
  | 'unpriceable'
  /** the bill shows what to look at, not what it saves */
  | 'review'
  /** a document of the client says that it is none */
  | 'refuted'
  /** another check has the resource */
  | 'superseded';

/** FindingVersion names a finding and the version of what was decided about it that the person saw: 0 = nothing was, -1 = whatever there is. */
export type FindingVersion = {
  id: string;
  seen: number;
};

/** FocusExport is a file that was written; path "" when the person cancelled. */
export type FocusExport = {
  path: string;
  lines: number;
  gaps: FocusGap[];
};

/** FocusFormat is the encoding of a FOCUS file. */
export type FocusFormat =
  | 'focus-csv'
  | 'focus-parquet';

/** FocusGap is a column that lacks values the specification wants. */
export type FocusGap = {
  column: string;
  reason: FocusoutReason;
  lines: number;
};

/** FocusOptions say what FOCUS file to write. */
export type FocusOptions = {
  format: FocusFormat;
  version: FocusVersion;
};

/** FocusVersion is the version of FOCUS that a file follows; "" leaves the charges as they were imported. */
export type FocusVersion =
  | ''
  | '1.0'
  | '1.2';

/** Reason says why lines lack a value. */
export type FocusoutReason =
  /** ReasonUnknown: the specification asks for a value on every line, and the bill has none. */
  | 'unknown'
  /** ReasonUnreadable: the bill has a value that is not one of the column's type or not one that the specification lists. */
  | 'unreadable';

/** ForecastBacktest says what the method was off in the past, as shares of the cost; null where nothing could be tested. */
export type ForecastBacktest = {
  wape: string | null;
  bias: string | null;
  daily: string | null;
  /** by month end, the oldest first */
  tests: ForecastedInfo[];
};

/** ForecastEffectInfo is a planned change, or the end of a commitment, in a forecast. */
export type ForecastEffectInfo = {
  name: string;
  /** of a planned change; "" = the end of a commitment */
  kind: string;
  firstDay: string;
  /** over all days of the forecast */
  total: string;
};

/** ForecastInfo is what a cost will come to. Amounts are decimals. */
export type ForecastInfo = {
  metric: string;
  currency: string;
  /** the last day that is complete */
  asOf: string;
  /** why there is no forecast; "" = there is */
  refused: string;
  /** from the one that is running, or the next, on */
  months: ForecastMonthInfo[];
  /** planned changes and ends of commitments that are in it */
  effects: ForecastEffectInfo[];
  /** those that count most first */
  models: ForecastModel[];
  backtest: ForecastBacktest;
  /** months that were over on the as-of day, the oldest first */
  past: ForecastPast[];
  notes: string[];
};

/** ForecastModel is how much a model counts in the mix; all shares add up to 1. */
export type ForecastModel = {
  model: string;
  share: string;
};

/** ForecastMonthInfo is what a month comes to. */
export type ForecastMonthInfo = {
  month: string;
  actual: string | null;
  /** fees to come */
  fixed: string;
  /** usage to come */
  varying: string;
  /** what known ends of commitments change */
  ends: string;
  /** what planned changes do */
  planned: string;
  forecast: string;
  low80: string;
  high80: string;
  low95: string;
  high95: string;
};

/** ForecastPast is what a month came to. */
export type ForecastPast = {
  month: string;
  actual: string;
  /** the history has all its days */
  whole: boolean;
};

/** ForecastQuestion asks what a cost will come to. */
export type ForecastQuestion = {
  metric: string;
  /** "" = the only one of the charges */
  currency: string;
  where: Filter;
  /** after the one that is running, at most 24 */
  months: number;
};

/** ForecastedInfo is a forecast of whole months from one month end of the past. */
export type ForecastedInfo = {
  asOf: string;
  months: number;
  actual: string;
  forecast: string;
  wape: string;
};

/** Found is a value of the ledger that has a searched text in it. */
export type Found = {
  /** what it is of: ServiceName, Account, BillingAccount, InvoiceId, ResourceId */
  column: string;
  value: string;
  /** of an account; "" = none */
  name: string;
  lines: number;
  /** most charges first */
  currencies: string[];
};

/** FrozenInfo is a forecast that was kept, beside what came. */
export type FrozenInfo = {
  name: string;
  metric: string;
  currency: string;
  scope: string;
  /** the filter as text; "" = all charges */
  where: string;
  asOf: string;
  /** the last complete day of now */
  complete: string;
  months: FrozenMonthInfo[];
  changedAt: string;
  changedBy: string;
  /** why what came is not known; "" = it is */
  problem: string;
};

/** FrozenMonthInfo is a month as it was forecast. Actual is null where nothing can have arrived yet; Complete says that the month is over. */
export type FrozenMonthInfo = {
  month: string;
  forecast: string;
  low80: string;
  high80: string;
  actual: string | null;
  complete: boolean;
};

/** GeoInfo is a place and its country. */
export type GeoInfo = {
  id: string;
  name: string;
  country: string;
};

/** Grain is the time step of an answer. */
export type Grain =
  | ''
  | 'hour'
  | 'day'
  /** of ISO 8601, from Monday on */
  | 'week'
  | 'month'
  | 'quarter'
  | 'year'
  | 'fiscal-quarter'
  | 'fiscal-year'
  /** of a series alone: a day, or a month where the period is long */
  | 'usual';

/** HistoryTotal is what could be saved in a month in one currency, as it was found for one state of the ledger. */
export type HistoryTotal = {
  currency: string;
  monthlyCost: string;
  net: string;
  candidates: string;
  /** that make Net */
  findings: number;
  /** measured of what is done */
  realised: string;
};

/** HostInfo is what was exchanged with one host for one purpose. */
export type HostInfo = {
  host: string;
  purpose: string;
  calls: number;
  /** bytes of bodies */
  sent: number;
  received: number;
  first: string;
  last: string;
};

/** ImportInfo describes an import that was made. */
export type ImportInfo = {
  importId: number;
  state: ImportState;
  startedAt: string;
  finishedAt: string;
  durationMs: number;
  user: string;
  lines: number;
  rejects: number;
  /** months */
  periods: string[];
  files: ImportedFile[];
  totals: IngestTotal[];
  /** imports of which it replaced bills */
  replaces: number[];
  /** of its files, as people know it */
  format: string;
  providers: string[];
  standing: ImportStanding;
};

/** ImportOptions of an import. */
export type ImportOptions = {
  strict: boolean;
  /** Answers say what to do with files that overlap. Of others it is asked. */
  answers: FileAnswer[];
  /** Look stops an import that replaces a bill before it does, and shows what it would change. */
  look: boolean;
};

/** ImportOutcome is what became of an import, or what one of a preview would do. */
export type ImportOutcome = {
  lines: number;
  rejects: number;
  replaced: IngestReplacement[];
  added: IngestAddition[];
  notCounted: IngestNotCounted[];
  /** bills that come from another export or view too, and count once */
  sameBill: IngestSameBill[];
  /** what the newer export changes in the bills that it replaces */
  changes: IngestChange[];
  /** files that overlap, of an import that waits for an answer for each, and of an outlook */
  conflicts: IngestConflict[];
  /** files that turned out to be damaged; nothing of them counts */
  leftOut: SkippedFile[];
  /** of the lines of the files, by currency, also where they do not count */
  costs: IngestMoney[];
  imports: number[];
  known: string[];
  /** the import replaces bills, and waits until that is confirmed */
  needsReview: boolean;
  warnings: FileWarning[];
};

/** ImportPlan is what an import would read. */
export type ImportPlan = {
  id: string;
  files: PlannedFile[];
  skipped: SkippedFile[];
  /** the files were read to their end, so that Outlook can tell what an import would do */
  examined: boolean;
};

/** ImportStanding says what became of the lines of an import. */
export type ImportStanding = {
  counted: number;
  /** newer imports took the place of them */
  replaced: number;
  /** those imports */
  replacedBy: number[];
  /** another export or view of their bill is used */
  notCounted: number;
  /** of files that were taken back */
  undone: number;
};

/** ImportState says how much of what an import brought counts. */
export type ImportState =
  /** all of its bills count */
  | 'active'
  /** some of its bills count: others were replaced, or undone with their file */
  | 'partly_superseded'
  /** newer exports took the place of all of its bills */
  | 'superseded'
  /** other exports of its bills are used */
  | 'excluded'
  /** taken back */
  | 'undone';

/** ImportedFile is a file of an import. */
export type ImportedFile = {
  id: number;
  file: string;
  format: string;
  version: string;
  sha256: string;
  bytes: number;
  lines: number;
  rejects: number;
  undone: boolean;
  warnings: string[];
};

/** Addition is a bill to which another part was added. */
export type IngestAddition = {
  provider: string;
  billingAccount: string;
  month: string;
  file: string;
};

/** Bill names a bill: the unit that is replaced whole. */
export type IngestBill = {
  provider: string;
  billingAccount: string;
  month: string;
};

/** BillSource is what one export, or one view of it, holds of a bill. */
export type IngestBillSource = {
  /** name of the source */
  export: string;
  /** part of the bill, "" for the whole: "actual", "amortized" */
  part: string;
  files: string[];
  lines: number;
  firstDay: string;
  lastDay: string;
  totals: IngestTotal[];
};

/** Change is what a newer version of a bill changes. A charge is the same charge in both versions when its identity is (see identifier); charges of one identity are added before they are compared. */
export type IngestChange = {
  provider: string;
  billingAccount: string;
  month: string;
  /** the older version as a whole */
  before: IngestLinesChange;
  /** charges that only the newer version has */
  new: IngestLinesChange;
  /** charges that only the older version has */
  gone: IngestLinesChange;
  /** lines now of charges whose cost or number changed; the difference of their costs */
  changed: IngestLinesChange;
  /** the newer version as a whole */
  now: IngestLinesChange;
  /** Late are the new charges of days before the last day of the older version: usage that was reported late. */
  late: IngestLinesChange;
  creditsBefore: IngestLinesChange;
  creditsNow: IngestLinesChange;
  unchangedLines: number;
  /** those that changed most first */
  services: IngestGroupChange[];
  subAccounts: IngestGroupChange[];
};

/** Conflict is a bill that is held already and that a file neither plainly replaces nor plainly completes. A person decides. */
export type IngestConflict = {
  provider: string;
  billingAccount: string;
  month: string;
  file: string;
  existingFile: string;
  /** the existing file is in this import too */
  within: boolean;
  reason: string;
  /** that may be right: no other is to be offered */
  answers: IngestOverlap[];
  /** what the file has of the bill */
  new: IngestSide;
  /** what the existing file has of it */
  existing: IngestSide;
  /** by currency, of the file against the existing one */
  difference: IngestMoney[];
};

/** GroupChange is what one service or account cost before and now, in one currency. */
export type IngestGroupChange = {
  /** "" where the lines name none */
  name: string;
  currency: string;
  billedBefore: string;
  billedNow: string;
  effectiveBefore: string;
  effectiveNow: string;
};

/** LinesChange counts charge lines and what they cost. */
export type IngestLinesChange = {
  lines: number;
  /** by currency */
  costs: IngestMoney[];
};

/** Money is a pair of costs in one currency. */
export type IngestMoney = {
  /** "" where the file names none */
  currency: string;
  billed: string;
  effective: string;
};

/** NotCounted is a file of which a bill does not count: the workspace has a later state of its charges, or another file of the import lists the same ones. */
export type IngestNotCounted = {
  provider: string;
  billingAccount: string;
  month: string;
  file: string;
  lines: number;
  existingFile: string;
  /** the existing file is in this import too */
  within: boolean;
};

/** Overlap says what to do when a file holds a bill that the ledger has already and that it does not plainly replace. */
export type IngestOverlap =
  | 'ask'
  | 'replace'
  | 'add'
  /** the file is left out; as an answer for one file only */
  | 'leave';

/** Replacement is a bill of which a newer export takes the place: of all its days, or of those that the export has, too. */
export type IngestReplacement = {
  provider: string;
  billingAccount: string;
  month: string;
  /** that take its place */
  files: string[];
  /** what is replaced of the bill */
  before: IngestSide;
  /** what the files have of it */
  now: IngestSide;
  /** by currency, of what is now against what was before */
  difference: IngestMoney[];
};

/** SameBill is a bill that is held from two exports, or in two views of one: the costs of one count, the other is excluded. */
export type IngestSameBill = {
  provider: string;
  billingAccount: string;
  month: string;
  counted: IngestBillSource;
  excluded: IngestBillSource;
};

/** Side is what one of two files has of a bill: what a person compares before deciding which to use. */
export type IngestSide = {
  lines: number;
  /** charge day YYYY-MM-DD; "" without lines */
  firstDay: string;
  lastDay: string;
  /** by currency */
  costs: IngestMoney[];
};

/** Total is the exact sum of one cost column in one currency and billing month. Beside the four metrics of FOCUS a provider may have measures of its own. */
export type IngestTotal = {
  currency: string;
  month: string;
  /** one of FOCUS, or a measure of the provider's own */
  metric: string;
  amount: string;
};

/** JobInfo describes a job at one moment. */
export type JobInfo = {
  id: string;
  kind: JobKind;
  title: string;
  state: JobState;
  attempts: number;
  done: number;
  total: number;
  lines: number;
  message: string;
  user: string;
  startedAt: string;
  /** "" while it runs */
  endedAt: string;
  /** null until it has ended */
  outcome: JobOutcome | null;
  unit: JobUnit;
  linesPerSecond: number;
  secondsLeft: number | null;
  error: Failure | null;
  /** of an import of this run of the program */
  result: ImportOutcome | null;
  /** in the history of the workspace */
  kept: boolean;
  pauses: boolean;
  /** it can be run once more: an export with ExportAgain, others with Again */
  again: boolean;
  /** that an import reads */
  paths: string[];
  /** of a test or sync that waits for a person to sign in */
  prompt: SignInPrompt | null;
  /** id of the one that a sync brings in; "" = it is none */
  connection: string;
};

/** JobKind says what a job does. */
export type JobKind =
  | 'import'
  | 'preview'
  /** of files that are previewed, to their end */
  | 'examine'
  | 'demo'
  | 'export'
  | 'verify'
  | 'passport'
  /** of the bills of a connection */
  | 'sync'
  /** of savings, after something changed */
  | 'findings'
  /** after something changed */
  | 'anomalies'
  /** of a migration */
  | 'assess'
  /** of the quantities of earlier imports */
  | 'pack'
  /** of a connection */
  | 'test';

/** JobOutcome is what a job came to; what does not apply is 0 or "". */
export type JobOutcome = {
  files: number;
  lines: number;
  rejects: number;
  importId: number;
  path: string;
  note: string;
  /** NeedsAction says that the note asks something of a person, such as which of two exports to use. */
  needsAction: boolean;
};

/** State is where a job is in its life. */
export type JobState =
  | 'running'
  | 'paused'
  /** for an answer of a person */
  | 'waiting'
  /** its process ended before it had finished */
  | 'interrupted'
  | 'done'
  | 'failed'
  | 'cancelled';

/** JobUnit says what the progress of a job counts. */
export type JobUnit =
  | 'bytes'
  | 'lines'
  | 'files';

/** LadderDownside is what both save when usage falls to a part after three months. */
export type LadderDownside = {
  usagePercent: number;
  termSaving: string;
  blockTermSaving: string;
};

/** LadderInfo is the best commitment bought in parts, beside all at once. Savings are of the term. */
export type LadderInfo = {
  rungs: RungInfo[];
  termSaving: string;
  blockTermSaving: string;
  downside: LadderDownside[];
};

/** LedgerState describes what the ledger holds. */
export type LedgerState = {
  lines: number;
  /** "" = there are no charges */
  firstDay: string;
  /** of any charge */
  lastDay: string;
  /** the last day that is covered; a fee of next month may lie behind it */
  newestDay: string;
  providers: ProviderState[];
  months: MonthState[];
  metrics: MetricState[];
  /** largest first */
  currencies: CurrencyState[];
  columns: ColumnState[];
  /** the built-in dimensions that have values: Provider, Account, BillingAccount */
  dimensions: string[];
};

/** LinesAndCost are charges and what they cost; an amount that is not known is null. */
export type LinesAndCost = {
  lines: number;
  amount: string | null;
};

/** LinesPage is a page of charge lines. The totals hold billed, effective, list and contracted cost, in this order. */
export type LinesPage = {
  total: number;
  totals: AnswerRow[];
  columns: string[];
  rows: ((string | null)[])[];
};

/** LinesQuestion asks for charge lines. */
export type LinesQuestion = {
  where: Filter;
  from: string;
  to: string;
  currency: string;
  columns: string[];
  sortBy: string;
  sortDesc: boolean;
  search: string;
  offset: number;
  limit: number;
};

/** ListName names a list of the workspace that leaves as a table. */
export type ListName =
  | 'alert rules'
  | 'alerts'
  | 'assessments'
  | 'budgets'
  | 'channels'
  | 'connections'
  | 'deliveries'
  | 'dimensions'
  | 'documents'
  | 'frozen forecasts'
  | 'hosts'
  | 'imports'
  | 'jobs'
  | 'mappings'
  | 'mute rules'
  | 'planned changes'
  | 'provider budgets'
  | 'rule packs'
  | 'savings rules'
  | 'scopes'
  | 'syncs';

/** MadeInfo says when an assessment was made, and with what. */
export type MadeInfo = {
  /** rises with each result */
  id: number;
  /** of the profile */
  version: number;
  asOf: string;
  madeAt: string;
  madeBy: string;
  priceBook: string;
  tooClose: boolean;
  /** why no provider is recommended */
  reason?: string;
  /** of the plan */
  end: string;
};

/** Dates says how to read dates whose order of day and month a person must know. */
export type MappedfileDates =
  /** only dates that can be read in one way: 2026-10-03, 3 Oct 2026 */
  | ''
  /** 03/10/2026 is 3 October */
  | 'day-first'
  /** 10/03/2026 is 3 October */
  | 'month-first'
  /** seconds or milliseconds since 1970 */
  | 'unix';

/** Decimal says which sign separates the decimals of a number. */
export type MappedfileDecimal =
  /** only numbers that can be read in one way: 1234.5, 1.234,56; not 1.234 */
  | ''
  /** 1,234.56 */
  | 'point'
  /** 1.234,56 */
  | 'comma';

/** Effective says what EffectiveCost is where no column is chosen for it. */
export type MappedfileEffective =
  /** the same as BilledCost */
  | ''
  /** no value */
  | 'unknown';

/** Sign says what the sign of the costs means. */
export type MappedfileSign =
  /** charges are positive, credits negative */
  | ''
  /** charges are negative, as in the books of a bank account */
  | 'reversed';

/** Mapping says how the columns of a table become those of FOCUS. */
export type Mapping = {
  name: string;
  header: string[];
  columns: MappingColumn[];
  tags: MappingTag[];
  dates: MappedfileDates;
  decimal: MappedfileDecimal;
  sign: MappedfileSign;
  effectiveCost: MappedfileEffective;
};

/** MappingColumn is a column of FOCUS and where it comes from: a column of the table, or a text that is the same for every line. */
export type MappingColumn = {
  focus: string;
  column: string;
  text: string;
};

/** MappingInfo is a mapping of the workspace in a list. */
export type MappingInfo = {
  name: string;
  version: number;
  changedAt: string;
  /** how many */
  columns: number;
  provider: string;
  problem: string;
};

/** MappingMatch is the reason for a choice of a suggestion. */
export type MappingMatch = {
  focus: string;
  confidence: number;
  reason: string;
  others: string[];
};

/** MappingQuestion is what a person must look at: the order of "dates", the "decimal" sign, a column of FOCUS, or the table as a whole. */
export type MappingQuestion = {
  about: string;
  text: string;
};

/** MappingRefusal is why a column of the table cannot be a column of FOCUS, in a sentence. */
export type MappingRefusal = {
  focus: string;
  reason: string;
};

/** MappingReject is a line that a mapping cannot read. */
export type MappingReject = {
  line: number;
  reason: string;
  text: string;
};

/** MappingTable is a table with its first lines and the mapping that is suggested for it. */
export type MappingTable = {
  path: string;
  dialect: string;
  names: string[];
  rows: ((string | null)[])[];
  mapping: Mapping;
  matches: MappingMatch[];
  questions: MappingQuestion[];
  /** what the suggestion still needs, in sentences */
  missing: string[];
  seemsToBe: string;
  /** why the table needs no new mapping; "" where nothing reads it yet */
  readBy: string;
  targets: MappingTarget[];
  /** of a saved mapping that is edited; 0 = it is new */
  version: number;
};

/** MappingTag is a column of the table that holds the value of one tag. */
export type MappingTag = {
  key: string;
  column: string;
};

/** MappingTarget is a column of FOCUS that can be mapped. */
export type MappingTarget = {
  name: string;
  kind: ColumnKind;
  values: string[];
};

/** MappingTotal is the exact sum of a cost column in one currency. */
export type MappingTotal = {
  currency: string;
  metric: string;
  amount: string;
};

/** MappingTrial is what a mapping makes of the beginning of a table. */
export type MappingTrial = {
  missing: string[];
  columns: FileColumn[];
  rows: ((string | null)[])[];
  lines: number;
  left: number;
  more: boolean;
  rejects: MappingReject[];
  totals: MappingTotal[];
  /** what the lines that cannot be read are billed, as far as that can be read */
  leftCosts: MappingTotal[];
  /** lines of which it cannot */
  leftUnknown: number;
  /** choices that the values of the table contradict */
  refused: MappingRefusal[];
};

/** MarkTotal is what can still be saved a month in one currency. */
export type MarkTotal = {
  currency: string;
  net: string;
  findings: number;
};

/** MeasurementInfo is what the bills say about a finding that is done. Amounts are of a month; null where they are not known. */
export type MeasurementInfo = {
  outcome: Outcome;
  reason: string;
  before: string | null;
  after: string | null;
  saved: string | null;
  savedOfLate: string | null;
  daysBefore: number;
  daysAfter: number;
  /** of the days after */
  firstDay: string;
  lastDay: string;
};

/** MetricState says whether any line has a value of the metric. */
export type MetricState = {
  metric: string;
  known: boolean;
};

/** Bar is how far the net present value moves with one assumption. */
export type MigrationBar = {
  assumption: string;
  low: string;
  high: string;
  /** with the low assumption */
  npvLow: string;
  npvHigh: string;
};

/** Basis is what the profile asked for, as far as the figures cannot be read without it. */
export type MigrationBasis = {
  weights: MigrationWeights;
  purchaseOption: string;
  horizonMonths: number;
  waccPct: string;
};

/** Components are USD a month by component. */
export type MigrationComponents = {
  total: string;
  compute: string;
  licences: string;
  block: string;
  object: string;
  database: string;
  network: string;
  support: string;
};

/** Confidence says how much of what was asked is known. */
export type MigrationConfidence = {
  /** 1 to 5 */
  stars: number;
  share: number;
};

/** Contribution is what something adds to a part of the score; the points of a part sum to it. */
export type MigrationContribution = {
  part: string;
  label: string;
  value: string;
  /** within the part */
  weight: number;
  points: number;
  source: string;
  asOf: string;
};

/** CurrencyTotal is the cost of the month in one currency, mapped or not. */
export type MigrationCurrencyTotal = {
  currency: string;
  cost: string;
};

/** Draft is a profile that was made of a ledger. */
export type MigrationDraft = {
  /** the newest of Months */
  month: string;
  /** of which the lines are, in order of the providers; none in a profile from before there were several */
  months?: MigrationProviderMonth[];
  /** providers whose last complete month is too old to say what is there now, or that have none */
  leftOut?: MigrationProviderMonth[];
  lines: MigrationLedgerLine[];
  /** the most expensive first */
  unmapped: MigrationUnmapped[];
  providers: string[];
  /** of the region with the highest cost; "" = not known */
  country: string;
  totals: MigrationCurrencyTotal[];
};

/** MigrationForm is what the form of an assessment can be filled with. */
export type MigrationForm = {
  rules: MigrationRule[];
  countries: string[];
  geos: GeoInfo[];
  /** with prices */
  regions: RegionInfo[];
  services: ServiceInfo[];
  frameworks: string[];
  suggestions: MigrationSuggestion[];
  templates: TemplateInfo[];
  today: string;
};

/** MigrationFormat says how an assessment is written to a file. */
export type MigrationFormat =
  | 'csv'
  | 'xlsx'
  /** the plan, as XML of Microsoft Project */
  | 'project'
  /** the plan, as an iCalendar file */
  | 'calendar';

/** Gap is a point that was asked for and is not known everywhere. */
export type MigrationGap = {
  point: string;
  /** of how many lines; 1 for the organisation */
  asked: number;
  missing: number;
  /** of the confidence that is lost by it */
  share: number;
};

/** Gate is a reason why a provider is out of the question. */
export type MigrationGate = {
  /** residency, framework, service, budget_monthly or budget_one_off */
  code: string;
  subject: string;
  message: string;
};

/** Kind is the JSON type of a field and how its value is written. */
export type MigrationKind =
  | 'text'
  | 'choice'
  /** a whole number */
  | 'whole'
  /** a decimal number */
  | 'number'
  | 'bool'
  | 'date'
  | 'country'
  /** a list of texts */
  | 'texts'
  /** a list of choices, each once */
  | 'choices'
  /** a list of countries, each once */
  | 'countries'
  /** a list of objects, whose fields have rules of their own */
  | 'objects'
  | 'object'
  /** an object of service keys with must, should or nice */
  | 'levels'
  /** a place of the region map, or an object of provider and region */
  | 'geo';

/** LedgerLine says where a line comes from. */
export type MigrationLedgerLine = {
  name: string;
  resources: number;
  costs: MigrationCurrencyTotal[];
  /** 1 = the same machine, 0.7 = with storage or traffic that was spread over lines, 0.5 = the average of a pool */
  confidence: number;
  /** zero = that of the draft */
  month?: string;
  /** how the machines of a pool were counted; "" = each resource is a machine */
  note: string;
};

/** Lever is something that makes the plan shorter. */
export type MigrationLever = {
  lever: string;
  /** that it saves */
  weeks: number;
};

/** Line is a workload on a provider. */
export type MigrationLine = {
  name: string;
  /** type or class; null = nothing fits, or it does not move */
  target: string | null;
  monthly: string | null;
  components: MigrationComponents | null;
  reason: string;
  runnerUp: string | null;
  unpriced: string[];
  counted: boolean;
  strategy: string;
  prices?: MigrationPriceFrom[];
};

/** LineChange is how a line on a provider differs between two results. A nil amount is not known, or the line or provider is not in that result. */
export type MigrationLineChange = {
  provider: string;
  name: string;
  targetBefore: string | null;
  targetAfter: string | null;
  monthlyBefore: string | null;
  monthlyAfter: string | null;
};

/** Link says that one line depends on another. Results of older versions have none. */
export type MigrationLink = {
  /** needs the other */
  from: string;
  to: string;
};

/** Month is a month of the cash flow, from the start of the plan; USD. */
export type MigrationMonth = {
  /** 0 is the first */
  month: number;
  /** nil where the cost of today is unknown, as for the next ones */
  current: string | null;
  source: string | null;
  saving: string | null;
  cumulative: string | null;
  target: string;
  oneOff: string;
};

/** NotCounted is a line that takes no part in the totals. */
export type MigrationNotCounted = {
  name: string;
  reason: string;
};

/** OneOff is what the move costs once, in USD. */
export type MigrationOneOff = {
  labour: string;
  dataOut: string;
  training: string;
  tooling: string;
  partner: string;
  dualRun: string;
  stranded: string;
  contingency: string;
  total: string;
  note?: string;
};

/** Outcome is what a provider comes to under other assumptions. */
export type MigrationOutcome = {
  provider: string;
  /** at the purchase option */
  monthly: string;
  oneOff: string;
  /** nil where the cost of today is unknown */
  npv: string | null;
  paybackMonth: number | null;
  score: number;
};

/** MigrationPart is a table of what an assessment came to. */
export type MigrationPart =
  /** a row for each workload on each provider */
  | 'workloads'
  /** a row for each provider: score, cost by component and term, one-off cost, return */
  | 'providers'
  /** a row for each month on each provider */
  | 'cash-flow'
  /** a row for each contribution to the score of a provider */
  | 'scores'
  /** a row for each assumption: how far it moves the net present value on a provider */
  | 'ranges'
  /** a row for each phase of the plan */
  | 'tasks'
  /** a row for each provider: in what share of the weightings it is first */
  | 'weights'
  /** a row for each other assumption and provider: its score */
  | 'scenarios'
  /** a row for each workload that is in no total */
  | 'omitted'
  /** a row for each price table: its oldest figure that was used */
  | 'prices';

/** Phase is a part of the plan. End is the day by which it is done. */
export type MigrationPhase = {
  name: string;
  /** assess, mobilise, pilot, wave or optimise */
  kind: string;
  start: string;
  end: string;
  /** with the buffer */
  weeks: number;
  hours: number;
  lines: string[];
  gate: string;
  /** what makes a wave go back */
  rollback: string[];
  /** the phase that it waits for */
  after: string | null;
  /** it waits for half of that phase only */
  overlaps: boolean;
};

/** Plan is how the move goes: the same for all providers. */
export type MigrationPlan = {
  start: string;
  end: string;
  /** the month, from 0, in which the last line has moved */
  monthsToMove: number;
  phases: MigrationPhase[];
  /** names of phases */
  criticalPath: string[];
  /** lines that depend on each other */
  groups: string[][];
  links?: MigrationLink[];
  risks: MigrationRisk[];
  /** where the deadline is missed */
  levers: MigrationLever[];
  weeksAfterDeadline: number;
};

/** PriceBook says which figures were used. */
export type MigrationPriceBook = {
  version: string;
  /** YYYY-MM-DD; "" = no figure was used */
  oldestAsOf: string;
  /** the oldest figure used of each table */
  tables: Record<string, string>;
};

/** PriceFrom says where the oldest price of a component of a line is from. A component that costs nothing has none. */
export type MigrationPriceFrom = {
  component: string;
  /** of the price book */
  source: string;
  /** YYYY, YYYY-MM or YYYY-MM-DD */
  asOf: string;
};

/** Provider is what the estate costs on one provider, and how well it fits. */
export type MigrationProvider = {
  provider: string;
  eligible: boolean;
  gates: MigrationGate[];
  region: string | null;
  regionReason: string;
  /** known discount, percent, which is taken off in all amounts but licences; nil = none */
  discountPct?: string | null;
  /** at the purchase option */
  monthly: MigrationComponents | null;
  terms: MigrationTermTotals | null;
  /** likely */
  oneOff: string | null;
  oneOffParts: MigrationOneOff | null;
  oneOffLow: string | null;
  oneOffHigh: string | null;
  npv: string | null;
  /** 1 = the saving is twice the one-off cost */
  roi: string | null;
  paybackMonth: number | null;
  /** run and one-off, discounted */
  horizonCost: string | null;
  score: MigrationScore | null;
  contributions: MigrationContribution[];
  confidence: MigrationConfidence;
  cashFlow: MigrationMonth[];
  tornado: MigrationBar[];
  workloads: MigrationLine[];
};

/** ProviderMonth is a month of the charges of a provider. */
export type MigrationProviderMonth = {
  /** as finops names it */
  provider: string;
  /** zero = none */
  month?: string;
};

/** Recommendation is the first of the ranking. */
export type MigrationRecommendation = {
  /** null = none can be recommended */
  provider: string | null;
  tooClose: boolean;
  /** why there is none */
  reason?: string;
};

/** Result is an assessment. Its JSON is what the command line prints. */
export type MigrationResult = {
  basis: MigrationBasis;
  priceBook: MigrationPriceBook;
  /** eligible ones by score, then the others */
  providers: MigrationProvider[];
  recommendation: MigrationRecommendation;
  sensitivity: MigrationSensitivity;
  plan: MigrationPlan;
  notCounted: MigrationNotCounted[];
  unmapped: MigrationUnmapped[];
  /** what the figures leave out */
  notes: string[];
  /** what should be looked at */
  warnings: string[];
};

/** Risk is something a rule found. */
export type MigrationRisk = {
  code: string;
  message: string;
  lines: string[];
};

/** Rule is what a field may be. One table of rules serves the command line, the window and the imports. */
export type MigrationRule = {
  /** such as workloads[].vcpu */
  path: string;
  kind: MigrationKind;
  /** the least number, length or count */
  min?: string;
  max?: string;
  /** Min itself is not allowed */
  above?: boolean;
  /** of a Number; 0 = two */
  decimals?: number;
  options?: string[];
  default?: string;
  required?: boolean;
  /** null is allowed and means unknown or none */
  empty?: boolean;
};

/** Scenario is the ranking under one other assumption. */
export type MigrationScenario = {
  /** egress, labour or priceBasis */
  assumption: string;
  change: string;
  winner: string;
  scores: MigrationScenarioScore[];
};

/** ScenarioScore is the score of a provider in a scenario. */
export type MigrationScenarioScore = {
  provider: string;
  total: number;
};

/** Score is 0 to 100, each part with one decimal. */
export type MigrationScore = {
  total: number;
  cost: number;
  services: number;
  compliance: number;
  performance: number;
};

/** Sensitivity says how far the answer depends on what was assumed. */
export type MigrationSensitivity = {
  /** Weights: the share of the weightings that each provider with a score wins; performance keeps its weight, the other three share the rest in steps of a tenth. Ties are split. */
  weights: MigrationWeightShare[];
  /** Weightings is how many there are. */
  weightings: number;
  changes: MigrationScenario[];
};

/** Suggestion says which frameworks an organisation of an industry and a country is usually asked for. They are offered and never set. */
export type MigrationSuggestion = {
  industry: string;
  /** any of them; none = everywhere */
  countries: string[];
  frameworks: string[];
};

/** TermTotals are USD a month, all components, with virtual machines on each term. */
export type MigrationTermTotals = {
  onDemand: string;
  oneYear: string;
  threeYear: string;
  flexOneYear: string;
  flexThreeYear: string;
};

/** Unmapped is money of the ledger that became no line. */
export type MigrationUnmapped = {
  service: string;
  reason: string;
  monthly: string;
  currency: string;
  /** zero = that of the draft */
  month?: string;
};

/** WeightShare is a share of the weightings. */
export type MigrationWeightShare = {
  provider: string;
  share: number;
};

/** Weights are the weights of the parts of the score, in percent. */
export type MigrationWeights = {
  cost: number;
  services: number;
  compliance: number;
  performance: number;
};

/** MonthState says how complete a month of charges is. */
export type MonthState = {
  month: string;
  complete: boolean;
  lastDay: string;
  missingDays: number;
};

/** MuteRuleInfo is a rule that mutes anomalies. */
export type MuteRuleInfo = {
  rule: MuteRuleInput;
  version: number;
  changedAt: string;
  changedBy: string;
};

/** MuteRuleInput is what a person says of a rule that mutes anomalies. */
export type MuteRuleInput = {
  name: string;
  /** "" = any */
  kind: AnomalyKind | '';
  note: string;
  /** a level that is not among them may have any value */
  keys: NodeLevel[];
};

/** NetworkSettings say how the network is reached for the workspace, and when that happens unasked. */
export type NetworkSettings = {
  /** every call is refused */
  offline: boolean;
  /** "" = as the environment says */
  proxy: string;
  /** "" = the certificates of the system only */
  caFile: string;
  /** AtOpening says that this window syncs all connections when the workspace is opened and when the computer wakes. */
  atOpening: boolean;
  /** 0 = nothing was set */
  version: number;
};

/** NodeLevel is a level of where an anomaly is; Value is null where the charges have none. */
export type NodeLevel = {
  column: string;
  value: string | null;
};

/** Kind says how a channel sends. */
export type NotifyKind =
  | 'smtp'
  | 'slack'
  | 'teams'
  | 'json'
  /** Desktop shows a notification of the system, on the computer that sends. */
  | 'desktop';

/** TLS says how a mail is kept from others on its way. */
export type NotifyTLS =
  /** the connection becomes private before anything is sent */
  | 'starttls'
  /** from its first byte on */
  | 'tls';

/** Op is the operator of a condition. */
export type Op =
  /** exactly the value; nil = no value */
  | 'in'
  /** none of the values */
  | 'not_in'
  /** has the text in it, ignoring case */
  | 'contains'
  /** ignoring case */
  | 'starts_with'
  /** ignoring case */
  | 'ends_with'
  /** a regular expression (RE2) matches anywhere in it */
  | 'matches'
  /** than the number or day */
  | 'less'
  | 'at_most'
  | 'greater'
  | 'at_least';

/** OptimumInfo is the commitment that saves most, and the utilisation below which one costs more than it saves. */
export type OptimumInfo = {
  hourlyCommitment: string;
  /** below 0 where it costs more than it saves */
  expectedMonthlySaving: string;
  utilisation: string | null;
  coverage: string | null;
  breakEvenUtilisation: string | null;
};

/** OptionInfo is what the best commitment of some terms would do; Optimum and Deal are null where the price book has no discount. */
export type OptionInfo = {
  termYears: number;
  payment: CommitmentPayment;
  leftOut: string;
  optimum: OptimumInfo | null;
  deal: DealInfo | null;
};

/** OptionValue is what a person says of an option. */
export type OptionValue = {
  name: string;
  value: string;
};

/** Origin says where a charge line comes from. It crosses to the window as it is. */
export type Origin = {
  provider: string;
  billingAccount: string;
  month: string;
  importId: number;
  /** "" where an older version imported several files at once */
  file: string;
  /** Record counts the charges of the file from 1, without those that were skipped; 0 = not known. */
  record: number;
  /** Line is the line of a text file, or the row of a table, from 1; 0 = not known. */
  line: number;
  /** NoLine says in a sentence why the line is not known; "" where it is. */
  noLine: string;
};

/** Outcome says how a finding that is done turned out. */
export type Outcome =
  /** too few settled days since */
  | 'waiting'
  /** at least half of what it promised is saved */
  | 'realised'
  /** less than half is */
  | 'short'
  /** at least half was at first, and less than half of late */
  | 'regressed'
  /** for the reason given */
  | 'unmeasurable';

/** PackCheck is what a check of a folder of rules says. Problem is "" where all samples are as they should be. */
export type PackCheck = {
  /** "" = the person cancelled */
  path: string;
  name: string;
  rules: string[];
  problem: string;
};

/** PackInfo is a pack of rules of the workspace. */
export type PackInfo = {
  name: string;
  version: number;
  /** ids */
  rules: string[];
  changedAt: string;
  changedBy: string;
};

/** ParsedFilter is a text read as a filter; the filter is every charge where there is a problem. */
export type ParsedFilter = {
  filter: Filter;
  problem: FilterProblem | null;
};

/** AmountDocument is a billed cost in one currency. */
export type PassportAmountDocument = {
  currency: string;
  billed: string;
};

/** ColumnDocument is a column with the lines that have a value. */
export type PassportColumnDocument = {
  name: string;
  lines: number;
};

/** ColumnsDocument says which FOCUS columns have values, which are in the files and empty, and which no file has. */
export type PassportColumnsDocument = {
  filled: PassportColumnDocument[];
  empty: string[];
  absent: string[];
};

/** CoverageDocument says which days and months have data; days and months are null where there are no charges. */
export type PassportCoverageDocument = {
  firstDay: string | null;
  lastDay: string | null;
  firstMonth: string | null;
  lastMonth: string | null;
  days: number;
  coveredDays: number;
  missingDays: string[];
  missingMonths: string[];
  completeMonths: number;
  behindDays: number;
  lateDays: string[];
  lateLines: number;
  earlyLines: number;
  judgedByDay: boolean;
  months: PassportMonthDocument[];
};

/** CurrencyDocument holds the sums of one currency. Absolute is the base of shares by cost: credits count in it without their sign. */
export type PassportCurrencyDocument = {
  currency: string;
  lines: number;
  billed: string | null;
  effective: string | null;
  absolute: string;
};

/** DayState says what is known of a day. */
export type PassportDayState =
  | 'covered'
  | 'missing'
  /** only charges of a later bill */
  | 'late'
  /** not part of the span */
  | 'outside';

/** Document is a passport as JSON, the same in the window and wherever it leaves; docs/cli.md describes it. Amounts are exact decimal texts, null = not known; lists are never null. */
export type PassportDocument = {
  workspace: string;
  today: string;
  /** none where only some data sets are wanted */
  whole?: PassportSetDocument | null;
  dataSets: PassportSetDocument[];
};

/** DuplicateDocument is an example of equal lines. Lines are numbers in the workspace, files "" where they are not known. */
export type PassportDuplicateDocument = {
  line: number;
  firstLine: number;
  day: string;
  ServiceName: string | null;
  ResourceId: string | null;
  currency: string;
  billed: string | null;
  file: string;
  firstFile: string;
};

/** DuplicatesDocument are lines that equal an earlier one. */
export type PassportDuplicatesDocument = {
  lines: number;
  acrossFiles: number;
  amounts: PassportAmountDocument[];
  examples: PassportDuplicateDocument[];
};

/** ExcessDocument counts lines with prices that contradict each other. */
export type PassportExcessDocument = {
  code: string;
  lines: number;
  currency: string;
  amount: string;
};

/** FileDocument is a file that the charges come from. */
export type PassportFileDocument = {
  path: string;
  format: string;
  version: string;
  lines: number;
  rejects: number;
};

/** FindingDocument is one thing that was looked at. */
export type PassportFindingDocument = {
  code: string;
  severity: PassportSeverity;
  /** the measure in plain digits */
  value: string;
  unit: string;
  /** absolute cost of the charges it is about; null = none, or not known */
  amount: string | null;
  currency: string;
  sentence: string;
  /** what it means for later analyses; "" where nothing is missing */
  meaning: string;
  /** what to do at the source; "" where there is nothing to do */
  action: string;
  /** the charges behind it; empty where no condition finds them */
  where: Condition[];
  /** null = all days */
  from: string | null;
  to: string | null;
};

/** FormatDocument counts the files of one format and version. */
export type PassportFormatDocument = {
  /** as people call it */
  name: string;
  format: string;
  version: string;
  files: number;
  lines: number;
};

/** GrainDocument says how long the charge periods are. */
export type PassportGrainDocument = {
  grain: string;
  ofUsage: boolean;
  lines: PassportLengthsDocument;
  hourlyDays: number;
  hourlyFrom: string | null;
  hourlyTo: string | null;
};

/** LengthsDocument counts lines by the length of their charge period. */
export type PassportLengthsDocument = {
  unknown: number;
  hour: number;
  day: number;
  month: number;
  other: number;
};

/** Level says how far an analysis can go. */
export type PassportLevel =
  | 'ready'
  | 'limited'
  | 'not_possible';

/** MonthDocument is a month, day by day. */
export type PassportMonthDocument = {
  month: string;
  complete: boolean;
  running: boolean;
  billed: boolean;
  missingDays: string[];
  /** by day */
  states: PassportDayState[];
  /** by day */
  lines: number[];
  /** of them those of a later bill, by day; empty = none */
  late: number[];
};

/** ProviderTotalDocument is a total of a measure that the provider gives beside the FOCUS columns. */
export type PassportProviderTotalDocument = {
  measure: string;
  currency: string;
  lines: number;
  amount: string;
};

/** QuantitiesDocument counts usage lines with a pricing and a consumed quantity. */
export type PassportQuantitiesDocument = {
  usageLines: number;
  pricing: number;
  consumed: number;
};

/** ReadinessDocument says whether the data allows an analysis. */
export type PassportReadinessDocument = {
  analysis: string;
  level: PassportLevel;
  /** false for an analysis that this version does not have */
  available: boolean;
  reasons: string[];
};

/** RejectDocument counts lines of a file that could not be read for one reason. */
export type PassportRejectDocument = {
  file: string;
  reason: string;
  lines: number;
};

/** RejectsDocument are lines that could not be read. */
export type PassportRejectsDocument = {
  lines: number;
  reasons: PassportRejectDocument[];
};

/** SetDocument is a data set, or the workspace as a whole, as JSON. */
export type PassportSetDocument = {
  /** "" for the workspace as a whole */
  id: string;
  provider: string;
  billingAccount: string;
  billingAccountName: string;
  export: string;
  /** one sentence */
  verdict: string;
  lines: number;
  /** null = no import */
  importedAt: string | null;
  importAgeDays: number;
  files: PassportFileDocument[];
  formats: PassportFormatDocument[];
  /** most lines first */
  currencies: PassportCurrencyDocument[];
  coverage: PassportCoverageDocument;
  grain: PassportGrainDocument;
  shares: PassportShareDocument[];
  columns: PassportColumnsDocument;
  tagKeys: PassportTagKeyDocument[];
  unmapped: PassportUnmappedDocument[];
  unmappedCount: number;
  quantities: PassportQuantitiesDocument;
  priceOddities: PassportExcessDocument[];
  duplicates: PassportDuplicatesDocument;
  rejects: PassportRejectsDocument;
  providerTotals: PassportProviderTotalDocument[];
  /** problems of an unknown amount first, then by the money behind them */
  findings: PassportFindingDocument[];
  readiness: PassportReadinessDocument[];
};

/** Severity says how much a finding matters. */
export type PassportSeverity =
  /** figures may be wrong, or an analysis cannot be made */
  | 'problem'
  /** an analysis is limited */
  | 'gap'
  /** worth knowing */
  | 'info'
  /** as it should be */
  | 'good';

/** ShareDocument says how much of the lines and of the absolute cost has something. Value is a decimal from 0 to 1, of what base says. */
export type PassportShareDocument = {
  code: string;
  column: string;
  value: string;
  /** "of the cost of usage" */
  base: string;
  /** null where no finding is about it */
  severity: PassportSeverity | null;
  lines: number;
  ofLines: number;
  usageLines: number;
  ofUsageLines: number;
  currency: string;
  cost: string;
  ofCost: string;
  usageCost: string;
  ofUsageCost: string;
};

/** TagKeyDocument is a tag key with what carries it. */
export type PassportTagKeyDocument = {
  key: string;
  lines: number;
  currency: string;
  cost: string;
};

/** UnmappedDocument is a service that says too little. */
export type PassportUnmappedDocument = {
  ServiceName: string | null;
  ServiceCategory: string | null;
  SkuId: string | null;
  lines: number;
  currency: string;
  cost: string;
  reasons: string[];
};

/** PastedAmounts are amounts that were read from a text, or what is wrong with it. */
export type PastedAmounts = {
  amounts: BudgetAmount[];
  problems: RowProblem[];
};

/** PeriodInfo is a period with its days. */
export type PeriodInfo = {
  name: string;
  from: string;
  to: string;
};

/** PlannedFile is a billing file that an import would read. */
export type PlannedFile = {
  path: string;
  format: string;
  /** as people call it */
  formatName: string;
  version: string;
  confidence: number;
  reason: string;
  dialect: string;
  sizeBytes: number;
  columns: FileColumn[];
  sampleLines: number;
  estimatedLines: number;
  providers: string[];
  billingPeriods: string[];
  currencies: string[];
  firstRows: ((string | null)[])[];
  warnings: string[];
  status: FileStatus;
  /** why a damaged file cannot be imported, in a sentence */
  trouble: string;
  /** What reading it to its end has shown; 0 and none where only the beginning was read. */
  lines: number;
  rejects: number;
  costs: IngestMoney[];
};

/** PlannedInfo is a planned change. */
export type PlannedInfo = {
  change: PlannedInput;
  version: number;
  changedAt: string;
  changedBy: string;
  /** why it cannot be used; "" = it can */
  problem: string;
};

/** PlannedInput is what a person says of a planned change. */
export type PlannedInput = {
  name: string;
  kind: PlannedKind;
  /** "" = all charges, or those of Where */
  scope: string;
  /** a filter as text */
  where: string;
  from: string;
  /** "" = it lasts */
  to: string;
  /** decimals of launches and savings, in Currency; "" = none */
  monthly: string;
  currency: string;
  /** of prices and shut-downs; "" = none */
  percent: string;
  commitment: string;
  note: string;
};

/** PlannedKind says what a planned change is. */
export type PlannedKind =
  /** something new costs so much a month */
  | 'launch'
  /** charges end, all of them or so many percent */
  | 'shutdown'
  /** charges cost so many percent more or less */
  | 'price'
  /** an accepted saving of so much a month */
  | 'saving'
  /** a commitment is renewed, so that its end changes nothing */
  | 'renewal';

/** PointInfo is what an hourly commitment would have done. */
export type PointInfo = {
  hourlyCommitment: string;
  /** below 0 where it costs more than it saves */
  expectedMonthlySaving: string;
  utilisation: string | null;
  coverage: string | null;
};

/** PolicyInfo is what a connection must be allowed, to copy. */
export type PolicyInfo = {
  name: string;
  /** "json" or "terraform" */
  form: string;
  text: string;
  note: string;
};

/** PoolInfo is usage that one commitment can cover. */
export type PoolInfo = {
  id: string;
  provider: string;
  /** "" = every region */
  region: string;
  /** "" = every family */
  family: string;
  currency: string;
  /** in the days that were looked at */
  onDemand: string;
};

/** PoolMonthInfo is how well a pool of machines was covered in a month. */
export type PoolMonthInfo = {
  month: string;
  coverage: string | null;
  effectiveSavingsRate: string | null;
  breakEvenUtilisation: string | null;
  /** onDemand is the effective cost of all machines of the pool */
  pool: PoolInfo;
};

/** PresetPeriod is a period that is counted from the newest day of a currency. */
export type PresetPeriod = {
  preset: SpendPreset;
  label: string;
  from: string;
  to: string;
  /** it is the part of one month for which there is data so far */
  soFar: boolean;
  /** all of its months are complete */
  complete: boolean;
};

/** PreviewQuestion says which charges a preview looks at, in one currency. From and To are both part of the period; "" = open. LeftBy is the column whose largest values are listed of what no rule catches. */
export type PreviewQuestion = {
  metric: string;
  currency: string;
  where: Filter;
  from: string;
  to: string;
  leftBy: string;
};

/** PriceInfo says with which prices assessments are made, and where newer ones would be asked for. */
export type PriceInfo = {
  /** version */
  priceBook: string;
  /** regions whose prices were read from the providers */
  read: ReadRegion[];
  /** regions in which the assessment is priced */
  needed: ReadRegion[];
  /** the workspace refuses every call */
  offline: boolean;
};

/** PriceTable is the oldest figure that is used of a table. */
export type PriceTable = {
  name: string;
  asOf: string;
};

/** ProgressInfo is what a person decided about a finding. Days are YYYY-MM-DD, "" = none. */
export type ProgressInfo = {
  state: Decision;
  /** why it is dismissed */
  reason: string;
  /** the last day on which it is dismissed */
  until: string;
  owner: string;
  due: string;
  doneOn: string;
  note: string;
  version: number;
  changedAt: string;
  changedBy: string;
};

/** ProgressPatch says what is decided about findings; null leaves a part as it is, "" clears it. */
export type ProgressPatch = {
  state: Decision | null;
  reason: string | null;
  until: string | null;
  owner: string | null;
  due: string | null;
  doneOn: string | null;
  note: string | null;
};

/** ProviderBudgetInfo is a budget as its provider keeps it, which is shown and never counted. Amounts are decimal numbers; "" = the provider says none. */
export type ProviderBudgetInfo = {
  provider: string;
  account: string;
  name: string;
  /** "day", "month", "quarter" or "year"; "" = once */
  every: string;
  amount: string;
  /** why there is no amount: "as the period before" */
  basis: string;
  spent: string;
  forecast: string;
  currency: string;
  /** what it counts; "" = all costs of the account */
  of: string;
  /** the name of the connection that read it */
  connection: string;
  readAt: string;
  /** Period is the period of this workspace's budgets that runs now, as a budget made from it has it; "" = it has none of its length. */
  period: string;
};

/** ProviderStanding is the standing of what brings in a provider's bills. */
export type ProviderStanding = {
  provider: string;
  standing: SyncStandingInfo;
};

/** ProviderState says what there is of a provider. */
export type ProviderState = {
  provider: string;
  firstDay: string;
  lastDay: string;
  lines: number;
  missingDays: string[];
  /** behind the newest day of all */
  lateDays: number;
  /** so far behind that no more is to come; not late */
  ended: boolean;
  /** when the newest import finished of which a bill counts */
  importedAt: string;
};

/** PurchaseInfo is a step of a plan, and what all that was bought by then does. */
export type PurchaseInfo = {
  /** from now */
  months: number;
  /** money an hour */
  add: string;
  hourlyCommitment: string;
  /** below 0 where it costs more than it saves */
  expectedMonthlySaving: string;
  utilisation: string | null;
  coverage: string | null;
};

/** QualityPart is a table of the data quality. */
export type QualityPart =
  /** what was found, of the workspace as a whole and of each data set */
  | 'findings'
  /** what share of lines and cost has each column, by data set */
  | 'shares'
  /** each data set in each of its currencies */
  | 'datasets'
  /** which analyses the data allows, of the workspace as a whole and of each data set */
  | 'readiness'
  /** services that say too little */
  | 'unmapped'
  /** examples of lines that equal an earlier one */
  | 'duplicates'
  /** lines that could not be read, by file and reason */
  | 'skipped';

/** Question asks for sums. From and To are both part of the period; "" = open. */
export type Question = {
  metrics: string[];
  groupBy: string[];
  where: Filter;
  from: string;
  to: string;
  grain: Grain;
  currency: string;
  limit: number;
  sort: Sort;
};

/** ReachedThreshold is a threshold that is reached, and since which charge day. */
export type ReachedThreshold = {
  kind: BudgetKind;
  percent: string;
  crossedAt: string;
};

/** ReadExtra is a document, or the budgets of the provider, that a sync read beside bills. */
export type ReadExtra = {
  /** "EC2 instances" */
  name: string;
  readAt: string;
};

/** ReadRegion is a region of a provider, of which prices of a kind were read. */
export type ReadRegion = {
  provider: string;
  region: string;
  /** machines, disks, objects, databases, network or licences; "" = all that are needed */
  kind: string;
  /** machine types or other things with a price */
  prices: number;
  /** day on which they were read; "" = they were not */
  asOf: string;
  changed: number;
  /** why they could not be read; "" = nothing */
  problem: string;
};

/** RealisedTotal adds up what was measured of findings that are done, in one currency, for a month. */
export type RealisedTotal = {
  currency: string;
  /** that were measured */
  findings: number;
  /** net saving of these */
  promised: string;
  saved: string;
  /** done, and too few settled days since, or not measurable */
  waiting: number;
};

/** RecommendationInfo is a commitment that a provider itself recommends to buy. */
export type RecommendationInfo = {
  provider: string;
  document: string;
  /** of the document */
  day: string;
  /** in the provider's words */
  said: string;
  pool: string;
  termYears: number;
  payment: string;
  lookbackDays: number;
  /** of machines */
  quantity: string;
  hourlyCommitment: string | null;
  /** as the provider estimates it */
  expectedMonthlySaving: string | null;
  currency: string;
  /** Ours is the best commitment of the same terms, Result what the recommended one would have done in the days of the simulation. */
  ours: PointInfo | null;
  result: PointInfo | null;
  difference: string;
  /** why */
  notComparable: string;
};

/** BesideDocument is cost that is shown and never added. */
export type ReconcileBesideDocument = {
  provider: string;
  currency: string;
  lines: number;
  amount: string;
  where: Condition[];
};

/** BridgeDocument leads from the ledger to an invoice. */
export type ReconcileBridgeDocument = {
  provider: string;
  billingAccount: string;
  month: string;
  /** "" = the whole bill of the month */
  invoiceId: string;
  currency: string;
  billingAccountName: string;
  status: ReconcileStatus;
  /** the status in words */
  statusTitle: string;
  lines: number;
  /** billed cost of the lines that the invoice is about; null where none of them has one */
  ledger: string | null;
  figure: ReconcileFigureDocument | null;
  /** the invoice's total less ledger */
  difference: string | null;
  /** what of the difference is not explained */
  rest: string | null;
  /** what counts as rounding at most */
  tolerance: string;
  /** billed cost of the whole bill: all steps together */
  bill: string;
  billLines: number;
  steps: ReconcileStepDocument[];
  differences: ReconcileDifferenceDocument[];
  beside: ReconcileBesideDocument[];
  reasons: ReconcileReasonDocument[];
};

/** Decimal says which sign stands before the decimals. */
export type ReconcileDecimal =
  | 'auto'
  | 'point'
  | 'comma';

/** DifferenceDocument is a step from the ledger to the invoice. */
export type ReconcileDifferenceDocument = {
  kind: ReconcileKind;
  title: string;
  amount: string;
  printed: string | null;
  inLedger: string | null;
};

/** FigureDocument is the stored amounts of an invoice; null = the invoice does not say. */
export type ReconcileFigureDocument = {
  id: number;
  /** raised by every change */
  version: number;
  total: string;
  tax: string | null;
  credits: string | null;
  marketplace: string | null;
  other: string | null;
  note: string;
  /** RFC 3339 */
  enteredAt: string;
  user: string;
};

/** InvoiceDocument is an invoice compared with the ledger, the same in the window and in --json. Amounts are exact decimal texts; difference and rest are null without an invoice amount. */
export type ReconcileInvoiceDocument = {
  provider: string;
  billingAccount: string;
  month: string;
  /** "" = the whole bill of the month */
  invoiceId: string;
  currency: string;
  billingAccountName: string;
  status: ReconcileStatus;
  /** the status in words */
  statusTitle: string;
  lines: number;
  /** billed cost of the lines that the invoice is about; null where none of them has one */
  ledger: string | null;
  figure: ReconcileFigureDocument | null;
  /** the invoice's total less ledger */
  difference: string | null;
  /** what of the difference is not explained */
  rest: string | null;
  /** what counts as rounding at most */
  tolerance: string;
};

/** InvoiceKey is a Key as text, as it crosses to the window, stands in --json and is typed. Month is YYYY-MM, "" where it is not given. */
export type ReconcileInvoiceKey = {
  provider: string;
  billingAccount: string;
  month: string;
  /** "" = the whole bill of the month */
  invoiceId: string;
  currency: string;
};

/** Kind names a step or a difference of a bridge. */
export type ReconcileKind =
  | 'usage'
  | 'purchase'
  /** the category is none that FOCUS knows */
  | 'unclassed'
  | 'late'
  | 'marketplace'
  | 'correction'
  | 'adjustment'
  | 'credit'
  | 'tax'
  | 'other_invoice'
  | 'no_invoice'
  | 'other'
  | 'rounding'
  | 'rest';

/** ReasonDocument is a fact that may explain what is left. */
export type ReconcileReasonDocument = {
  code: string;
  text: string;
};

/** Status says how a reconciliation ended. */
export type ReconcileStatus =
  /** the ledger and the invoice are equal, to the last digit */
  | 'ties'
  /** but for rounding */
  | 'ties_rounding'
  /** items of the invoice explain the difference */
  | 'explained'
  /** an unexplained difference remains */
  | 'not_explained'
  /** the ledger has no charges of the invoice */
  | 'no_data'
  /** the amount of the invoice is missing */
  | 'no_figure';

/** StepDocument is a part of the bill. The conditions and days lead to its charge lines. */
export type ReconcileStepDocument = {
  kind: ReconcileKind;
  title: string;
  /** false for lines of the bill that the invoice is not about */
  inside: boolean;
  lines: number;
  /** null where none of the lines has a billed cost */
  amount: string | null;
  where: Condition[];
  /** null = all days */
  from: string | null;
  to: string | null;
};

/** ReferenceInfo names a document of the client. */
export type ReferenceInfo = {
  document: string;
  kind: string;
  day: string;
};

/** RegionInfo is a region of a provider. */
export type RegionInfo = {
  provider: string;
  name: string;
  location: string;
};

/** RejectRow is a line that could not be read. */
export type RejectRow = {
  file: string;
  line: number;
  reason: string;
  text: string;
};

/** RejectsPage is a page of lines that could not be read. */
export type RejectsPage = {
  total: number;
  rows: RejectRow[];
};

/** ResourceMark is a resource with findings about which something can still be done: the one that saves most, and how many there are. */
export type ResourceMark = {
  /** its id in lower case */
  resource: string;
  /** id */
  finding: string;
  title: string;
  currency: string;
  net: string | null;
  findings: number;
};

/** ReviewProvider is what is known of a provider before an assessment is made. */
export type ReviewProvider = {
  provider: string;
  /** "" = none */
  region: string;
  /** of the region */
  why: string;
  stars: number;
  gates: MigrationGate[];
};

/** RowProblem says what is wrong with a row of a file or a text, from 1. */
export type RowProblem = {
  line: number;
  problem: string;
};

/** RuleChange is a setting of a rule that a person changed. Parameter is "" where it says whether the rule is on. */
export type RuleChange = {
  parameter: string;
  value: string;
  at: string;
  by: string;
};

/** RuleInfo is a rule that finds savings, with what a person changed about it. */
export type RuleInfo = {
  id: string;
  version: number;
  title: string;
  providers: string[];
  service: string;
  detects: string;
  match: string;
  parameters: RuleParameterInfo[];
  lookback: number;
  leastDays: number;
  saving: string;
  stage: string;
  class: string;
  confidence: string;
  restsOn: string;
  refutedBy: string;
  fix: SavingsFix;
  effort: string;
  reversibility: string;
  sources: string[];
  on: boolean;
  /** that it comes from; "" = the program */
  pack: string;
  changed: RuleChange[];
  /** ChangesVersion is the version of what a person changed; 0 = nothing ever was. */
  changesVersion: number;
  /** who changed it last and when; "" = nobody */
  changedBy: string;
  /** small bills that test it */
  samples: number;
};

/** RuleParameterInfo is a number of a rule, an exact decimal between Least and Most. */
export type RuleParameterInfo = {
  name: string;
  default: string;
  value: string;
  unit: string;
  least: string;
  most: string;
};

/** RulePreview says what a rule catches that none before it does, and how many values it gives. ShadowedBy are the rules before it, from 1, that catch all that its filter matches. */
export type RulePreview = {
  caught: LinesAndCost;
  values: number;
  shadowedBy: number[];
};

/** RungInfo is what is committed from a month on. */
export type RungInfo = {
  /** from now */
  months: number;
  /** money an hour */
  add: string;
  hourlyCommitment: string;
  expectedMonthlySaving: string;
};

/** RunningInfo is a commitment that covers usage of the pool. */
export type RunningInfo = {
  id: string;
  name: string;
  /** "" = not known */
  expires: string;
  expiryKnown: CommitmentEndKind;
  endsWithinTerm: boolean;
  /** what it covers, in the days that were looked at */
  onDemand: string;
};

/** SavedDimension says what Save did; Missing are columns that the rules use and the ledger does not have, which count as empty. */
export type SavedDimension = {
  version: number;
  missing: string[];
};

/** SavedDraft is what became of a draft. */
export type SavedDraft = {
  version: number;
  wrong: FieldProblem[];
};

/** Fix says how a finding is put right. */
export type SavingsFix = {
  console: string;
  cli: string;
  terraform: string;
};

/** SavingsInfo is what an examination found. AsOf is the last day that counts, "" without usage. */
export type SavingsInfo = {
  asOf: string;
  /** highest net saving first */
  findings: FindingInfo[];
  /** by currency */
  totals: SavingsTotal[];
  notExamined: SavingsNotExamined[];
  /** the totals by team, provider, effort and confidence */
  parts: SavingsPart[];
  /** something has changed since; a job looks again */
  stale: boolean;
};

/** SavingsMarks says where waste is, for pages that are about other things. It is of what was found the last time. */
export type SavingsMarks = {
  /** false = the charges were not examined yet */
  known: boolean;
  totals: MarkTotal[];
  resources: ResourceMark[];
};

/** NotExamined is a rule that could not be examined for a provider or some of its data sets, with the reasons in words. */
export type SavingsNotExamined = {
  rule: string;
  provider: string;
  reasons: string[];
};

/** SavingsPart is what findings with the same value of something save, in one currency. */
export type SavingsPart = {
  /** team, provider, effort or confidence */
  by: string;
  /** "" = none */
  value: string;
  currency: string;
  findings: number;
  net: string;
};

/** Price is a price that a finding rests on beside its lines. */
export type SavingsPrice = {
  /** what costs it */
  of: string;
  /** a decimal, rounded as money is where its decimals do not end */
  value: string;
  /** such as "USD for a GB-month", or "of the price now" for a ratio */
  unit: string;
  /** of the source, YYYY-MM-DD; the last day of the lines for a rate of the client */
  date: string;
  /** of the price book, OwnRates, or a price sheet of the client */
  source: string;
};

/** SavingsRecordInfo are the totals that were found for one state of the ledger. */
export type SavingsRecordInfo = {
  foundAt: string;
  asOf: string;
  totals: HistoryTotal[];
};

/** SavingsStage is the net saving of one kind of action. */
export type SavingsStage = {
  /** terminate, schedule, modernise, tier or commit */
  stage: string;
  findings: number;
  net: string;
  /** Net with the decimals of the currency, so that rounded cost, stages and remainder add up; it can be one unit off */
  shown: string;
};

/** SavingsStanding is what became of the findings that a person decided about. */
export type SavingsStanding = {
  tracked: TrackedInfo[];
  /** of what is done, by currency */
  totals: RealisedTotal[];
  /** the oldest first */
  history: SavingsRecordInfo[];
};

/** State says how a finding stands. */
export type SavingsState =
  | 'open'
  /** it saves less than Floor a month */
  | 'belowFloor'
  /** lines of its evidence have no effective cost */
  | 'unpriceable'
  /** the bill shows what to look at, not what it saves */
  | 'review'
  | 'refuted'
  /** the same resource is a finding of a stronger rule */
  | 'superseded'
  /** it will be acted on */
  | 'accepted'
  /** it is known when */
  | 'planned'
  /** the bill should fall; the next bills show whether it did */
  | 'done'
  /** nothing will be done, for a reason */
  | 'dismissed';

/** Step is one step from the evidence to the money of a month. */
export type SavingsStep = {
  label: string;
  /** an exact decimal; where its decimals do not end, rounded to those of a finding */
  amount: string;
};

/** SavingsTotal is what could be saved each month in one currency, and how the bill gets there. */
export type SavingsTotal = {
  currency: string;
  gross: string;
  absorbed: string;
  overlap: string;
  net: string;
  monthlyCost: string;
  /** the part of MonthlyCost of data sets that ended; absent = none did */
  endedCost?: string;
  /** net saving of what the bill alone cannot decide; not part of the net saving */
  candidates: string;
  /** they add up to the net saving, in the order in which money is taken */
  stages: SavingsStage[];
  /** what the month costs less the net saving */
  remaining: string;
};

/** ScheduleInfo is what the operating system runs every day, or would run. */
export type ScheduleInfo = {
  /** "crontab", a path, or the name of a task; "" = it runs nothing */
  where: string;
  text: string;
};

/** ScopeInfo is a scope; Text is its filter as text. */
export type ScopeInfo = {
  name: string;
  version: number;
  changedAt: string;
  changedBy: string;
  /** why it cannot be used; "" = it can */
  problem: string;
  where: Filter;
  text: string;
};

/** SensitivityInfo is how far a day must be off in a scope; "*" = all usage that no other scope has. */
export type SensitivityInfo = {
  scope: string;
  /** low, medium or high */
  level: string;
  version: number;
  changedAt: string;
  changedBy: string;
  /** why it cannot be used; "" = it can */
  problem: string;
};

/** SensitivityPreviewInfo is what a sensitivity would have found. */
export type SensitivityPreviewInfo = {
  level: string;
  from: string;
  to: string;
  anomalies: AnomalyInfo[];
};

/** ServiceInfo is a service that the three providers have alike. */
export type ServiceInfo = {
  key: string;
  capability: string;
  category: string;
};

/** SharingInfo is what a commitment left unused while usage that it could cover was paid at on-demand prices. */
export type SharingInfo = {
  /** 1, or 24 where the bill has no hours */
  slotHours: number;
  monthlyUncovered: string | null;
  monthlyLoss: string | null;
};

/** ShownColumn is a column of a table of the page. */
export type ShownColumn = {
  name: string;
  kind: ShownKind;
};

/** ShownKind says how a workbook shows the cells of a column; text that is not of the kind stays text. */
export type ShownKind =
  | 'text'
  | 'day'
  | 'month'
  | 'time'
  | 'amount'
  | 'quantity'
  | 'share'
  | 'count';

/** ShownTable is a table of the page: what it shows, unrounded. */
export type ShownTable = {
  /** names the sheet */
  title: string;
  columns: ShownColumn[];
  /** CurrencyColumn holds the currency of the amounts of a row; -1 = there is none. */
  currencyColumn: number;
  rows: ((string | null)[])[];
};

/** SignInPrompt is what a person has to do before the sign-in of a connection can go on. */
export type SignInPrompt = {
  text: string;
  /** of the page to open; "" = none */
  address: string;
  /** to enter on that page; "" = none */
  code: string;
  /** label of the answer that is wanted; "" = none is */
  wanted: string;
};

/** SimulationInfo is what a commitment for a pool would have saved. The curve has the optimum in its middle. */
export type SimulationInfo = {
  from: string;
  to: string;
  /** on-demand cost of families without a discount */
  leftOut: string;
  discounts: DiscountInfo[];
  optimum: OptimumInfo;
  cautious: PointInfo;
  /** null for less than eight weeks */
  backtest: BacktestInfo | null;
  /** null where no running commitment ends within the term */
  afterExpiry: PointInfo | null;
  running: RunningInfo[];
  deal: DealInfo;
  plan: PurchaseInfo[];
  /** null where nothing is worth buying */
  ladder: LadderInfo | null;
  options: OptionInfo[];
  /** Recommendations are those of the provider itself, what is for the pool first. */
  recommendations: RecommendationInfo[];
  pool: PoolInfo;
  /** 1, or 24 where the export is daily */
  slotHours: number;
  curve: CommitmentPoint[];
};

/** SimulationQuestion asks what a commitment would save. */
export type SimulationQuestion = {
  pool: string;
  currency: string;
  /** 1 or 3 */
  years: number;
  payment: CommitmentPayment;
  /** percent off the on-demand price; null = that of the price book */
  discount: string | null;
};

/** SkippedFile is a file that an import leaves out, and why. */
export type SkippedFile = {
  path: string;
  reason: string;
};

/** Sort orders the rows of an answer. */
export type Sort =
  | ''
  /** by time, then by the keys */
  | 'keys';

/** Spend is a cost by the values of one column. */
export type Spend = {
  /** "" = the charges that name none */
  currency: string;
  /** of the ledger */
  version: number;
  from: string;
  to: string;
  /** the period is the part of one month for which there is data so far */
  soFar: boolean;
  /** it is whole months, all of which are complete */
  complete: boolean;
  total: SpendRow;
  /** in the order that was asked for */
  rows: SpendRow[];
  /** all other values; null where the rows have all */
  rest: SpendRow | null;
  groups: number;
  /** why no row has a share, a sentence; "" = they have */
  noShare: string;
  /** the same as a code */
  noShareCode: SpendReason;
  /** null = none was asked for */
  comparison: SpendComparison | null;
  /** null = none was asked for */
  series: SpendSeries | null;
};

/** SpendApart are the charges of both periods that are usually booked later. */
export type SpendApart = {
  now: string;
  before: string;
  /** the largest before first */
  rows: SpendRow[];
};

/** Base says with what a period is compared. */
export type SpendBase =
  | 'none'
  | 'previous'
  /** the whole month before the one in which the period begins */
  | 'previous-month'
  /** the same days a year before */
  | 'last-year'
  /** a span that the person names */
  | 'custom';

/** SpendComparison says what the changes are over. */
export type SpendComparison = {
  /** of the period that is compared with */
  from: string;
  to: string;
  /** why nothing can be compared, a sentence; "" = something can */
  reason: string;
  /** the same as a code */
  reasonCode: SpendReason;
  /** the periods are compared as a whole */
  whole: boolean;
  /** days of the period that are compared */
  days: number;
  /** days of the period */
  ofDays: number;
  /** days of the earlier period that have charges and are not compared */
  unused: DaySpan[];
  missing: SpendMissing[];
  /** the largest changes first, either way */
  movers: SpendRow[];
  /** the change of all that is no mover; null where there is none */
  others: string | null;
  /** in no change; null = there are none */
  apart: SpendApart | null;
};

/** SpendMissing names the days on which a provider has no charges, in the period and before. */
export type SpendMissing = {
  provider: string;
  days: number;
  now: DaySpan[];
  before: DaySpan[];
};

/** SpendPoint is one step of time; null is an amount that nobody knows, as of days without data. */
export type SpendPoint = {
  name: string;
  first: string;
  last: string;
  /** in the order of the rows, then of the further values */
  rows: (string | null)[];
  rest: string | null;
  total: string | null;
  /** Lacking names the providers that lack a day of it; not those whose data has ended. */
  lacking: string[];
};

/** Preset names a period that is counted from the newest day of the data, not from today: an old bill opens on its own latest month. */
export type SpendPreset =
  /** the month of the newest day, up to that */
  | 'mtd'
  /** the last full month */
  | 'last-month'
  /** the quarter of the newest day, up to that */
  | 'qtd'
  /** the last full quarter */
  | 'last-quarter'
  /** the year of the newest day, up to that */
  | 'ytd'
  /** the last full year */
  | 'last-year'
  /** three months, of which the last is that of the newest day */
  | '3m'
  /** the last three full months */
  | '3m-full'
  /** as PresetThree */
  | '6m'
  /** as PresetThree */
  | '12m'
  /** as PresetFullThree */
  | '12m-full'
  /** all days */
  | 'all';

/** SpendQuestion asks for a cost by the values of one column. Days are parts of their periods; "" = open. */
export type SpendQuestion = {
  metric: string;
  currency: string;
  where: Filter;
  from: string;
  to: string;
  /** with what the period is compared */
  base: SpendBase;
  /** of the base custom */
  compareFrom: string;
  compareTo: string;
  column: string;
  /** holds readable names of the values; "" = only accounts have names */
  nameColumn: string;
  /** columns of which each row gets a value */
  beside: string[];
  /** rows and movers at most; 0 = all */
  top: number;
  /** by what the rows are ordered */
  sort: SpendSort;
  /** the least first */
  up: boolean;
  /** "" = no series, "usual" = by day or month */
  grain: Grain;
  /** the series reaches back beyond the period, so that a short one has its context */
  context: boolean;
};

/** Reason says why there is no figure. */
export type SpendReason =
  | ''
  /** the absolute cost rounds to 0 in its currency, so that a share of it would mislead */
  | 'no_cost'
  /** no provider of the period has charges in the one to compare with */
  | 'nothing_before'
  /** no provider has charges on a day of both periods */
  | 'no_common_days';

/** SpendRow is what one value costs. Shares are decimal numbers, 1 being the whole; "" = there is none. */
export type SpendRow = {
  /** null = no value; also of the total and the rest */
  key: string | null;
  /** readable, where the key is an id */
  name: string | null;
  beside: (string | null)[];
  lines: number;
  amount: string | null;
  /** of the absolute amounts of all values */
  share: string;
  /** Compared and Before are over the days that both periods have, without what is usually booked later. */
  compared: string | null;
  before: string | null;
  change: string | null;
  /** the change as a part of what was before */
  relative: string;
  new: boolean;
  gone: boolean;
};

/** SpendSeries is the cost over time, of each row, of the rest and of all. */
export type SpendSeries = {
  from: string;
  to: string;
  grain: Grain;
  /** that have charges in it */
  providers: string[];
  /** values that only days outside the period have */
  further: SpendRow[];
  points: SpendPoint[];
  /** of all points together: of the rows, then of the further values */
  shares: string[];
  /** of the rest */
  restShare: string;
};

/** Sort names the figure by which rows are ordered. */
export type SpendSort =
  /** the cost of the period */
  | 'amount'
  /** the readable name, or the value where it has none */
  | 'name'
  /** the cost in the period that is compared with */
  | 'before'
  /** the change with its sign: what rose most is the largest */
  | 'change'
  /** the share of the period's cost, which follows the cost */
  | 'share'
  /** the change as a part of the cost before; see Row.Relative */
  | 'part';

/** StandingEntry is what one provider comes to; null is not known, or not eligible for a score. */
export type StandingEntry = {
  provider: string;
  eligible: boolean;
  score: string | null;
  monthly: string | null;
  oneOff: string | null;
  npv: string | null;
  paybackMonth: string | null;
  stars: number;
};

/** DeliveryState is how far a delivery is. */
export type StoreDeliveryState =
  /** also of a program that ended meanwhile: nobody knows whether it arrived, so that it is not sent again */
  | 'sending'
  | 'sent'
  /** for another try */
  | 'waiting'
  /** for the digest of the day, or the end of the quiet hours */
  | 'held'
  | 'failed';

/** StoredDimension is a kept dimension with its version. */
export type StoredDimension = {
  dimension: Dimension;
  version: number;
};

/** SyncRunInfo is one attempt to sync a connection. */
export type SyncRunInfo = {
  id: number;
  /** id of the connection, which may have been removed */
  connection: string;
  /** running, done, failed, unanswered, cancelled or interrupted */
  state: string;
  startedAt: string;
  /** "" = it has not ended, or was interrupted */
  endedAt: string;
  /** that it took; 0 where it has not ended */
  seconds: number;
  /** that were brought in */
  months: number;
  files: number;
  lines: number;
  calls: number;
  retries: number;
  /** bytes */
  received: number;
  /** what went wrong, or what was brought in */
  note: string;
  /** what the provider charges for its calls: "$0.03 for 3 pages"; "" = nothing */
  charged: string;
  /** what bills come to more or less than before the sync */
  totals: CurrencyChange[];
  /** months whose bills come to something else than before the sync, the newest first */
  bills: BillChange[];
  /** the newest day with usage of what the connection brings in, and the day before; one for each currency */
  days: DayChange[];
};

/** SyncStandingInfo says how far a connection can be relied on to be up to date; "" = there is no such time. */
export type SyncStandingInfo = {
  /** when the last sync ended that went well */
  syncedAt: string;
  /** when the first of the syncs began that failed since then */
  failingSince: string;
  /** when this window tries again by itself */
  retryAt: string;
};

/** TableFormat is a format in which tables leave. */
export type TableFormat =
  | 'csv'
  | 'xlsx';

/** TagKeyState counts the resources that have a tag. */
export type TagKeyState = {
  key: string;
  lines: number;
};

/** TaskChange is what a person decides about a phase. */
export type TaskChange = {
  /** "" = the name of the phase */
  title: string;
  note: string;
  /** days */
  moved: number;
  done: boolean;
};

/** TaskInfo is a phase of the plan with what a person decided about it. */
export type TaskInfo = {
  phase: string;
  title: string;
  kind: string;
  start: string;
  /** the day by which it is done */
  end: string;
  planned: string;
  /** days, by the person */
  moved: number;
  done: boolean;
  note: string;
  gate: string;
  lines: string[];
  rollback: string[];
  critical: boolean;
  /** the phase that it waits for; "" = none */
  after: string;
};

/** TemplateInfo is an estate to start from. */
export type TemplateInfo = {
  name: string;
  title: string;
  about: string;
  lines: number;
};

/** TestStep is one thing that a test of a connection has tried. */
export type TestStep = {
  name: string;
  ok: boolean;
  detail: string;
  /** is about what is read beside bills, which are synced also where it fails */
  beside: boolean;
};

/** Topic is a part of a workspace that changes as a whole. */
export type Topic =
  /** which charges count and what accounts are called, and so imports, bills and every answer */
  | 'ledger'
  | 'jobs'
  | 'dimensions'
  | 'scopes'
  | 'mappings'
  | 'invoices'
  /** the rules, documents of the client, and what was decided about findings */
  | 'savings'
  /** what may be spent */
  | 'budgets'
  /** raised, seen and sent ones, the rules and the channels */
  | 'alerts'
  /** marks, mute rules and sensitivities */
  | 'anomalies'
  /** planned changes and frozen forecasts */
  | 'forecasts'
  /** assessments, their results and what was decided about their tasks */
  | 'migrations'
  /** TopicConnections is where bills come from by themselves, and how the network is reached. */
  | 'connections'
  /** name and settings */
  | 'workspaces';

/** TrackedInfo is a finding that a person decided about, as it was then. Rule is "" where the rule is not there any more. */
export type TrackedInfo = {
  id: string;
  rule: string;
  title: string;
  provider: string;
  subAccount: string;
  region: string;
  service: string;
  resourceId: string;
  currency: string;
  /** net saving of a month; null = not known */
  promised: string | null;
  progress: ProgressInfo;
  /** of what is done */
  measured: MeasurementInfo | null;
};

/** ValueCost is a value of a column with the charges that have it. */
export type ValueCost = {
  value: string | null;
  lines: number;
  amount: string | null;
};

/** ValueFrom says how a value is taken from a column; see rules.From. */
export type ValueFrom = {
  column: string;
  split: string;
  part: number;
  capture: string;
  lowerCase: boolean;
};

/** VerifyCheck is one comparison of a verification. */
export type VerifyCheck = {
  name: string;
  ok: boolean;
  detail: string;
};

/** VerifyReport is the result of a verification. */
export type VerifyReport = {
  ok: boolean;
  checks: VerifyCheck[];
  durationMs: number;
};

/** VersionState says what became of a version of a bill. */
export type VersionState =
  /** its costs count */
  | 'counted'
  /** another export or view of the bill is used */
  | 'excluded'
  /** another state of the export is used */
  | 'replaced'
  /** taken back; its lines are gone, its totals are kept */
  | 'undone';

/** WhatIf is what a question of what would be if assumes. */
export type WhatIf = {
  /** weights of the score, which sum to 100 */
  cost: number;
  services: number;
  compliance: number;
  performance: number;
  /** percent of the internet egress of the profile */
  egress: number;
  /** percent of the hours */
  labour: number;
  /** percent off all prices of the destination */
  discount: number;
  /** percent a year */
  capital: string;
};

/** WorkloadLines are lines that were read from a table of machines. */
export type WorkloadLines = {
  /** lines, rvtools or azure_migrate */
  kind: string;
  /** JSON, a list of workloads */
  lines: string;
  count: number;
  /** cells; paths such as row 5, vcpu */
  wrong: FieldProblem[];
  unused: string[];
  /** machines that are switched off, which become none */
  off: string[];
};

/** WorkspaceInfo describes a workspace. */
export type WorkspaceInfo = {
  path: string;
  name: string;
  sizeBytes: number;
  lines: number;
  openedAt: string;
  exists: boolean;
  demo: boolean;
  /** its file or its folder cannot be written */
  readOnly: boolean;
};

/** WorkspaceSettings are what a person can change of the open workspace, with the versions of each. */
export type WorkspaceSettings = {
  name: string;
  nameVersion: number;
  /** of fiscal years, 1 to 12 */
  firstMonth: number;
  /** 0 = it was never set */
  monthVersion: number;
};

/** Workspaces lets the page open, make and put away workspaces. */
export type Workspaces = {
  /** ChooseOpen asks for a workspace with the system's dialog and opens it; null when the person cancelled. */
  ChooseOpen(): Promise<WorkspaceInfo | null>;
  /** Close closes the open workspace, if there is one. */
  Close(): Promise<void>;
  /** Create makes a workspace in the default folder and opens it. */
  Create(name: string): Promise<WorkspaceInfo>;
  /** Current describes the open workspace; null = none. */
  Current(): Promise<WorkspaceInfo | null>;
  /** Duplicate copies the open workspace and opens the copy. */
  Duplicate(name: string): Promise<WorkspaceInfo>;
  /** Forget takes a workspace off the recent list and leaves the file alone. */
  Forget(path: string): Promise<void>;
  /** Open opens a workspace. */
  Open(path: string): Promise<WorkspaceInfo>;
  /** OpenDemo makes the demo workspace where it is missing, and opens it. */
  OpenDemo(): Promise<JobInfo>;
  /** Recent lists the workspaces that were opened lately, the latest first. */
  Recent(): Promise<WorkspaceInfo[]>;
  /** Rename gives the open workspace another name, where its name is of the version that the page shows; its file keeps the old one. */
  Rename(name: string, version: number): Promise<WorkspaceInfo>;
  /** SetFiscalYear changes in which month fiscal years start, 1 to 12, where that is of the version that the page shows. */
  SetFiscalYear(firstMonth: number, version: number): Promise<void>;
  /** Settings returns them. */
  Settings(): Promise<WorkspaceSettings>;
  /** Trash moves a workspace to the system's trash; the open one is closed first. */
  Trash(path: string): Promise<void>;
};

/** Imports lets the page bring bills into the open workspace, look at what was brought in, and take it back. */
export type Imports = {
  /** Answer answers an import that waits: what to do with the files that overlap, or, without any answer, that the bills which it shows are to be replaced. It may wait again. Jobs.Cancel imports nothing. */
  Answer(jobID: string, answers: FileAnswer[]): Promise<void>;
  /** ChooseFiles asks for files with the system's dialog; no path when the person cancelled. */
  ChooseFiles(): Promise<string[]>;
  /** ChooseFolder asks for a folder with the system's dialog; no path when the person cancelled. */
  ChooseFolder(): Promise<string[]>;
  /** Examine begins to read the files of a preview to their end, as a job; it changes nothing. A preview of few lines has done so by itself. Previewed carries what was found, under a new id. */
  Examine(planID: string): Promise<JobInfo>;
  /** List returns the imports of the open workspace, the newest first. */
  List(): Promise<ImportInfo[]>;
  /** Outlook says what an import of a preview whose files were read to their end would do with these answers. */
  Outlook(planID: string, answers: FileAnswer[]): Promise<ImportOutcome>;
  /** Preview begins to look at what an import of files and folders would read, as a job; it changes nothing. Previewed carries what was found. */
  Preview(paths: string[]): Promise<JobInfo>;
  /** Previewed waits for a preview and says what an import would read. */
  Previewed(jobID: string): Promise<ImportPlan>;
  /** Rejects returns a page of the lines of an import that could not be read. */
  Rejects(importID: number, offset: number, limit: number): Promise<RejectsPage>;
  /** Start imports what was previewed, as a job. With conflicts the job waits and lists them, until Answer has one for each file. With Look, an import that replaces a bill waits too and lists the changes. */
  Start(planID: string, options: ImportOptions): Promise<JobInfo>;
  /** Undo takes an import back. */
  Undo(importID: number): Promise<void>;
  /** UndoFile takes one file of an import back; the last one takes the import back. */
  UndoFile(fileID: number): Promise<void>;
  /** Verify proves that files, ledger and answers agree. It shows as a job meanwhile. */
  Verify(): Promise<VerifyReport>;
};

/** Mappings lets the page teach the open workspace tables that nothing recognises. */
export type Mappings = {
  /** Delete removes a mapping from the open workspace if the stored one is of the version seen; what was imported with it stays. */
  Delete(name: string, version: number): Promise<void>;
  /** Export writes a mapping to a file that the person chooses; "" when the person cancelled. */
  Export(name: string): Promise<string>;
  /** Find returns a mapping of the open workspace. */
  Find(name: string): Promise<Mapping>;
  /** Import keeps the mapping of a file that the person chooses, and returns its name; "" when the person cancelled. */
  Import(): Promise<string>;
  /** Inspect looks at a table and suggests a mapping for it. */
  Inspect(path: string): Promise<MappingTable>;
  /** List returns the mappings of the open workspace by name. */
  List(): Promise<MappingInfo[]>;
  /** Mappable returns those of the paths that are tables. */
  Mappable(paths: string[]): Promise<string[]>;
  /** Open returns a mapping of the open workspace to be edited, as a table without lines that has the columns it was made for. */
  Open(name: string): Promise<MappingTable>;
  /** Save keeps a mapping in the open workspace and returns its version, if the stored one is of the version seen; 0 = there was none. */
  Save(mapping: Mapping, version: number): Promise<number>;
  /** Try reads the beginning of a table with a mapping, which need not be complete. */
  Try(path: string, mapping: Mapping): Promise<MappingTrial>;
};

/** Bills lets the page see which files are used for each bill of the open workspace, how a bill came about, and what a newer export changed in it. */
export type Bills = {
  /** Changes says what changed between the versions that two imports brought of a bill. */
  Changes(bill: IngestBill, before: number, now: number): Promise<IngestChange>;
  /** Export writes every version of the bills that are meant to a file that the person chooses, as csv or xlsx; "" when the person cancelled. */
  Export(meant: BillFilter, format: TableFormat): Promise<string>;
  /** List returns the bills of the open workspace, the newest month first. */
  List(): Promise<BillInfo[]>;
  /** UseExport says which export of a bill is used; "*" lets all of them count, "=" the charges under the account of this bill in place of those under another one, and "" forgets what was chosen. */
  UseExport(bill: IngestBill, exportName: string): Promise<void>;
};

/** Jobs lets the page see what runs and what ran, and pause, cancel and repeat it. */
export type Jobs = {
  /** Again runs a job that was interrupted, failed or was cancelled once more, with the same parameters. */
  Again(id: string): Promise<JobInfo>;
  /** Cancel asks a job to end. */
  Cancel(id: string): Promise<void>;
  /** Clear removes the jobs that do not run from the history. */
  Clear(): Promise<void>;
  /** ExportAgain asks where to write an export that has ended once more, and writes what it says today, or a table as its page showed it then; "" when the person cancelled. It is a job of its own. */
  ExportAgain(id: string): Promise<string>;
  /** List returns the jobs of the open workspace and those of this run of the program that are kept nowhere, in the order of their start. */
  List(): Promise<JobInfo[]>;
  /** Pause asks a job to wait at its next safe point. */
  Pause(id: string): Promise<void>;
  /** Resume lets a paused job go on. */
  Resume(id: string): Promise<void>;
};

/** Ledger answers the page's questions about the open workspace. */
export type Ledger = {
  /** AccountNames returns the names that the files give to accounts. */
  AccountNames(): Promise<AccountNames>;
  /** Ask answers a question. */
  Ask(q: Question): Promise<Answer>;
  /** Bases lists the spans with which a period can be compared, without custom ones. */
  Bases(from: string, to: string): Promise<BaseSpan[]>;
  /** ExportBreakdown writes a cost by the values of a column to a file that the person chooses, as csv or xlsx, all of them where Top is 0; "" when the person cancelled. */
  ExportBreakdown(q: SpendQuestion, name: string, format: TableFormat): Promise<string>;
  /** ExportFocus writes all charge lines to a FOCUS file that the person chooses. It shows as a job meanwhile. */
  ExportFocus(o: FocusOptions): Promise<FocusExport>;
  /** ExportLines writes all charge lines that match, not only those of the page, to a file that the person chooses, as csv or xlsx; "" when the person cancelled. It shows as a job meanwhile. */
  ExportLines(q: LinesQuestion, format: TableFormat): Promise<string>;
  /** ExportList writes a list of the workspace to a file that the person chooses, as csv or xlsx; "" when the person cancelled. */
  ExportList(list: ListName, format: TableFormat): Promise<string>;
  /** ExportTable writes a table as the page shows it to a file that the person chooses, as csv or xlsx; "" when the person cancelled. */
  ExportTable(table: ShownTable, name: string, format: TableFormat): Promise<string>;
  /** Find looks for services, accounts, invoices and resources that have a text in them. It cancels the search before it, so that a person can go on typing; that one answers CodeCancelled. */
  Find(text: string): Promise<Found[]>;
  /** Lines returns a page of charge lines. */
  Lines(q: LinesQuestion): Promise<LinesPage>;
  /** LinesFacts adds up the numbers in the columns of a question over the lines from its offset on, as many as its limit says. */
  LinesFacts(q: LinesQuestion): Promise<ColumnFact[]>;
  /** Origin says where the charge line at an offset of a question comes from. */
  Origin(q: LinesQuestion, at: number): Promise<Origin>;
  /** Spend takes costs apart: the largest rows and the rest, shares, changes and the series over time. All answers are of one snapshot of the ledger. */
  Spend(questions: SpendQuestion[]): Promise<Spend[]>;
  /** State describes what the ledger holds. */
  State(): Promise<LedgerState>;
  /** TagKeys returns the tag keys of the ledger, those of most resources first. Every tag is read for it, so it is not part of the state, which the first page waits for. */
  TagKeys(): Promise<TagKeyState[]>;
};

/** Filters reads and prints filters for the page, which knows them only as trees. */
export type Filters = {
  /** Parse reads a filter. Where anyColumn is false the ledger must have its columns; rules may use others, which count as empty. */
  Parse(text: string, anyColumn: boolean): Promise<ParsedFilter>;
  /** Print returns the text of a filter; "" for every charge. */
  Print(tree: Filter): Promise<string>;
};

/** Dimensions lets the page make virtual dimensions in the open workspace. */
export type Dimensions = {
  /** Delete removes a virtual dimension if the stored one is of the version seen. */
  Delete(name: string, version: number): Promise<void>;
  /** Export writes a virtual dimension to a file that the person chooses; "" when the person cancelled. */
  Export(name: string): Promise<string>;
  /** Find returns a virtual dimension with its rules. */
  Find(name: string): Promise<StoredDimension>;
  /** Import reads a virtual dimension from a file that the person chooses and keeps nothing; nil when the person cancelled. */
  Import(): Promise<Dimension | null>;
  /** List returns the virtual dimensions of the open workspace by name. */
  List(): Promise<DimensionInfo[]>;
  /** Preview says what the rules of a dimension catch, whether or not it is kept. */
  Preview(dimension: Dimension, q: PreviewQuestion): Promise<DimensionPreview>;
  /** Save keeps a virtual dimension, if the stored one is of the version seen; 0 = there was none. */
  Save(dimension: Dimension, version: number): Promise<SavedDimension>;
};

/** Scopes lets the page keep named filters in the open workspace. */
export type Scopes = {
  /** Delete removes a scope if the stored one is of the version seen. */
  Delete(name: string, version: number): Promise<void>;
  /** List returns the scopes of the open workspace by name. */
  List(): Promise<ScopeInfo[]>;
  /** Rename gives a scope of the version seen another name and returns its new version. */
  Rename(name: string, to: string, version: number): Promise<number>;
  /** Save keeps a scope and returns its version, if the stored one is of the version seen; 0 = there was none. */
  Save(name: string, where: Filter, version: number): Promise<number>;
};

/** Quality shows the page how far the data of the open workspace can be relied on. */
export type Quality = {
  /** Export writes a table of the data quality to a file that the person chooses, as csv or xlsx; "" when the person cancelled. It shows as a job meanwhile. */
  Export(table: QualityPart, format: TableFormat): Promise<string>;
  /** ExportJSON writes what `passport --json` prints to a file that the person chooses; "" when the person cancelled. */
  ExportJSON(): Promise<string>;
  /** Passport looks at every line, once for a state of the ledger. On a large one it shows as a job meanwhile. */
  Passport(): Promise<PassportDocument>;
};

/** Reconciliation lets the page compare the ledger with the invoices of the open workspace. */
export type Reconciliation = {
  /** Bridge leads from the ledger to one invoice. */
  Bridge(key: ReconcileInvoiceKey): Promise<ReconcileBridgeDocument>;
  /** ChooseFile asks for a CSV file of invoice amounts with the system's dialog; "" when the person cancelled. */
  ChooseFile(): Promise<string>;
  /** Delete deletes the amounts of an invoice if the stored ones are of the version seen. */
  Delete(id: number, version: number): Promise<void>;
  /** ExportList writes the invoices with one of some statuses, all where none is named, to a file that the person chooses, as csv or xlsx; "" when the person cancelled. */
  ExportList(statuses: ReconcileStatus[], format: TableFormat): Promise<string>;
  /** ExportSteps writes the steps from the ledger to one invoice to a file that the person chooses, as csv or xlsx; "" when the person cancelled. Name is that of the file without that of the workspace. */
  ExportSteps(key: ReconcileInvoiceKey, name: string, format: TableFormat): Promise<string>;
  /** List returns every invoice whose amount was entered, and those of the ledger whose amount is missing. */
  List(): Promise<ReconcileInvoiceDocument[]>;
  /** Preview reads a CSV file of invoice amounts and saves nothing: SaveAll does, with the inputs of its rows and the decimal "point". A file without the columns that are needed answers "unsupported". */
  Preview(path: string, decimal: ReconcileDecimal): Promise<FiguresPreview>;
  /** Save stores what an invoice says and returns the name it is stored under. With an ID it changes these amounts. */
  Save(input: FigureInput): Promise<ReconcileInvoiceKey>;
  /** SaveAll stores those of many amounts that can be stored and says of each what became of it, in the same order. Decimal is "auto", "point" or "comma"; "auto" finds out from all totals, and reads each part for itself. */
  SaveAll(inputs: FigureInput[], decimal: ReconcileDecimal): Promise<FigureOutcome[]>;
  /** SaveTemplate writes a CSV file to fill in where the person chooses; "" when the person cancelled. */
  SaveTemplate(): Promise<string>;
};

/** Savings shows the page what the client could stop paying for. */
export type Savings = {
  /** AddPack copies the rules of a folder that was checked into the workspace, in place of a pack of the same name and version; 0 = the page shows none of the name. */
  AddPack(path: string, version: number): Promise<void>;
  /** Change decides about findings, all of them or none. It fails with code conflict, which carries both values, when one was changed since the version that was seen. */
  Change(findings: FindingVersion[], patch: ProgressPatch): Promise<void>;
  /** CheckPack asks for a folder of rules and runs their samples, without adding them. Path is "" when the person cancelled. */
  CheckPack(): Promise<PackCheck>;
  /** Course returns what a finding is measured by cost by day, the newest four months at most. */
  Course(id: string): Promise<DayCost[]>;
  /** Explain proves a finding by its charge lines. */
  Explain(id: string): Promise<EvidenceInfo>;
  /** Find returns what was found: at once where it was kept, also when it is stale; then a job looks again. Where selects findings by their evidence, for which the ledger is examined. */
  Find(where: Filter): Promise<SavingsInfo>;
  /** Marks returns where waste is, without examining anything. */
  Marks(): Promise<SavingsMarks>;
  /** Packs lists the packs of rules of the workspace. */
  Packs(): Promise<PackInfo[]>;
  /** RemovePack removes a pack of rules if the stored one is of the version seen. */
  RemovePack(name: string, version: number): Promise<void>;
  /** Rule returns a rule with everything that its page shows. */
  Rule(id: string): Promise<RuleInfo>;
  /** Rules lists all rules, also those that are off. */
  Rules(): Promise<RuleInfo[]>;
  /** SetRule changes a parameter of a rule; "" is the default again. version is that of the changes of the rule which the page shows. */
  SetRule(id: string, parameter: string, value: string, version: number): Promise<RuleInfo>;
  /** Standing returns what became of the findings that a person decided about, and of the totals over the imports. */
  Standing(): Promise<SavingsStanding>;
  /** SwitchRule switches a rule on or off; for the version see SetRule. */
  SwitchRule(id: string, on: boolean, version: number): Promise<RuleInfo>;
};

/** Documents lets the page keep what a client exports beside the bills. */
export type Documents = {
  /** Add adds files, and the documents in folders; one answer for each file. */
  Add(paths: string[]): Promise<AddedDocumentInfo[]>;
  /** Change says of which account and day a document of a version is; "" leaves one as it is. */
  Change(name: string, account: string, day: string, version: number): Promise<DocumentInfo>;
  /** Choose asks for files with the system's dialog; no path when the person cancelled. */
  Choose(): Promise<string[]>;
  /** List lists the documents by name. */
  List(): Promise<DocumentInfo[]>;
  /** Packs lists the scripts by provider, with the kinds that each makes. */
  Packs(): Promise<DocumentPackInfo[]>;
  /** Recognise returns which of some files are documents and no bills. */
  Recognise(paths: string[]): Promise<string[]>;
  /** Remove removes a document if the stored one is of the version seen. */
  Remove(name: string, version: number): Promise<void>;
};

/** Commitments shows the page how commitments are used and what further ones would save. */
export type Commitments = {
  /** Pools lists the usage that commitments can cover, the highest cost first. */
  Pools(): Promise<PoolInfo[]>;
  /** Report says how the commitments of the lines that match are used, and what they cover. */
  Report(where: Filter): Promise<CommitmentsInfo>;
  /** Simulate says what a commitment for a pool would have saved. */
  Simulate(q: SimulationQuestion): Promise<SimulationInfo>;
};

/** Budgets gives the page what may be spent and how that stands, and keeps it. */
export type Budgets = {
  /** ChooseFile asks for a file of budgets; "" when the person cancelled. */
  ChooseFile(): Promise<string>;
  /** Delete removes a budget if the stored one is of the version seen; its alerts stay. */
  Delete(name: string, version: number): Promise<void>;
  /** Detail returns how a budget stands in one of its periods, day by day, and what moved it; "" is the period that matters now. */
  Detail(name: string, period: string): Promise<BudgetDetailInfo>;
  /** Fill makes the amounts of a budget for the parts of a period: each the same, from a total, or from last year. */
  Fill(draft: BudgetDraft, fill: BudgetFill): Promise<BudgetAmount[]>;
  /** Import reads budgets from a CSV file or an Excel workbook, all of them or none. Rows that are wrong, and names that are taken where they are not to be replaced, are reported and are not failures. */
  Import(path: string, replace: boolean, reason: string): Promise<BudgetImport>;
  /** Period returns which days a period of a calendar has; it answers CodeInvalid for what is none. */
  Period(draft: BudgetDraft, period: string): Promise<PeriodInfo>;
  /** ReadAmounts reads amounts that were copied from a spreadsheet. Amounts without periods follow each other from first on. */
  ReadAmounts(draft: BudgetDraft, text: string, first: string): Promise<PastedAmounts>;
  /** Save keeps a budget and returns its version, if the stored one is of the version seen; 0 = there was none. */
  Save(draft: BudgetDraft, version: number): Promise<number>;
  /** Standings returns how all budgets stand in the period that matters now: the one that is running, else the last that has begun, else the first. */
  Standings(): Promise<BudgetsInfo>;
  /** Versions returns all versions of a budget, the newest first, also of one that cannot be calculated. */
  Versions(name: string): Promise<BudgetInfo[]>;
};

/** Alerts gives the page what somebody should know, and the channels that send it. Secrets go from the page to the keychain of the system and never back. */
export type Alerts = {
  /** AddChannel adds a channel for the alerts that are raised from now on. Its secret goes into the keychain of the system; without that the channel is not added. */
  AddChannel(draft: ChannelDraft, secret: string): Promise<void>;
  /** Channels returns where alerts are sent to. */
  Channels(): Promise<ChannelInfo[]>;
  /** DeleteRule removes an alert rule if the stored one is of the version seen; its alerts stay. */
  DeleteRule(name: string, version: number): Promise<void>;
  /** Deliver sends what waits, and returns what it tried. */
  Deliver(): Promise<DeliveryInfo[]>;
  /** Deliveries returns what was sent and what was tried, the newest first. */
  Deliveries(): Promise<DeliveryInfo[]>;
  /** List returns all alerts, the newest first. */
  List(): Promise<AlertInfo[]>;
  /** MarkRead marks alerts as read, or as not read. */
  MarkRead(ids: number[], read: boolean): Promise<void>;
  /** RemoveChannel removes a channel and its secret if the stored one is of the version seen; what it sent stays in the log. */
  RemoveChannel(name: string, version: number): Promise<void>;
  /** Rules lists what raises alerts beside budgets. */
  Rules(): Promise<AlertRuleInfo[]>;
  /** SaveRule keeps an alert rule and returns its version, if the stored one is of the version seen; 0 = there was none. */
  SaveRule(draft: AlertRuleDraft, version: number): Promise<number>;
  /** SetHours changes when a channel sends, if it is of the version seen. */
  SetHours(name: string, hours: ChannelHours, version: number): Promise<void>;
  /** Test sends a message that says that it is a test. */
  Test(name: string): Promise<void>;
};

/** Forecasts gives the page what costs will come to. */
export type Forecasts = {
  /** Build forecasts a cost. A history that is too short is no error: Refused says why there is no forecast. */
  Build(q: ForecastQuestion): Promise<ForecastInfo>;
  /** DeletePlanned removes a planned change if the stored one is of the version seen. */
  DeletePlanned(name: string, version: number): Promise<void>;
  /** Estimate says what the days cost that have passed and that a provider has not delivered yet. It is in no total; Months does not count. */
  Estimate(q: ForecastQuestion): Promise<EstimateInfo>;
  /** Freeze keeps a forecast under a name, to be compared with what comes. */
  Freeze(name: string, scope: string, q: ForecastQuestion): Promise<void>;
  /** Frozen lists the frozen forecasts by name, each beside what came. */
  Frozen(): Promise<FrozenInfo[]>;
  /** Planned lists the planned changes by name. */
  Planned(): Promise<PlannedInfo[]>;
  /** SavePlanned keeps a planned change and returns its version, if the stored one is of the version seen; 0 = there was none. */
  SavePlanned(p: PlannedInput, version: number): Promise<number>;
  /** Unfreeze removes a frozen forecast. */
  Unfreeze(name: string): Promise<void>;
};

/** Anomalies gives the page what usage cost against expectation. */
export type Anomalies = {
  /** Course returns the days around an anomaly with what they should have cost. */
  Course(id: string): Promise<AnomalyDayInfo[]>;
  /** Current returns the id that the anomaly of an id has now, since a restatement can move its first day; "" = there is none any more. */
  Current(id: string): Promise<string>;
  /** DeleteMuteRule removes a rule that mutes anomalies if the stored one is of the version seen. */
  DeleteMuteRule(name: string, version: number): Promise<void>;
  /** List returns what was found: at once where it was kept, also when it is stale; then a job looks again. */
  List(): Promise<AnomaliesInfo>;
  /** Mark says how an anomaly stands and returns the version of that, if the stored one is of the version seen; 0 = nothing was said before. */
  Mark(id: string, state: AnomalyState, note: string, version: number): Promise<number>;
  /** MuteRules lists the rules that mute anomalies. */
  MuteRules(): Promise<MuteRuleInfo[]>;
  /** Preview says what each sensitivity would have found in a scope ("*" = all usage) in the last 90 days. */
  Preview(scope: string): Promise<SensitivityPreviewInfo[]>;
  /** SaveMuteRule keeps a rule that mutes anomalies and returns its version, if the stored one is of the version seen; 0 = there was none. */
  SaveMuteRule(rule: MuteRuleInput, version: number): Promise<number>;
  /** Sensitivities lists how far a day must be off to be an anomaly, all usage first, then by scope. */
  Sensitivities(): Promise<SensitivityInfo[]>;
  /** SetSensitivity sets how far a day must be off in a scope ("*" = all usage), and returns the version of that; level "" takes it back. */
  SetSensitivity(scope: string, level: string, version: number): Promise<number>;
};

/** Connections lets the page add the places that bills come from by themselves, test and sync them. Secrets go from the page to the keychain of the system and never back. */
export type Connections = {
  /** Answer gives a test or sync that waits for it what its sign-in asks for, such as the code of an MFA device. */
  Answer(jobID: string, answer: string): Promise<void>;
  /** ChooseCertificates asks for a file of certificates; "" when the person cancelled. */
  ChooseCertificates(): Promise<string>;
  /** ChooseFolder asks for a folder that exports are delivered into; "" when the person cancelled. */
  ChooseFolder(): Promise<string>;
  /** History returns the newest syncs of a connection, the newest first; name "" = of all. */
  History(name: string): Promise<SyncRunInfo[]>;
  /** Hosts lists every host that was contacted for the workspace, when, for what and how many bytes. */
  Hosts(): Promise<HostInfo[]>;
  /** Kinds lists the kinds of connections that there are. */
  Kinds(): Promise<ConnectorInfo[]>;
  /** List lists the connections by name. It asks the keychain whether it has their secrets. */
  List(): Promise<ConnectionInfo[]>;
  /** Network returns how the network is reached for the workspace, and when that happens unasked. */
  Network(): Promise<NetworkSettings>;
  /** Policies returns what a connection of a kind with these values must be allowed. */
  Policies(kind: string, values: OptionValue[]): Promise<PolicyInfo[]>;
  /** Remove removes a connection and its secrets if the stored one is of the version seen; what it brought in stays. */
  Remove(name: string, version: number): Promise<void>;
  /** RemoveSchedule removes what the operating system runs every day for the workspace. */
  RemoveSchedule(): Promise<void>;
  /** Save adds a connection (version 0) or changes the one of the name, if it is of the version seen. It contacts nobody. */
  Save(draft: ConnectionDraft, version: number): Promise<ConnectionInfo>;
  /** Schedule returns what the operating system would be asked to run every day at a local time HH:MM, and with install asks it. */
  Schedule(at: string, install: boolean): Promise<ScheduleInfo>;
  /** Scheduled returns what the operating system runs every day for the workspace. */
  Scheduled(): Promise<ScheduleInfo>;
  /** SetNetwork changes that, where what is stored is of the version that the page shows. */
  SetNetwork(settings: NetworkSettings): Promise<void>;
  /** Standings says how fresh what connections bring in is, by provider. It does not ask the keychain. */
  Standings(): Promise<ProviderStanding[]>;
  /** Sync brings in what is new or changed of the connections of these names, as a job for each. */
  Sync(names: string[]): Promise<JobInfo[]>;
  /** Test goes through what a sync of a connection needs, step by step, as a job of its kind, and waits for it. It changes nothing. */
  Test(name: string): Promise<TestStep[]>;
};

/** Migrations lets the page keep assessments of a migration and see what they come to. */
export type Migrations = {
  /** Assess makes an assessment with the figures of today, as a job, and returns when it has ended. A profile with wrong fields is refused. */
  Assess(name: string): Promise<AssessmentResult>;
  /** Changes compares two results line by line, by their ids. */
  Changes(name: string, before: number, after: number): Promise<AssessmentChanges>;
  /** ChooseFile asks for a table of machines; "" when the person cancelled. */
  ChooseFile(): Promise<string>;
  /** Delete removes an assessment with its results if the stored one is of the version seen. */
  Delete(name: string, version: number): Promise<void>;
  /** Duplicate makes an assessment of the same profile under another name. */
  Duplicate(name: string, as: string): Promise<void>;
  /** EditTask keeps what a person decided about a phase of the plan. */
  EditTask(name: string, phase: string, change: TaskChange, version: number): Promise<void>;
  /** Export asks where to write what an assessment came to and writes it: csv and xlsx have one of its tables, project is the plan as XML of Microsoft Project, calendar an iCalendar file. "" when the person cancelled. */
  Export(name: string, part: MigrationPart, format: MigrationFormat): Promise<string>;
  /** Form returns the table of rules, and what the fields of the form can be filled with. */
  Form(): Promise<MigrationForm>;
  /** List lists the assessments by name. */
  List(): Promise<AssessmentInfo[]>;
  /** New makes an assessment: from the bills of the last complete month, from a template, or empty where neither is said. */
  New(name: string, fromLedger: boolean, template: string): Promise<AssessmentDraft>;
  /** Open returns an assessment for its form. */
  Open(name: string): Promise<AssessmentDraft>;
  /** Prefill replaces the workloads with those that the bills of the last complete month show. */
  Prefill(name: string, version: number): Promise<AssessmentDraft>;
  /** Prices says with which prices assessments are made, and where newer ones would be asked for. A profile with wrong fields is refused. */
  Prices(name: string): Promise<PriceInfo>;
  /** ReadFile reads workloads from a table of machines: with the names of the workload fields, RVTools or Azure Migrate. */
  ReadFile(path: string): Promise<WorkloadLines>;
  /** ReadText reads workloads that were copied from a spreadsheet. */
  ReadText(text: string): Promise<WorkloadLines>;
  /** RefreshPrices reads what the providers list today for the regions of an assessment, as a job, and returns when it has ended. googleKey is an API key of Google, which is kept nowhere; "" = its list is not read. */
  RefreshPrices(name: string, googleKey: string): Promise<ReadRegion[]>;
  /** ResetPrices goes back to the prices that the program carries. */
  ResetPrices(): Promise<void>;
  /** Result returns what an assessment came to the last time; it answers not found where it was not assessed yet. */
  Result(name: string): Promise<AssessmentResult>;
  /** Review lists what stands in the way of an assessment, and what is not known. A profile with wrong fields is refused. */
  Review(name: string): Promise<AssessmentReview>;
  /** Save keeps a profile as far as it was typed, if the stored one is of the version seen; 0 = there was none. */
  Save(name: string, profile: string, step: string, version: number): Promise<SavedDraft>;
  /** WhatIf calculates the eligible providers under other assumptions; targets and the plan stay. */
  WhatIf(name: string, question: WhatIf): Promise<MigrationOutcome[]>;
};

/** App lets the page use the program itself. */
export type App = {
  /** Info says what the program is and where it runs. */
  Info(): Promise<AppInfo>;
  /** LogError puts a failure of the page into the log and returns the reference that finds it there. */
  LogError(message: string, detail: string): Promise<string>;
  /** OpenLog shows the log in the file manager of the system. CodeUnavailable where there is none; the message then says where the log is. */
  OpenLog(): Promise<void>;
  /** Print opens the print dialog of the system. What is printed is what the page shows to a printer at that moment. */
  Print(): Promise<void>;
  /** SaveText writes a text to a file that the person chooses; "" when the person cancelled. */
  SaveText(suggestedName: string, text: string): Promise<string>;
};

/** Everything that the page can call. */
export type Ports = {
  Workspaces: Workspaces;
  Imports: Imports;
  Mappings: Mappings;
  Bills: Bills;
  Jobs: Jobs;
  Ledger: Ledger;
  Filters: Filters;
  Dimensions: Dimensions;
  Scopes: Scopes;
  Quality: Quality;
  Reconciliation: Reconciliation;
  Savings: Savings;
  Documents: Documents;
  Commitments: Commitments;
  Budgets: Budgets;
  Alerts: Alerts;
  Forecasts: Forecasts;
  Anomalies: Anomalies;
  Connections: Connections;
  Migrations: Migrations;
  App: App;
};

/** What the Go side reports without a call. */
export type EventMap = {
  /** ChangeInfo */
  changed: ChangeInfo;
  /** []string */
  'files:dropped': string[];
  /** JobInfo */
  job: JobInfo;
};
