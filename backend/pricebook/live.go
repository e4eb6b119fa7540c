package pricebook

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"cloud-intelligence/backend/finops"
)

// Quote is what a provider's own price list says of a machine type, in USD an hour. An unknown price is not listed.
type Quote struct {
	Provider string `json:"provider"`
	Region   string `json:"region"`
	Type     string `json:"type"`
	OS       string `json:"os"` // linux, windows, rhel, sles, or SQLServer on Linux
	OnDemand Number `json:"onDemand"`
	Commit1  Number `json:"commit1,omitzero"` // see Compute for the commitments
	Commit3  Number `json:"commit3,omitzero"`
	Flex1    Number `json:"flex1,omitzero"`
	Flex3    Number `json:"flex3,omitzero"`
	AsOf     string `json:"asOf"` // YYYY-MM-DD, the day on which the list was read
}

// Kind is Licences for a price that is read for the licence in it, which is the difference to Linux.
func (q *Quote) Kind() Kind {
	if q.OS == "linux" || q.OS == "windows" {
		return Machines
	}
	return Licences
}

// Listing is what price lists say, of any number of providers and regions.
type Listing struct {
	Machines []Quote `json:"machines"`
	Rates    []Rate  `json:"rates"`
}

// liveTables are the tables that price lists renew.
const liveTables = "compute_prices, os_surcharges, block_storage, object_storage, managed_db, lb_nat_ip, egress"

// live names the price lists of the providers as sources.
var live = map[string]Source{
	"aws":   {ID: "aws-price-list", Repository: "https://pricing.us-east-1.amazonaws.com", UsedFor: liveTables, Note: "bulk offer files of the region, read when a person asked for it"},
	"azure": {ID: "azure-retail-prices", Repository: "https://prices.azure.com", UsedFor: liveTables, Note: "read when a person asked for it"},
	"gcp":   {ID: "google-cloud-billing", Repository: "https://cloudbilling.googleapis.com", UsedFor: liveTables, Note: "of machines: cores and memory of each family; read when a person asked for it"},
}

// Orderable lists the machine types of a region that a price list can be asked for: those with a price in the book, without the ones that Google sells with
// more than cores and memory.
func (b *Book) Orderable(provider, region string) (types []*MachineType) {
	for _, c := range b.ComputeIn(provider, region) {
		t := b.MachineType(provider, c.Type)
		if c.OS != "linux" || t == nil || !t.VCPU.Known() || !t.MemoryGiB.Known() {
			continue
		}
		if provider == "gcp" && (t.GPU != "" || t.Category == "gpu" || t.Category == "burstable" || strings.Contains(t.Type, "lssd") || strings.Contains(t.Type, "metal")) {
			continue
		}
		types = append(types, t)
	}
	return types
}

// How far a price list may be from the book before it is taken for a fault.
const (
	lostMost    = 20 // percent of the types that the book has
	changedMost = 50 // percent of the median of a family
)

// Check judges the quotes of a region of a provider. It answers CodeCorrupt where they leave out more than a fifth of the types that were asked for, or move the median price of a
// family by more than half.
func (b *Book) Check(provider, region string, quotes []Quote) error {
	found, ratios := map[string]bool{}, map[string][]finops.Amount{}
	for i := range quotes {
		q := &quotes[i]
		have := b.Compute(provider, region, q.Type, q.OS)
		if q.OS != "linux" || have == nil {
			continue
		}
		found[q.Type] = true
		if !have.OnDemand.Known() {
			continue
		}
		if ratio, ok := percentOf(q.OnDemand.Amount(), have.OnDemand.Amount()); ok {
			ratios[have.Family] = append(ratios[have.Family], ratio)
		}
	}
	asked := b.Orderable(provider, region)
	if lost := len(asked) - len(found); lost*100 > len(asked)*lostMost {
		return finops.Errorf(finops.CodeCorrupt, "The price list of %s for %s lacks %d of %d machine types, which is more than a price list leaves out. The prices stay as they were.", ProviderName(provider), region, lost, len(asked))
	}
	for family, list := range ratios {
		if median, moved := movedTooFar(list); moved {
			return finops.Errorf(finops.CodeCorrupt, "The price list of %s for %s moves the prices of %s to %s %% of what they were, which is more than prices change. The prices stay as they were.", ProviderName(provider), region, family, median)
		}
	}
	return nil
}

// movedTooFar reports whether the median of ratios, which it sorts, is further from 100 than prices change.
func movedTooFar(ratios []finops.Amount) (median finops.Amount, moved bool) {
	if len(ratios) == 0 {
		return median, false
	}
	slices.SortFunc(ratios, finops.Amount.Cmp)
	median = ratios[len(ratios)/2]
	return median, median.Cmp(finops.NewAmount(100-changedMost, 0)) < 0 || median.Cmp(finops.NewAmount(100+changedMost, 0)) > 0
}

// percentOf is a as whole percent of b, rounded down.
func percentOf(a, b finops.Amount) (finops.Amount, bool) {
	const places = 10
	x, okA := a.Rescale(places)
	y, okB := b.Rescale(places)
	if !okA || !okB || y == 0 {
		return finops.Amount{}, false
	}
	return finops.NewAmount(x/(y/100+1), 0), true
}

// With is the book with the prices of lists in place of its own of the same things. A machine type that the book knows without a price in the region gets one; so does what it knows of another region, with the facts from
// there. Where only the Linux price of a machine is quoted, its prices with a licence move with it, since the licence is the difference.
func (b *Book) With(l Listing) (*Book, error) {
	if len(l.Machines) == 0 && len(l.Rates) == 0 {
		return b, nil
	}
	text, err := json.Marshal(l.Machines)
	if err == nil && len(l.Rates) > 0 { // a list of machines alone keeps the version that it had before there were others
		text, err = json.Marshal(l)
	}
	if err != nil {
		return nil, fmt.Errorf("write prices: %w", err)
	}
	next := b.copied()
	next.compute = slices.Clone(b.compute)
	sum := sha256.Sum256(append([]byte(b.version), text...))
	next.version = hex.EncodeToString(sum[:])[:len(b.version)]
	next.quoted(l.Machines)
	next.renewed(l.Rates)
	next.sources = slices.Clone(b.sources)
	for _, provider := range Providers() {
		next.sources = append(next.sources, live[provider])
	}
	return next, next.arrange()
}

// quoted puts quotes into a book whose rows may be changed.
func (b *Book) quoted(quotes []Quote) {
	at := map[computeKey]int{}
	for i := range b.compute {
		c := &b.compute[i]
		at[computeKey{c.Provider, c.Region, c.Type, c.OS}] = i
	}
	quoted := map[computeKey]bool{}
	for _, q := range quotes {
		quoted[computeKey{q.Provider, q.Region, q.Type, q.OS}] = true
	}
	for _, q := range quotes {
		key := computeKey{q.Provider, q.Region, q.Type, q.OS}
		i, ok := at[key]
		if !ok {
			t := b.MachineType(q.Provider, q.Type)
			if t == nil {
				continue
			}
			i, at[key] = len(b.compute), len(b.compute)
			b.compute = append(b.compute, Compute{
				Provider: q.Provider, Region: q.Region, Type: q.Type, Family: t.Family, Category: t.Category, Generation: t.Generation, Arch: t.Arch,
				VCPU: t.VCPU, MemoryGiB: t.MemoryGiB, GPU: t.GPU, OS: q.OS,
			})
		}
		c := &b.compute[i]
		for _, os := range []string{"windows", "rhel", "sles", SQLServer} {
			key.os = os
			if other, ok := at[key]; ok && q.OS == "linux" && !quoted[key] {
				b.compute[other].moveWith(c.OnDemand, q.OnDemand)
			}
		}
		c.OnDemand, c.Commit1, c.Commit3, c.Flex1, c.Flex3 = q.OnDemand, q.Commit1, q.Commit3, q.Flex1, q.Flex3
		c.Origin = Origin{Basis: Listed, Source: live[q.Provider].ID, AsOf: q.AsOf}
	}
}

// moveWith moves the price of a machine with a licence by as much as the one with Linux moved; its date stays that of the licence.
func (c *Compute) moveWith(before, after Number) {
	var sum finops.Sum
	for _, a := range []finops.Amount{c.OnDemand.Amount(), after.Amount(), before.Amount().Neg()} {
		sum.Add(a)
	}
	if before.Known() && c.OnDemand.Known() {
		if n, ok := NewNumber(sum.Amount().Trim()); ok {
			c.OnDemand, c.Basis = n, ListedWithLicence
		}
	}
	c.Commit1, c.Commit3, c.Flex1, c.Flex3 = Number{}, Number{}, Number{}, Number{}
}
