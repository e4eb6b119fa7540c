package migration

import (
	"cloud-intelligence/backend/finops"
)

// Parts are the parts of the score.
var Parts = []string{"cost", "services", "compliance", "performance"}

// Result is an assessment. Its JSON is what the command line prints.
type Result struct {
	Basis          Basis          `json:"basis"`
	PriceBook      PriceBook      `json:"priceBook"`
	Providers      []Provider     `json:"providers"` // eligible ones by score, then the others
	Recommendation Recommendation `json:"recommendation"`
	Sensitivity    Sensitivity    `json:"sensitivity"`
	Plan           Plan           `json:"plan"`
	NotCounted     []NotCounted   `json:"notCounted"`
	Unmapped       []Unmapped     `json:"unmapped"`
	Notes          []string       `json:"notes"`    // what the figures leave out
	Warnings       []string       `json:"warnings"` // what should be looked at
}

// Basis is what the profile asked for, as far as the figures cannot be read without it.
type Basis struct {
	Weights        Weights       `json:"weights"`
	PurchaseOption string        `json:"purchaseOption"`
	HorizonMonths  int           `json:"horizonMonths"`
	WACCPct        finops.Amount `json:"waccPct"`
}

// Weights are the weights of the parts of the score, in percent.
type Weights struct {
	Cost        int `json:"cost"`
	Services    int `json:"services"`
	Compliance  int `json:"compliance"`
	Performance int `json:"performance"`
}

// PriceBook says which figures were used.
type PriceBook struct {
	Version    string            `json:"version"`
	OldestAsOf string            `json:"oldestAsOf"`                           // YYYY-MM-DD; "" = no figure was used
	Tables     map[string]string `json:"tables" wire:"Record<string, string>"` // the oldest figure used of each table
}

// Provider is what the estate costs on one provider, and how well it fits.
type Provider struct {
	Provider      string         `json:"provider"`
	Eligible      bool           `json:"eligible"`
	Gates         []Gate         `json:"gates"`
	Region        *string        `json:"region"`
	RegionReason  string         `json:"regionReason"`
	Discount      *finops.Amount `json:"discountPct,omitempty"` // known discount, percent, which is taken off in all amounts but licences; nil = none
	Monthly       *Components    `json:"monthly"`               // at the purchase option
	Terms         *TermTotals    `json:"terms"`
	OneOff        *finops.Amount `json:"oneOff"` // likely
	OneOffParts   *OneOff        `json:"oneOffParts"`
	OneOffLow     *finops.Amount `json:"oneOffLow"`
	OneOffHigh    *finops.Amount `json:"oneOffHigh"`
	NPV           *finops.Amount `json:"npv"`
	ROI           *finops.Amount `json:"roi"` // 1 = the saving is twice the one-off cost
	PaybackMonth  *Tenth         `json:"paybackMonth" wire:"number | null"`
	HorizonCost   *finops.Amount `json:"horizonCost"` // run and one-off, discounted
	Score         *Score         `json:"score"`
	Contributions []Contribution `json:"contributions"`
	Confidence    Confidence     `json:"confidence"`
	CashFlow      []Month        `json:"cashFlow"`
	Tornado       []Bar          `json:"tornado"`
	Workloads     []Line         `json:"workloads"`
}

// Gate is a reason why a provider is out of the question.
type Gate struct {
	Code    string `json:"code"` // residency, framework, service, budget_monthly or budget_one_off
	Subject string `json:"subject"`
	Message string `json:"message"`
}

// Components are USD a month by component.
type Components struct {
	Total    finops.Amount `json:"total"`
	Compute  finops.Amount `json:"compute"`
	Licences finops.Amount `json:"licences"`
	Block    finops.Amount `json:"block"`
	Object   finops.Amount `json:"object"`
	Database finops.Amount `json:"database"`
	Network  finops.Amount `json:"network"`
	Support  finops.Amount `json:"support"`
}

// TermTotals are USD a month, all components, with virtual machines on each term.
type TermTotals struct {
	OnDemand      finops.Amount `json:"onDemand"`
	OneYear       finops.Amount `json:"oneYear"`
	ThreeYear     finops.Amount `json:"threeYear"`
	FlexOneYear   finops.Amount `json:"flexOneYear"`
	FlexThreeYear finops.Amount `json:"flexThreeYear"`
}

// OneOff is what the move costs once, in USD.
type OneOff struct {
	Labour      finops.Amount `json:"labour"`
	DataOut     finops.Amount `json:"dataOut"`
	Training    finops.Amount `json:"training"`
	Tooling     finops.Amount `json:"tooling"`
	Partner     finops.Amount `json:"partner"`
	DualRun     finops.Amount `json:"dualRun"`
	Stranded    finops.Amount `json:"stranded"`
	Contingency finops.Amount `json:"contingency"`
	Total       finops.Amount `json:"total"`
	Note        string        `json:"note,omitempty"`
}

// Score is 0 to 100, each part with one decimal.
type Score struct {
	Total       Tenth `json:"total" wire:"number"`
	Cost        Tenth `json:"cost" wire:"number"`
	Services    Tenth `json:"services" wire:"number"`
	Compliance  Tenth `json:"compliance" wire:"number"`
	Performance Tenth `json:"performance" wire:"number"`
}

// Contribution is what something adds to a part of the score; the points of a part sum to it.
type Contribution struct {
	Part   string  `json:"part"`
	Label  string  `json:"label"`
	Value  string  `json:"value"`
	Weight Decimal `json:"weight" wire:"number"` // within the part
	Points Tenth   `json:"points" wire:"number"`
	Source string  `json:"source"`
	AsOf   string  `json:"asOf"`
}

// Confidence says how much of what was asked is known.
type Confidence struct {
	Stars int     `json:"stars"` // 1 to 5
	Share Decimal `json:"share" wire:"number"`
}

// Month is a month of the cash flow, from the start of the plan; USD.
type Month struct {
	Month      int            `json:"month"`   // 0 is the first
	Current    *finops.Amount `json:"current"` // nil where the cost of today is unknown, as for the next ones
	Source     *finops.Amount `json:"source"`
	Saving     *finops.Amount `json:"saving"`
	Cumulative *finops.Amount `json:"cumulative"`
	Target     finops.Amount  `json:"target"`
	OneOff     finops.Amount  `json:"oneOff"`
}

// Bar is how far the net present value moves with one assumption.
type Bar struct {
	Assumption string        `json:"assumption"`
	Low        string        `json:"low"`
	High       string        `json:"high"`
	NPVLow     finops.Amount `json:"npvLow"` // with the low assumption
	NPVHigh    finops.Amount `json:"npvHigh"`
}

// Line is a workload on a provider.
type Line struct {
	Name       string         `json:"name"`
	Target     *string        `json:"target"` // type or class; null = nothing fits, or it does not move
	Monthly    *finops.Amount `json:"monthly"`
	Components *Components    `json:"components"`
	Reason     string         `json:"reason"`
	RunnerUp   *string        `json:"runnerUp"`
	Unpriced   []string       `json:"unpriced"`
	Counted    bool           `json:"counted"`
	Strategy   string         `json:"strategy"`
	Prices     []PriceFrom    `json:"prices,omitempty"`
}

// PriceFrom says where the oldest price of a component of a line is from. A component that costs nothing has none.
type PriceFrom struct {
	Component string `json:"component"`
	Source    string `json:"source"` // of the price book
	AsOf      string `json:"asOf"`   // YYYY, YYYY-MM or YYYY-MM-DD
}

// NotCounted is a line that takes no part in the totals.
type NotCounted struct {
	Name   string `json:"name"`
	Reason string `json:"reason"`
}

// Unmapped is money of the ledger that became no line.
type Unmapped struct {
	Service  string        `json:"service"`
	Reason   string        `json:"reason"`
	Monthly  finops.Amount `json:"monthly"`
	Currency string        `json:"currency"`
	Month    finops.Month  `json:"month,omitzero"` // zero = that of the draft
}

// Recommendation is the first of the ranking.
type Recommendation struct {
	Provider *string `json:"provider"` // null = none can be recommended
	TooClose bool    `json:"tooClose"`
	Reason   string  `json:"reason,omitempty"` // why there is none
}
