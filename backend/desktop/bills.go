package desktop

import (
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/service"
)

// Bills lets the page see which files are used for each bill of the open workspace, how a
// bill came about, and what a newer export changed in it.
type Bills struct{ d *Desktop }

// BillName names a bill.
type BillName struct {
	Provider string `json:"provider"`
	Account  string `json:"account"`
	Month    string `json:"month"`
}

// BillInfo is a bill with all its versions, the newest first.
type BillInfo struct {
	Bill           BillName       `json:"bill"`
	Lines          int64          `json:"lines"` // of the versions that count
	LastDay        string         `json:"lastDay"`
	Totals         []ControlTotal `json:"totals"`
	SourceOfRecord string         `json:"sourceOfRecord"` // export that a person chose; "" for none, "*" for all
	Versions       []BillVersion  `json:"versions"`
}

// BillVersion is what one import brought of a bill from one export.
type BillVersion struct {
	ImportID   int64                `json:"importId"`
	ImportedAt string               `json:"importedAt"`
	User       string               `json:"user"`
	Export     string               `json:"export"` // name of the source that read it: "focus", "aws-cur"
	Part       string               `json:"part"`   // part of the bill, "" for the whole: "actual", "amortized"
	Formats    []string             `json:"formats"`
	Files      []string             `json:"files"`
	State      service.VersionState `json:"state"`
	ReplacedBy int64                `json:"replacedBy"` // import whose newer export took its place; 0 for none
	Lines      int64                `json:"lines"`
	FirstDay   string               `json:"firstDay"`
	LastDay    string               `json:"lastDay"`
	Totals     []ControlTotal       `json:"totals"`
}

// SameBill is a bill that comes from two exports or views and counts once.
type SameBill struct {
	Bill     BillName   `json:"bill"`
	Counted  BillSource `json:"counted"`
	Excluded BillSource `json:"excluded"`
}

// BillSource is what one export holds of a bill.
type BillSource struct {
	Export  string         `json:"export"`
	Part    string         `json:"part"`
	Files   []string       `json:"files"`
	Lines   int64          `json:"lines"`
	LastDay string         `json:"lastDay"`
	Totals  []ControlTotal `json:"totals"`
}

// BillChange is what a newer version changes in a bill.
type BillChange struct {
	Bill           BillName      `json:"bill"`
	Before         LinesChange   `json:"before"`
	Now            LinesChange   `json:"now"`
	New            LinesChange   `json:"new"`
	Gone           LinesChange   `json:"gone"`
	Changed        LinesChange   `json:"changed"` // lines now, and the difference of their costs
	UnchangedLines int64         `json:"unchangedLines"`
	Late           LinesChange   `json:"late"` // of the new: usage of days that the older version had already
	CreditsBefore  LinesChange   `json:"creditsBefore"`
	CreditsNow     LinesChange   `json:"creditsNow"`
	Services       []GroupChange `json:"services"` // those that changed most first
	SubAccounts    []GroupChange `json:"subAccounts"`
}

// LinesChange counts lines and what they cost.
type LinesChange struct {
	Lines int64        `json:"lines"`
	Costs []CostChange `json:"costs"`
}

// CostChange is a pair of costs in one currency.
type CostChange struct {
	Currency  string `json:"currency"`
	Billed    string `json:"billed"`
	Effective string `json:"effective"`
}

// GroupChange is what a service or sub-account cost before and now.
type GroupChange struct {
	Name            string `json:"name"` // "" where the lines name none
	Currency        string `json:"currency"`
	BilledBefore    string `json:"billedBefore"`
	BilledNow       string `json:"billedNow"`
	EffectiveBefore string `json:"effectiveBefore"`
	EffectiveNow    string `json:"effectiveNow"`
}

// List returns the bills of the open workspace, the newest month first.
func (b *Bills) List() (infos []BillInfo, err error) {
	defer caught(&err)
	infos = []BillInfo{}
	err = b.d.session.use(func(ws *service.Workspace) error {
		bills, err := ws.Bills.List(b.d.ctx)
		infos = converted(bills, billInfo)
		return err
	})
	return infos, err
}

// Changes says what changed between the versions that two imports brought of a bill.
func (b *Bills) Changes(bill BillName, before, now int64) (change BillChange, err error) {
	defer caught(&err)
	change = billChange(ingest.Change{})
	named, err := bill.bill()
	if err != nil {
		return change, err
	}
	err = b.d.session.use(func(ws *service.Workspace) error {
		made, err := ws.Bills.Changes(b.d.ctx, named, before, now)
		if err == nil {
			change = billChange(*made)
		}
		return err
	})
	return change, err
}

// UseExport says which export of a bill is used; "*" lets all of them count.
func (b *Bills) UseExport(bill BillName, exportName string) (err error) {
	defer caught(&err)
	named, err := bill.bill()
	if err != nil {
		return err
	}
	h, err := b.d.session.lease("Choosing the export of a bill", true)
	if err != nil {
		return err
	}
	defer h.release()
	if err := h.ws.Bills.UseExport(b.d.ctx, named, exportName); err != nil {
		return err
	}
	b.d.look()
	return nil
}

func (n BillName) bill() (ingest.Bill, error) {
	month, err := finops.ParseMonth(n.Month)
	return ingest.Bill{Provider: n.Provider, Account: n.Account, Month: month}, err
}

func billName(b ingest.Bill) BillName { return BillName{b.Provider, b.Account, b.Month.String()} }

func controlTotals(totals []ingest.Total) []ControlTotal {
	return converted(totals, func(t ingest.Total) ControlTotal {
		return ControlTotal{t.Currency, t.Month.String(), string(t.Metric), t.Amount.String()}
	})
}

func billInfo(b service.BillInfo) BillInfo {
	return BillInfo{
		Bill: billName(b.Bill), Lines: b.Lines, LastDay: b.LastDay, Totals: controlTotals(b.Totals), SourceOfRecord: b.SourceOfRecord,
		Versions: converted(b.Versions, func(v service.BillVersion) BillVersion {
			return BillVersion{
				ImportID: v.ImportID, ImportedAt: instant(v.ImportedAt), User: v.User, Export: v.Export, Part: v.Part, Formats: list(v.Formats), Files: list(v.Files),
				State: v.State, ReplacedBy: v.ReplacedBy, Lines: v.Lines, FirstDay: v.FirstDay, LastDay: v.LastDay, Totals: controlTotals(v.Totals),
			}
		}),
	}
}

func sameBill(s ingest.SameBill) SameBill {
	from := func(v ingest.BillSource) BillSource {
		return BillSource{Export: v.Export, Part: v.Part, Files: list(v.Files), Lines: v.Lines, LastDay: v.LastDay, Totals: controlTotals(v.Totals)}
	}
	return SameBill{Bill: billName(s.Bill), Counted: from(s.Counted), Excluded: from(s.Excluded)}
}

func billChange(c ingest.Change) BillChange {
	return BillChange{
		Bill: billName(c.Bill), Before: linesChange(c.Before), Now: linesChange(c.Now), New: linesChange(c.New), Gone: linesChange(c.Gone), Changed: linesChange(c.Changed),
		UnchangedLines: c.Unchanged, Late: linesChange(c.Late), CreditsBefore: linesChange(c.CreditsBefore), CreditsNow: linesChange(c.CreditsNow),
		Services: converted(c.Services, groupChange), SubAccounts: converted(c.Accounts, groupChange),
	}
}

func linesChange(l ingest.LinesChange) LinesChange {
	return LinesChange{Lines: l.Lines, Costs: converted(l.Costs, func(m ingest.Money) CostChange {
		return CostChange{m.Currency, m.Billed.String(), m.Effective.String()}
	})}
}

func groupChange(g ingest.GroupChange) GroupChange {
	return GroupChange{
		Name: g.Name, Currency: g.Now.Currency, BilledBefore: g.Before.Billed.String(), BilledNow: g.Now.Billed.String(),
		EffectiveBefore: g.Before.Effective.String(), EffectiveNow: g.Now.Effective.String(),
	}
}
