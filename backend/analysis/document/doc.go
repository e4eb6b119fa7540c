// Package document reads what a client exports about its clouds beside the bills: inventories, metrics and recommendations of the
// providers, as their own command-line tools and portals write them, and the client's own price sheets.
//
// Read finds out what a file is and turns it into a Document: things (a machine, a volume, an address …), series of measurements, and
// advice of the provider, all under keys that the ids on a bill have too (see Keys). Facts puts several documents together; of two that
// say something of one resource the newer one counts.
//
// Invariants: a file that is none of the kinds is an error with a sentence, never a panic and never a part of a document; unknown
// fields are passed over; what is absent from a document proves nothing unless the document is whole. docs/documents.md lists the
// kinds, docs/adr/0034 says why they are read this way.
package document

import "cloud-intelligence/backend/finops"

// Kind says what a document is.
type Kind string

// The kinds.
const (
	AWSInstances        Kind = "aws-instances"
	AWSVolumes          Kind = "aws-volumes"
	AWSSnapshots        Kind = "aws-snapshots"
	AWSImages           Kind = "aws-images"
	AWSAddresses        Kind = "aws-addresses"
	AWSBalancers        Kind = "aws-load-balancers"
	AWSTargetGroups     Kind = "aws-target-groups"
	AWSTargetHealth     Kind = "aws-target-health"
	AWSDatabases        Kind = "aws-databases"
	AWSMetrics          Kind = "aws-metrics"
	AWSMetricQueries    Kind = "aws-metric-queries"
	ComputeOptimizer    Kind = "aws-compute-optimizer"
	CostOptimizationHub Kind = "aws-cost-optimization-hub"
	TrustedAdvisor      Kind = "aws-trusted-advisor"
	AWSPurchases        Kind = "aws-purchase-recommendations"
	AzureInventory      Kind = "azure-inventory"
	AzureMetrics        Kind = "azure-metrics"
	AzureAdvisor        Kind = "azure-advisor"
	AzureReservations   Kind = "azure-reservation-recommendations"
	GoogleAssets        Kind = "gcp-assets"
	GoogleMetrics       Kind = "gcp-metrics"
	GoogleRecommender   Kind = "gcp-recommender"
	AWSPrices           Kind = "aws-prices"
	AzurePrices         Kind = "azure-prices"
	GooglePrices        Kind = "gcp-prices"
	PriceList           Kind = "price-list"
)

// Document is what one file says.
type Document struct {
	Name     string // of the file, or as the workspace calls it
	Kind     Kind
	Provider string   // canonical
	Accounts []string // accounts, subscriptions or projects that it names, in order
	Regions  []string // that it names, in order
	Day      finops.Day
	// Dated says that Day comes from the document itself; otherwise it is the day of the file.
	Dated   bool
	Entries int
	// Whole says that nothing is cut off, so that what is absent from its scope is not there.
	Whole bool

	Things []*Thing
	Series []*Series
	Advice []*Advice
	Prices []*Price
}

// Type is what a thing is.
type Type string

// The types of things.
const (
	Machine     Type = "machine"
	Disk        Type = "disk"
	Snapshot    Type = "snapshot"
	Image       Type = "image"
	Address     Type = "address"
	Balancer    Type = "balancer"
	TargetGroup Type = "targetGroup"
	Target      Type = "target"
	Database    Type = "database"
	Plan        Type = "plan"
	Gateway     Type = "gateway"
	Pool        Type = "pool"
)

// The states of things that rules ask for; others are as the provider writes them, in lower case.
const (
	Running     = "running"
	Stopped     = "stopped"
	Deallocated = "deallocated"
	Healthy     = "healthy"
)

// Thing is a resource in an inventory.
type Thing struct {
	Type    Type
	Key     string   // see Keys
	Aliases []string // other keys of it
	Name    string
	Account string
	Region  string
	State   string
	Since   finops.Day // of the state; 0 = not said
	Made    finops.Day // 0 = not said
	Size    string     // of a machine, such as m5.large
	On      []string   // keys of what it belongs to or is attached to
	From    string     // key of what it was made of: the disk of a snapshot
	Count   int        // what it holds: sites of a plan, backends of a load balancer
	// Throughput is the MB a second that a volume is set to; 0 = not said.
	Throughput int

	doc *Document
}

// Document is where the thing is listed.
func (t *Thing) Document() *Document { return t.doc }

// Series is the measurements of one statistic of one metric of a resource.
type Series struct {
	Key    string
	Metric Metric
	Stat   Stat
	Period int64 // seconds that a point stands for
	Points []Point

	doc *Document
}

// Point is a measurement. Start is in Unix seconds.
type Point struct {
	Start int64
	Value finops.Amount
}

// Metric is what is measured, the same for all providers.
type Metric string

// The metrics. CPU and Memory are percentages in use, MemoryFree, NetworkIn, NetworkOut, ReadBytes and WriteBytes bytes; the others
// are counts.
const (
	CPU         Metric = "cpu"
	Memory      Metric = "memory"
	MemoryFree  Metric = "memoryFree"
	NetworkIn   Metric = "networkIn"
	NetworkOut  Metric = "networkOut"
	ReadOps     Metric = "readOps"
	WriteOps    Metric = "writeOps"
	ReadBytes   Metric = "readBytes"
	WriteBytes  Metric = "writeBytes"
	Connections Metric = "connections"
	Requests    Metric = "requests"
)

// Stat is how the measurements of a period were put together.
type Stat string

// The statistics. Plain is what a document does not name, as with Google: of a gauge its mean, of a counter its sum.
const (
	Maximum Stat = "maximum"
	Minimum Stat = "minimum"
	Average Stat = "average"
	Total   Stat = "sum"
	P99     Stat = "p99"
	Plain   Stat = "plain"
)

// Advice is a recommendation of the provider itself.
type Advice struct {
	Key      string
	Action   string         // stop, delete, resize, idle, none or reserve
	Target   string         // what it proposes in its place; "" = nothing
	Monthly  *finops.Amount // saving of a month as the provider counts it; nil = not said
	Currency string
	Said     string    // the recommendation in the provider's own words
	Note     string    // what its amount leaves out; "" = nothing
	Purchase *Purchase // what is to be bought, where the action is reserve and the recommendation says it

	doc *Document
}

// Purchase is the commitment that a provider recommends to buy.
type Purchase struct {
	Of       Program
	Region   string         // "" = every region
	Machine  string         // the kind of machine that a reservation is for, as the provider names it
	Family   string         // of a Savings Plan that is bound to one
	Quantity string         // of a reservation, how many; "" = not said
	Hourly   *finops.Amount // money an hour; nil for reservations
	Years    int            // 0 = not said
	Payment  string         // none, partial or all; "" = not said
	LookBack int            // days of usage that it rests on; 0 = not said
	From     finops.Day     // the first of them; 0 = not said
	Account  string         // the only account whose usage it rests on; "" = all, or not said
}

// Program is what kind of commitment is bought.
type Program string

// The programs that are told apart.
const (
	ProgramFlexible    Program = "flexible"    // all machines of the provider
	ProgramFamily      Program = "family"      // machines of a family in a region
	ProgramReservation Program = "reservation" // machines of a type in a region
	ProgramOther       Program = "other"       // what is no machine
)

// Document is where the advice is.
func (a *Advice) Document() *Document { return a.doc }
