package service

import (
	"context"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
)

// machines reads usage line by line as far as commitments matter: what they cover, and what is paid at on-demand prices.
type machines struct {
	scan   *engine.Scan
	kinds  map[[machineKeys]uint32]*machineKind
	last   [machineKeys]uint32
	kept   *machineKind   // of last
	places map[string]int // of the columns in the scan
}

// machineKind is what the columns of a line say, once for each combination.
type machineKind struct {
	provider, account, currency string
	place                       commitment.Place
	covered                     bool   // by a commitment
	commitment                  string // its id
}

// Columns of a scan, in this order; those that the ledger has.
var machineColumns = append([]string{
	finops.DimProvider, finops.DimBillingAccount, "BillingCurrency", "CommitmentDiscountId", "CommitmentDiscountStatus",
}, commitment.PlaceColumns...)

const machineKeys = 13

// machineMeasures are the measures of the scan, by their places.
var machineMeasures = []finops.Metric{finops.ListCost, finops.ContractedCost, finops.EffectiveCost}

// only holds where a column has one of the values; nil = none.
func only(column string, values ...*string) finops.Filter {
	return finops.If(finops.Condition{Column: column, Op: finops.OpIn, Values: values})
}

func machinesOf(ctx context.Context, s *engine.Snapshot, where finops.Filter, from, to *finops.Day) (*machines, error) {
	usage, standard, used := "Usage", "Standard", "Used"
	where = finops.All(where, only("ChargeCategory", &usage), only("ChargeClass", nil), finops.Any(
		only("CommitmentDiscountStatus", &used), finops.All(only("CommitmentDiscountStatus", nil), only("PricingCategory", &standard)),
	))
	columns, err := present(ctx, s, machineColumns...)
	if err != nil {
		return nil, err
	}
	m := &machines{kinds: map[[machineKeys]uint32]*machineKind{}, places: placesOf(columns)}
	m.scan, err = s.Scan(ctx, engine.ScanQuestion{Where: where, From: from, To: to, Columns: columns, Measures: machineMeasures})
	return m, err
}

func placesOf(columns []string) map[string]int {
	places := map[string]int{}
	for i, name := range columns {
		places[name] = i
	}
	return places
}

// each calls fn with every line, by its place in a batch.
func (m *machines) each(ctx context.Context, fn func(k *machineKind, b *engine.Batch, i int)) error {
	return m.scan.Each(ctx, func(b *engine.Batch) error {
		for i := range b.Lines {
			var key [machineKeys]uint32
			for c := range b.Columns {
				key[c] = b.Columns[c][i]
			}
			if m.kept == nil || key != m.last {
				kind, ok := m.kinds[key]
				if !ok {
					kind = m.kind(key[:])
					m.kinds[key] = kind
				}
				m.last, m.kept = key, kind
			}
			fn(m.kept, b, i)
		}
		return nil
	})
}

// reader returns what a line says in a column, "" for a column that the ledger does not have.
func reader(scan *engine.Scan, places map[string]int, key []uint32) func(string) string {
	return func(column string) string {
		at, ok := places[column]
		if !ok {
			return ""
		}
		return deref(scan.Values[at][key[at]])
	}
}

func (m *machines) kind(key []uint32) *machineKind {
	v := reader(m.scan, m.places, key)
	return &machineKind{
		provider: v(finops.DimProvider), account: v(finops.DimBillingAccount), currency: v("BillingCurrency"), place: commitment.PlaceOf(v(finops.DimProvider), v),
		covered: v("CommitmentDiscountStatus") == "Used", commitment: v("CommitmentDiscountId"),
	}
}

// onDemand is what a line would cost without a commitment: at the negotiated price, else at the list price.
func onDemand(b *engine.Batch, i int) (a finops.Amount, known bool) {
	if a, known = b.Amount(1, i); known {
		return a, true
	}
	return b.Amount(0, i)
}

// endOf is the end of a line, its start where it has none.
func endOf(b *engine.Batch, i int) int64 {
	if b.Ends[i] == engine.NoTime {
		return b.Starts[i]
	}
	return b.Ends[i]
}

// contracts reads the lines that name a commitment.
type contracts struct {
	scan   *engine.Scan
	places map[string]int
	notes  map[string]func(*commitment.Contract, string) // by column
	kinds  map[string]*contractKind
}

// contractKind is what the columns of a line say of its commitment.
type contractKind struct {
	commitment.ContractLine
	contract commitment.Contract
}

// standings says how every commitment of the lines stands, by the days on which its data set has usage. asOf is the last day that counts;
// nil = the newest one that is settled.
func standings(ctx context.Context, s *engine.Snapshot, where finops.Filter, asOf *finops.Day) ([]*commitment.Standing, error) {
	sets, err := examination{snapshot: s}.sets(ctx)
	if err != nil {
		return nil, err
	}
	windows := map[[2]string]*commitment.Window{}
	for _, set := range sets {
		w := commitment.WindowOf(set.Days, asOf)
		windows[[2]string{set.Provider, set.Account}] = &w
	}
	book := commitment.NewBook(func(provider, account string) *commitment.Window {
		if w := windows[[2]string{provider, account}]; w != nil {
			return w
		}
		none := commitment.WindowOf(nil, nil)
		return &none
	})
	c, err := contractsOf(ctx, s, where, asOf)
	if err != nil || c == nil {
		return nil, err
	}
	if err := c.each(ctx, book.Add); err != nil {
		return nil, err
	}
	return book.Standings(), nil
}

// contractsOf prepares the scan; nil where the ledger names no commitment.
func contractsOf(ctx context.Context, s *engine.Snapshot, where finops.Filter, to *finops.Day) (*contracts, error) {
	state, err := s.State(ctx)
	if err != nil {
		return nil, err
	}
	c := &contracts{notes: map[string]func(*commitment.Contract, string){}, kinds: map[string]*contractKind{}}
	names := append([]string{"CommitmentDiscountName", "CommitmentDiscountType", "CommitmentDiscountCategory", "ChargeCategory", "ChargeClass"}, machineColumns...)
	names = append(names, feeColumns...)
	named := false
	for _, column := range state.Columns {
		named = named || column.Name == "CommitmentDiscountId"
		if note, ok := commitment.TermColumn(column.Name); ok {
			c.notes[column.Name] = note
			names = append(names, column.Name)
		}
	}
	if !named {
		return nil, nil
	}
	columns, err := present(ctx, s, names...)
	if err != nil {
		return nil, err
	}
	c.places = placesOf(columns)
	c.scan, err = s.Scan(ctx, engine.ScanQuestion{
		Where: finops.All(where, finops.Not(only("CommitmentDiscountId", nil))), To: to, Columns: columns, Measures: machineMeasures,
	})
	return c, err
}

func (c *contracts) each(ctx context.Context, add func(*commitment.ContractLine)) error {
	var key []uint32
	return c.scan.Each(ctx, func(b *engine.Batch) error {
		for i := range b.Lines {
			key = key[:0]
			for column := range b.Columns {
				key = append(key, b.Columns[column][i])
			}
			l := c.kind(key).ContractLine
			l.Day, l.Start, l.End = b.Days[i], b.Starts[i], endOf(b, i)
			l.List, l.ListKnown = b.Amount(0, i)
			l.Effective, _ = b.Amount(2, i)
			l.OnDemand, l.OnDemandKnown = onDemand(b, i)
			add(&l)
		}
		return nil
	})
}

func (c *contracts) kind(key []uint32) *contractKind {
	text := make([]byte, 0, 4*len(key))
	for _, n := range key {
		text = append(text, byte(n), byte(n>>8), byte(n>>16), byte(n>>24)) //nolint:gosec // the four bytes of a number
	}
	if k, ok := c.kinds[string(text)]; ok {
		return k
	}
	v := reader(c.scan, c.places, key)
	k := &contractKind{ContractLine: commitment.ContractLine{
		Kind: commitment.Kind{
			Provider: v(finops.DimProvider), Commitment: v("CommitmentDiscountId"), Name: v("CommitmentDiscountName"), Type: v("CommitmentDiscountType"),
			Status: v("CommitmentDiscountStatus"), Service: v("ServiceName"), ChargeCategory: v("ChargeCategory"), ChargeClass: v("ChargeClass"), Currency: v("BillingCurrency"),
		},
		Account: v(finops.DimBillingAccount), Spend: v("CommitmentDiscountCategory") == "Spend", Place: commitment.PlaceOf(v(finops.DimProvider), v),
	}}
	for column, note := range c.notes {
		if text := v(column); text != "" {
			note(&k.contract, text)
		}
	}
	k.Contract = &k.contract
	k.FeeUsed, k.FeeUsedKnown = feeOf(v(feeColumns[0]))
	k.FeeUnused, k.FeeUnusedKnown = feeOf(v(feeColumns[1]))
	c.kinds[string(text)] = k
	return k
}
