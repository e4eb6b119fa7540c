package service

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/store"
)

// Bills says of each bill which of its exports is used, and what a newer state of it changed.
type Bills struct{ *workspace }

// VersionState says what became of a version of a bill.
type VersionState string

// The states of a version of a bill.
const (
	VersionCounted  VersionState = "counted"  // its costs count
	VersionExcluded VersionState = "excluded" // another export or view of the bill is used
	VersionReplaced VersionState = "replaced" // another state of the export is used
	VersionUndone   VersionState = "undone"   // taken back; its lines are gone, its totals are kept
)

// AllExports is the choice that every export of a bill counts.
const AllExports = store.AllExports

// BillVersion is what one import brought of a bill from one export.
type BillVersion struct {
	ImportID    int64          `json:"importId"`
	ImportedAt  string         `json:"importedAt"` // RFC 3339
	User        string         `json:"user"`
	Export      string         `json:"export"`      // name of the source that read it: "focus", "aws-cur"
	Part        string         `json:"part"`        // part of the bill, "" = the whole: "actual", "amortized"
	Formats     []string       `json:"formats"`     // of the files
	FormatNames []string       `json:"formatNames"` // as people call them
	Files       []string       `json:"files"`
	State       VersionState   `json:"state"`
	StateTitle  string         `json:"stateTitle"` // the state in words
	ReplacedBy  *int64         `json:"replacedBy"` // import whose newer state took its place; null = none
	Lines       int64          `json:"lines"`
	FirstDay    string         `json:"firstDay"`
	LastDay     string         `json:"lastDay"`
	Totals      []ingest.Total `json:"totals"`

	slices []store.Slice
}

// BillInfo is a bill of the workspace: provider, billing account and month. It crosses to the window and to --json as
// it is.
type BillInfo struct {
	ingest.Bill
	Lines          int64          `json:"lines"`          // of the versions that count
	LastDay        string         `json:"lastDay"`        // of the versions that count; without daily detail, of their month
	Totals         []ingest.Total `json:"totals"`         // of the versions that count
	SourceOfRecord string         `json:"sourceOfRecord"` // export that a person chose, "" = none, "*" = all, "=" = the charges under this account
	CountedUnder   *ingest.Bill   `json:"countedUnder"`   // the bill under another account with the same charges, which count there; null = none
	Versions       []BillVersion  `json:"versions"`       // newest first
}

// List lists the bills, the newest month first, with every version that was imported: which
// files count, which are excluded because another export is used, and which were replaced.
func (w Bills) List(ctx context.Context) ([]BillInfo, error) {
	imports, err := Imports(w).List(ctx)
	if err != nil {
		return nil, err
	}
	totals, err := w.db.ControlTotals(ctx)
	if err != nil {
		return nil, fmt.Errorf("list control totals: %w", err)
	}
	from, err := w.db.SliceFiles(ctx)
	if err != nil {
		return nil, fmt.Errorf("list the files of the bills: %w", err)
	}
	ofRecord, err := w.db.SourcesOfRecord(ctx)
	if err != nil {
		return nil, fmt.Errorf("list the choices: %w", err)
	}
	perSlice := map[int64][]ingest.Total{}
	for _, t := range totals {
		if t.Known > 0 {
			perSlice[t.SliceID] = append(perSlice[t.SliceID], ingest.Total{Currency: t.Currency, Metric: t.Metric, Amount: t.Amount})
		}
	}
	bills := map[ingest.BillKey]*BillInfo{}
	for _, imp := range imports { // newest first
		for _, s := range imp.Slices {
			b := billOfSlice(s)
			if s.Lines == 0 {
				continue
			}
			if bills[b.Key()] == nil {
				bills[b.Key()] = &BillInfo{Bill: b, Totals: []ingest.Total{}, Versions: []BillVersion{}}
			}
			bills[b.Key()].add(imp, s, from[s.ID], perSlice[s.ID])
		}
	}
	for _, c := range ofRecord {
		if b := bills[ingest.Bill{Provider: c.Provider, Account: c.BillingAccount, Month: c.Month}.Key()]; b != nil {
			b.SourceOfRecord = c.Export
		}
	}
	list := make([]BillInfo, 0, len(bills))
	for _, b := range bills {
		ingest.SortTotals(b.Totals)
		b.nameStates()
		list = append(list, *b)
	}
	if err := w.countedUnder(ctx, list); err != nil {
		return nil, err
	}
	if err := w.coverMonths(ctx, list); err != nil {
		return nil, err
	}
	slices.SortFunc(list, func(a, b BillInfo) int {
		return cmp.Or(-cmp.Compare(a.Month, b.Month), strings.Compare(a.Provider, b.Provider), strings.Compare(a.Account, b.Account))
	})
	return list, nil
}

// coverMonths lets bills without daily detail reach to the end of their month, as far as the ledger says that
// their account does: their charges only begin on the first days of it.
func (w Bills) coverMonths(ctx context.Context, list []BillInfo) error {
	state, err := w.engine.State(ctx)
	if err != nil {
		return fmt.Errorf("read how far the accounts have charges: %w", err)
	}
	type account struct{ provider, name string }
	monthly := map[account]finops.Day{}
	for _, a := range state.Accounts {
		if a.Monthly {
			monthly[account{a.Provider, a.Account}] = a.Last
		}
	}
	for i := range list {
		b := &list[i]
		last, ok := monthly[account{b.Provider, b.Account}]
		if !ok || b.LastDay == "" {
			continue
		}
		through := min(b.Month.Last(), last).String()
		b.LastDay = max(b.LastDay, through)
		for at := range b.Versions {
			if v := &b.Versions[at]; v.State == VersionCounted {
				v.LastDay = max(v.LastDay, through)
			}
		}
	}
	return nil
}

// countedUnder finds where the charges of a bill count of which nothing does.
func (w Bills) countedUnder(ctx context.Context, list []BillInfo) error {
	idle := func(b *BillInfo) bool {
		return b.Lines == 0 && slices.ContainsFunc(b.Versions, func(v BillVersion) bool { return v.State != VersionUndone })
	}
	if !slices.ContainsFunc(list, func(b BillInfo) bool { return idle(&b) }) {
		return nil
	}
	records, err := w.db.BillRecords(ctx)
	if err != nil {
		return fmt.Errorf("list what there is of the bills: %w", err)
	}
	for _, names := range ingest.OneBill(records) {
		counts := slices.IndexFunc(list, func(b BillInfo) bool { return b.Lines > 0 && isOneOf(names, b.Bill) })
		for i := range list {
			if b := &list[i]; counts >= 0 && idle(b) && isOneOf(names, b.Bill) {
				b.CountedUnder = new(list[counts].Bill)
			}
		}
	}
	return nil
}

func isOneOf(bills []ingest.Bill, bill ingest.Bill) bool {
	return slices.ContainsFunc(bills, func(b ingest.Bill) bool { return b.Key() == bill.Key() })
}

// add adds a slice to the version that it belongs to: what one import brought of the bill from
// one export and in one state.
func (b *BillInfo) add(imp ImportInfo, s store.Slice, files []int64, totals []ingest.Total) {
	state := stateOfSlice(s)
	i := slices.IndexFunc(b.Versions, func(v BillVersion) bool {
		return v.ImportID == imp.ID && v.Export == s.Export && v.Part == s.Part && v.State == state && v.slices[0].ReplacedBy == s.ReplacedBy
	})
	if i < 0 {
		i = len(b.Versions)
		v := BillVersion{
			ImportID: imp.ID, User: imp.User, Export: s.Export, Part: s.Part, Formats: []string{}, FormatNames: []string{}, Files: []string{}, State: state, FirstDay: s.FirstDay, LastDay: s.LastDay,
			Totals: []ingest.Total{},
		}
		if !imp.FinishedAt.IsZero() {
			v.ImportedAt = imp.FinishedAt.UTC().Format(time.RFC3339)
		}
		if s.ReplacedBy != 0 {
			v.ReplacedBy = &s.ReplacedBy
		}
		b.Versions = append(b.Versions, v)
	}
	v := &b.Versions[i]
	v.slices = append(v.slices, s)
	v.Lines += s.Lines
	v.FirstDay, v.LastDay = min(v.FirstDay, s.FirstDay), max(v.LastDay, s.LastDay)
	for j := range totals {
		totals[j].Month = s.Month
	}
	v.Totals = addTotals(v.Totals, totals)
	ingest.SortTotals(v.Totals)
	for _, f := range imp.Files {
		if slices.Contains(files, f.ID) && !slices.Contains(v.Files, f.Path) {
			v.Files = append(v.Files, f.Path)
			if !slices.Contains(v.Formats, f.Format) {
				v.Formats, v.FormatNames = append(v.Formats, f.Format), append(v.FormatNames, finops.FormatName(f.Format, ""))
			}
		}
	}
	if state != VersionCounted {
		return
	}
	if b.Lines == 0 {
		b.Bill = billOfSlice(s) // as what counts spells it
	}
	b.Lines += s.Lines
	b.LastDay = max(b.LastDay, s.LastDay)
	b.Totals = addTotals(b.Totals, totals)
}

// billOfSlice names the bill of a slice; older versions kept the names of the file.
func billOfSlice(s store.Slice) ingest.Bill {
	return ingest.Bill{Provider: finops.CanonicalProvider(s.Provider), Account: finops.CanonicalAccount(s.BillingAccount), Month: s.Month}
}

func stateOfSlice(s store.Slice) VersionState {
	switch {
	case s.State == "active":
		return VersionCounted
	case s.State == "undone":
		return VersionUndone
	case s.Unused:
		return VersionExcluded
	}
	return VersionReplaced
}

// nameStates says the state of each version in words. Where only some days of what an import brought are in a state,
// the words name them.
func (b *BillInfo) nameStates() {
	for i := range b.Versions {
		v := &b.Versions[i]
		title := map[VersionState]string{VersionCounted: "Counted", VersionExcluded: "Not counted", VersionReplaced: "Replaced", VersionUndone: "Undone"}[v.State]
		if v.State == VersionReplaced && v.ReplacedBy != nil {
			title = fmt.Sprintf("Replaced by import %d", *v.ReplacedBy)
		}
		split := slices.ContainsFunc(b.Versions, func(o BillVersion) bool {
			return o.ImportID == v.ImportID && o.Export == v.Export && o.Part == v.Part && (o.State != v.State || o.slices[0].ReplacedBy != v.slices[0].ReplacedBy)
		})
		switch {
		case split && v.State == VersionCounted:
			title = "Partly counted"
		case split:
			title = v.days() + " " + strings.ToLower(title[:1]) + title[1:]
		}
		v.StateTitle = title
	}
}

// days are the days that the version has charges of, in words.
func (v *BillVersion) days() string {
	first, err := finops.ParseDay(v.FirstDay)
	last, err2 := finops.ParseDay(v.LastDay)
	if err != nil || err2 != nil {
		return v.FirstDay + " – " + v.LastDay // a day that only a workspace made by hand has
	}
	return finops.DaysInWords(first, last)
}

// addTotals adds totals by currency and metric.
func addTotals(sums, more []ingest.Total) []ingest.Total {
	for _, t := range more {
		i := slices.IndexFunc(sums, func(have ingest.Total) bool { return have.Currency == t.Currency && have.Metric == t.Metric })
		if i < 0 {
			sums = append(sums, t)
			continue
		}
		sums[i].Amount.AddSum(t.Amount)
	}
	return sums
}

// BillFilter says which bills are meant: those of a month (YYYY-MM), provider and billing account, however an export
// spells them, that an import brought something of. Null leaves a part open; "" is a name, too.
type BillFilter struct {
	Month    *string `json:"month"`
	Provider *string `json:"provider"`
	Account  *string `json:"account"`
	ImportID *int64  `json:"importId"`
}

func (f *BillFilter) fits(b *BillInfo) bool {
	return (f.Month == nil || *f.Month == b.Month.String()) &&
		(f.Provider == nil || strings.EqualFold(finops.CanonicalProvider(*f.Provider), b.Provider)) &&
		(f.Account == nil || strings.EqualFold(finops.CanonicalAccount(*f.Account), b.Account)) &&
		(f.ImportID == nil || slices.ContainsFunc(b.Versions, func(v BillVersion) bool { return v.ImportID == *f.ImportID }))
}

// ThisAccount is the choice that of a bill which goes by two accounts the charges under this one count.
const ThisAccount = store.ThisAccount

// UseExport says which export of a bill is used; AllExports lets all of them count, ThisAccount the charges under
// the account of the bill in place of those under another one, and "" forgets what was chosen. It answers
// CodeNotFound when the workspace does not have the bill from that export.
func (w Bills) UseExport(ctx context.Context, bill ingest.Bill, export string) error {
	b, err := w.byName(ctx, bill)
	if err != nil {
		return err
	}
	current := slices.ContainsFunc(b.Versions, func(v BillVersion) bool {
		return v.Export == export && (v.State == VersionCounted || v.State == VersionExcluded)
	})
	if !current && export != AllExports && export != ThisAccount && export != "" {
		return finops.Errorf(finops.CodeNotFound, "The workspace has no bill of %s, account %s, %s from the export %q.", bill.Provider, bill.Account, bill.Month, export)
	}
	choices := []store.SourceOfRecord{b.choice(export)}
	if export == ThisAccount {
		if b.CountedUnder == nil {
			return finops.Errorf(finops.CodeConflict, "The charges of this bill count under no other account. Look at the bills again.")
		}
		other, err := w.byName(ctx, *b.CountedUnder)
		if err != nil {
			return err
		}
		choices = append(choices, other.choice(""))
	}
	if err := w.prepare(ctx); err != nil {
		return err
	}
	return w.withAlerts(ctx, func() error { return w.db.SetSourcesOfRecord(ctx, choices, w.user, w.now(), ingest.Decide) })
}

// choice is kept under one spelling of the account, so that a later one takes its place.
func (b *BillInfo) choice(export string) store.SourceOfRecord {
	first := b.Versions[len(b.Versions)-1].slices[0]
	return store.SourceOfRecord{Provider: first.Provider, BillingAccount: first.BillingAccount, Month: first.Month, Export: export}
}

func (w Bills) byName(ctx context.Context, bill ingest.Bill) (*BillInfo, error) {
	bills, err := w.List(ctx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(bills, func(b BillInfo) bool { return b.Key() == bill.Key() })
	if i < 0 {
		return nil, finops.Errorf(finops.CodeNotFound, "The workspace has no bill of %s, account %s, %s.", bill.Provider, bill.Account, bill.Month)
	}
	return &bills[i], nil
}

// Changes says what changed between two imports of a bill: of the older one what the newer one
// replaced, or all of it where that was replaced by others. Lines of an import that was undone
// are gone, so it answers CodeNotFound for one.
func (w Bills) Changes(ctx context.Context, bill ingest.Bill, before, now int64) (*ingest.Change, error) {
	b, err := w.byName(ctx, bill)
	if err != nil {
		return nil, err
	}
	older, err := b.slices(before)
	if err != nil {
		return nil, err
	}
	newer, err := b.slices(now)
	if err != nil {
		return nil, err
	}
	replaced := slices.DeleteFunc(slices.Clone(older), func(s store.Slice) bool { return s.ReplacedBy != now })
	if len(replaced) > 0 {
		older = replaced
	}
	comparer, err := ingest.NewComparer(ctx, w.db)
	if err != nil {
		return nil, err
	}
	return comparer.Compare(ctx, older, newer)
}

func (b *BillInfo) slices(importID int64) (list []store.Slice, err error) {
	for _, v := range b.Versions {
		if v.ImportID == importID && v.State != VersionUndone {
			list = append(list, v.slices...)
		}
	}
	if len(list) == 0 {
		return nil, finops.Errorf(finops.CodeNotFound, "Import %d has no lines of this bill.", importID)
	}
	return list, nil
}
