package migration

import "cloud-intelligence/backend/finops"

// Profile is what an assessment is made of: the four steps of the wizard as they were decoded, with defaults filled in.
type Profile struct {
	Organization Organization
	Workloads    []Workload
	Requirements Requirements
}

// Organization is who moves, and from where.
type Organization struct {
	Name, CompanySize, Industry, IndustryOther string
	Countries                                  []string // ISO 3166; the first is the seat
	Infrastructure                             string   // on_prem, cloud or hybrid
	SourceProviders                            []string // aws, azure, gcp, oci, ibm, alibaba, other
	SourceRegion                               string
	CurrentMonthlyCost                         *finops.Amount // USD; nil = unknown
	Commitments                                []Commitment
	TeamSize                                   int
	TeamShare                                  finops.Amount  // percent of the team's time
	Skill                                      map[string]int // by provider, 0..5
	LabourRate                                 finops.Amount  // USD an hour
	Currency                                   string         // for display only
	CurrencyRate                               *finops.Amount // units per USD
	CurrencyRateDate                           *finops.Day
	VMware                                     bool
	HardwareBookValue                          finops.Amount // USD
}

// Seat is the country of the organisation.
func (o *Organization) Seat() string { return o.Countries[0] }

// Commitment is what is paid at the source until a day, whatever is used.
type Commitment struct {
	Kind       string
	MonthlyUSD finops.Amount
	EndDate    finops.Day
}

// Workload is a line of the estate: a number of machines that are alike. Vcpu, memory, block and database storage are of one
// machine; object storage, requests and traffic of all together.
type Workload struct {
	Name, Type, Environment              string
	Count                                int
	VCPU                                 int
	MemoryGiB                            finops.Amount
	CPUP95, MemP95                       *finops.Amount // percent; nil = unknown
	Hours                                finops.Amount  // a month
	OS, OSLicence, Arch                  string
	BlockGiB                             finops.Amount
	BlockType                            string
	IOPS, MBps                           finops.Amount
	ObjectGiB                            finops.Amount
	ObjectClass                          string
	RequestsK                            finops.Amount // thousands a month
	Engine                               string        // none, or the engine of a database
	DBStorageGiB                         finops.Amount
	DBHA                                 bool
	DBLicence                            string
	EgressGB, EastWestGB                 finops.Amount // a month
	Growth                               finops.Amount // percent a year
	Criticality                          int
	DependsOn                            []string
	Strategy                             string            // auto, or one of the seven
	Services                             map[string]string // key to level; nil = from the type
	DataChangeGBDay                      *finops.Amount    // nil = 2 % of the data
	GPUModel                             string
	GPUCount                             int
	SourceCPUFamily                      string // such as aws/m5
	EndOfLife                            bool
	SaaSName                             string
	ChangeRate                           int
	SharedState, LicenceBound            bool
	PlantLatencyMs                       *finops.Amount
	storageGiven, egressGiven, depsGiven bool // for the confidence: what the person said, not the default
	osLicenceGiven, dbLicenceGiven       bool
}

// Requirements is what the destination must meet, and how the answer is made.
type Requirements struct {
	Candidates                                   []string
	Frameworks                                   []Framework
	Residency                                    []string
	TargetGeo                                    string            // of the region map; "" = from the seat or TargetRegions
	TargetRegions                                map[string]string // by provider
	Locations                                    []Location
	LatencyMs                                    *finops.Amount
	Availability                                 finops.Amount // percent
	RTOMinutes, RPOMinutes                       int
	BudgetMonthly, BudgetOneOff                  *finops.Amount
	BudgetMonthlyHard, BudgetOneOffHard          bool
	Start                                        finops.Day
	Deadline                                     *finops.Day
	Freezes                                      []Span
	DowntimeHours                                finops.Amount
	Preferred                                    map[string]string // service key to level
	LockIn                                       string            // low, medium or high tolerance
	Term                                         string            // on_demand, 1yr, 3yr, flex_1yr or flex_3yr
	Sizing                                       string            // as_is, performance or aggressive
	ComfortFactor                                *finops.Amount    // nil = that of the sizing
	Horizon                                      int               // months
	WACC                                         finops.Amount     // percent a year
	LeavingSource                                bool
	Weights                                      map[string]int // by part of the score, percent
	AllowBurstable, AcceptRestricted             bool
	SupportPct, ObservabilityPct, ContingencyPct finops.Amount
	TrainingUSDPerPerson, ToolingUSD, PartnerUSD finops.Amount
	BufferPct                                    finops.Amount
	DiscountPct                                  map[string]finops.Amount // known discount by provider, percent off its list prices
}

// Framework is a compliance framework that is asked for.
type Framework struct {
	Name string
	Must bool
}

// Location is where a share of the users is.
type Location struct {
	Country string
	Share   finops.Amount // percent
}

// Span is a range of days, both included.
type Span struct{ Start, End finops.Day }
