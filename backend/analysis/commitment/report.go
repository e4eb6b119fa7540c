package commitment

import (
	"cmp"
	"maps"
	"math/big"
	"slices"

	"cloud-intelligence/backend/finops"
)

// Kind is what the definitions ask of a charge line, as FOCUS names it; "" is no value.
type Kind struct {
	Provider       string
	Commitment     string // CommitmentDiscountId
	Name           string // CommitmentDiscountName
	Type           string // CommitmentDiscountType
	Status         string // CommitmentDiscountStatus
	Service        string
	Category       string // ServiceCategory
	Pricing        string // PricingCategory
	ChargeCategory string
	ChargeClass    string
	Currency       string // BillingCurrency
}

// Counts reports whether lines of the kind count for anything here: usage without a correction, what was not used, and fees of Google Cloud.
func (k Kind) Counts() bool { return k.priced() || k.fee() }

// priced reports whether lines of the kind are part of the savings rate.
func (k Kind) priced() bool {
	return k.Status == unused || k.ChargeCategory == "Usage" && k.ChargeClass == ""
}

// fee reports whether lines of the kind are the fee of a contract of Google Cloud: only these name the contract for certain.
func (k Kind) fee() bool {
	return k.Provider == google && k.Commitment != "" && (k.Status == unused || k.ChargeCategory == "Purchase" && k.ChargeClass == "")
}

const (
	used   = "Used"
	unused = "Unused"
	google = "Google Cloud"
)

// Cell adds up the lines of one kind and one month.
type Cell struct {
	Kind  Kind
	Month finops.Month

	listed   pair // lines with a list cost
	negative finops.Sum
	unlisted finops.Sum // effective cost of lines without a list cost
	absolute finops.Sum // of all lines that have a list cost or should have one
	fee      [2]finops.Sum
	hasFee   bool
}

// pair is a list cost and the effective cost of the same lines.
type pair struct{ list, effective finops.Sum }

// Line is the money of a charge line.
type Line struct {
	List, Effective              finops.Amount
	ListKnown                    bool
	FeeUsed, FeeUnused           finops.Amount // of a fee of Google Cloud
	FeeUsedKnown, FeeUnusedKnown bool
}

// Add adds a line.
func (c *Cell) Add(l Line) {
	if l.FeeUsedKnown && l.FeeUnusedKnown {
		c.fee[0].Add(l.FeeUsed)
		c.fee[1].Add(l.FeeUnused)
		c.hasFee = true
	}
	switch {
	case l.Effective.Sign() < 0:
		c.negative.Add(l.Effective)
		return
	case c.Kind.Status == unused:
		c.listed.effective.Add(l.Effective)
	case l.ListKnown:
		c.listed.list.Add(l.List)
		c.listed.effective.Add(l.Effective)
	case l.Effective.Sign() > 0:
		c.unlisted.Add(l.Effective)
	}
	c.absolute.Add(l.Effective)
}

// effective is the effective cost of all lines of the cell.
func (c *Cell) effective() *big.Rat {
	total := new(big.Rat)
	for _, s := range []*finops.Sum{&c.listed.effective, &c.negative, &c.unlisted} {
		total.Add(total, s.Rat())
	}
	return total
}

// Use is how a commitment was used in a month. Quotients and amounts that cannot be known are nil.
type Use struct {
	ID, Name, Type, Provider string
	Month                    finops.Month
	Currency                 string
	Used, Unused             *big.Rat // effective cost
	CoveredList              *big.Rat // list cost of the used lines; nil where no line has one, or none names the contract
	CoveredEffective         *big.Rat

	contract bool     // of Google Cloud: there is a fee
	bare     *big.Rat // fees of Google Cloud of which nothing was taken away
	unlisted bool     // a used line has a cost and no list cost
}

// Utilisation is used ÷ (used + unused), nil where one is not known or both are nothing.
func (u *Use) Utilisation() *big.Rat {
	if u.Used == nil || u.Unused == nil {
		return nil
	}
	return quotient(u.Used, new(big.Rat).Add(u.Used, u.Unused))
}

// Month is how well the usage of a provider was covered in a month.
type Month struct {
	Provider string
	Month    finops.Month
	Currency string
	// Coverage, EffectiveSavingsRate and ListUnknownShare are quotients between 0 and 1 (the second may be below 0); nil where there
	// is nothing to divide by, the first also where no covered line has a list cost.
	Coverage, EffectiveSavingsRate, ListUnknownShare *big.Rat
}

// Report is what the lines say about commitments, by provider, month, currency and id.
type Report struct {
	Commitments []Use
	Months      []Month
}

type monthKey struct {
	provider string
	month    finops.Month
	currency string
}

type useKey struct {
	monthKey
	id string
}

type serviceKey struct {
	monthKey
	service, category string
}

// Make makes a report of cells; a kind may occur in several cells.
func Make(cells []*Cell) *Report {
	uses, months := map[useKey]*Use{}, map[monthKey]*totals{}
	services := map[serviceKey]*coverable{}
	for _, c := range cells {
		if !c.Kind.Counts() {
			continue
		}
		m := monthKey{c.Kind.Provider, c.Month, c.Kind.Currency}
		if c.Kind.Commitment != "" && (c.Kind.Status == used || c.Kind.Status == unused || c.Kind.fee()) {
			u := useKey{m, c.Kind.Commitment}
			if uses[u] == nil {
				uses[u] = &Use{ID: u.id, Provider: m.provider, Month: m.month, Currency: m.currency}
			}
			uses[u].add(c)
		}
		if !c.Kind.priced() {
			continue
		}
		if months[m] == nil {
			months[m] = &totals{}
		}
		months[m].add(c)
		if c.Kind.Status == used || c.Kind.Pricing == "Standard" && c.Kind.Status == "" {
			s := serviceKey{m, c.Kind.Service, c.Kind.Category}
			if services[s] == nil {
				services[s] = &coverable{}
			}
			services[s].add(c)
		}
	}
	for s, c := range services {
		if c.hasUsed {
			months[s.monthKey].covered.Add(&months[s.monthKey].covered, &c.used)
			months[s.monthKey].coverable.Add(&months[s.monthKey].coverable, new(big.Rat).Add(&c.used, &c.standard))
		}
	}
	return report(uses, months)
}

func report(uses map[useKey]*Use, months map[monthKey]*totals) *Report {
	r := &Report{}
	contract, offset := map[string]bool{}, map[string]bool{} // ids of Google Cloud that have a fee, and a fee that says what was used
	for k, u := range uses {
		contract[k.id] = contract[k.id] || u.contract
		offset[k.id] = offset[k.id] || u.contract && u.Used != nil
	}
	for _, k := range slices.SortedFunc(maps.Keys(uses), func(a, b useKey) int { return cmp.Or(compareMonths(a.monthKey, b.monthKey), cmp.Compare(a.id, b.id)) }) {
		u := uses[k]
		switch {
		case u.Provider == google && !contract[k.id]:
			continue // the id of a program, not of a contract
		case u.bare != nil && offset[k.id]:
			u.Used, u.Unused = plus(u.Used, new(big.Rat)), plus(u.Unused, u.bare)
		}
		if u.unlisted && u.CoveredList.Sign() == 0 {
			u.CoveredList = nil
		}
		r.Commitments = append(r.Commitments, *u)
	}
	for _, k := range slices.SortedFunc(maps.Keys(months), compareMonths) {
		r.Months = append(r.Months, months[k].month(k))
	}
	return r
}

func compareMonths(a, b monthKey) int {
	return cmp.Or(cmp.Compare(a.provider, b.provider), cmp.Compare(a.month, b.month), cmp.Compare(a.currency, b.currency))
}

func plus(sum, more *big.Rat) *big.Rat {
	if sum == nil {
		return new(big.Rat).Set(more)
	}
	return sum.Add(sum, more)
}

func (u *Use) add(c *Cell) {
	u.Name, u.Type = cmp.Or(u.Name, c.Kind.Name), cmp.Or(u.Type, c.Kind.Type)
	u.unlisted = u.unlisted || c.Kind.Status == used && !c.unlisted.IsZero()
	effective := c.effective()
	switch {
	case c.Kind.fee():
		u.contract = true
		if c.hasFee {
			u.Used, u.Unused = plus(u.Used, c.fee[0].Rat()), plus(u.Unused, c.fee[1].Rat())
		} else if c.Kind.Status == "" {
			u.bare = plus(u.bare, effective)
		}
		return
	case c.Kind.Provider == google:
		u.CoveredList, u.CoveredEffective = plus(u.CoveredList, c.listed.list.Rat()), plus(u.CoveredEffective, effective)
		return
	case c.Kind.Status == used:
		u.Used, u.Unused = plus(u.Used, effective), plus(u.Unused, new(big.Rat))
		u.CoveredList, u.CoveredEffective = plus(u.CoveredList, c.listed.list.Rat()), plus(u.CoveredEffective, effective)
		return
	}
	u.Used, u.Unused = plus(u.Used, new(big.Rat)), plus(u.Unused, effective)
	u.CoveredList, u.CoveredEffective = plus(u.CoveredList, new(big.Rat)), plus(u.CoveredEffective, new(big.Rat))
}

// coverable is the list cost of what commitments cover of a service, and of what they could.
type coverable struct {
	used, standard big.Rat
	hasUsed        bool
}

func (v *coverable) add(c *Cell) {
	if c.Kind.Status == used {
		v.used.Add(&v.used, c.listed.list.Rat())
		v.hasUsed = true
		return
	}
	v.standard.Add(&v.standard, c.listed.list.Rat())
}

// totals are those of a provider in a month.
type totals struct {
	list, effective    big.Rat // of the effective savings rate
	absolute, unlisted big.Rat
	covered, coverable big.Rat
}

func (t *totals) add(c *Cell) {
	t.list.Add(&t.list, c.listed.list.Rat())
	t.effective.Add(&t.effective, c.listed.effective.Rat())
	t.effective.Add(&t.effective, c.negative.Rat())
	t.absolute.Add(&t.absolute, c.absolute.Rat())
	t.unlisted.Add(&t.unlisted, c.unlisted.Rat())
}

func (t *totals) month(k monthKey) Month {
	if t.covered.Sign() == 0 {
		t.coverable.SetInt64(0) // nothing is covered, or no covered line has a list cost
	}
	return Month{
		Provider: k.provider, Month: k.month, Currency: k.currency,
		Coverage:             quotient(&t.covered, &t.coverable),
		EffectiveSavingsRate: quotient(new(big.Rat).Sub(&t.list, &t.effective), &t.list),
		ListUnknownShare:     quotient(&t.unlisted, &t.absolute),
	}
}

func quotient(part, whole *big.Rat) *big.Rat {
	if whole.Sign() == 0 {
		return nil
	}
	return new(big.Rat).Quo(part, whole)
}
