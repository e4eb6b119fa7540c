package service

import (
	"cmp"
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// Recommendation is a commitment that a provider itself recommends to buy, in a document of the workspace.
type Recommendation struct {
	Provider string // as finops names it
	Document string
	Kind     document.Kind
	Day      finops.Day // of the document
	Dated    bool       // the document states the day itself
	*document.Advice
	Pool          string // that it is for; "" = none, or not said
	NotComparable string // why it cannot be compared with the simulator's; "" = it can

	// Of a simulation of the pool only.
	Ours       *commitment.Point // the best commitment of the same terms; nil where it cannot be compared
	Result     *commitment.Point // what its hourly commitment would have done in the same days; nil where it names none
	Difference string            // why it is not what the simulator finds; "" where it cannot be compared
}

// terms are those that it is for. Azure does not name a payment: a reservation costs the same, paid at once or by the month.
func (r *Recommendation) terms() commitment.Terms {
	return commitment.Terms{Years: r.Purchase.Years, Payment: commitment.Payment(cmp.Or(r.Purchase.Payment, string(commitment.PayNone)))}
}

// Recommendations lists what the documents of the workspace recommend to buy, the newest first, each with the pool of usage that it is for.
func (w Commitments) Recommendations(ctx context.Context) ([]Recommendation, error) {
	facts, err := Documents(w).facts(ctx)
	if err != nil {
		return nil, err
	}
	var list []Recommendation
	for _, a := range facts.Purchases() {
		d := a.Document()
		r := Recommendation{Provider: d.Provider, Document: d.Name, Kind: d.Kind, Day: d.Day, Dated: d.Dated, Advice: a}
		r.Pool, r.NotComparable = savings.PoolOf(d.Provider, a.Purchase)
		list = append(list, r)
	}
	return list, nil
}

// advise puts what the provider recommends beside a simulation: for the same pool with the difference explained, and for anything else of the
// provider as it is.
func (w Commitments) advise(ctx context.Context, s *Simulation, f *families, q SimulationQuestion) error {
	all, err := w.Recommendations(ctx)
	if err != nil {
		return err
	}
	book, err := pricebook.BuiltIn()
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.Provider != s.Pool.ProviderName() {
			continue
		}
		if r.Pool == s.Pool.ID && r.NotComparable == "" {
			if err := r.compare(book, s, f, q); err != nil {
				return err
			}
		}
		s.Recommended = append(s.Recommended, r)
	}
	slices.SortStableFunc(s.Recommended, func(a, b Recommendation) int { return cmp.Compare(a.rank(s), b.rank(s)) })
	return nil
}

// rank puts those first that are of the pool and of the terms that are simulated.
func (r *Recommendation) rank(s *Simulation) int {
	switch {
	case r.Pool == "":
		return 4
	case r.Pool != s.Pool.ID:
		return 3
	case r.NotComparable != "":
		return 2
	case r.terms().Years == s.Terms.Years && r.terms().Payment == s.Terms.Payment:
		return 0
	}
	return 1
}

// compare fills in what the simulator finds for the same terms, and the difference.
func (r *Recommendation) compare(book *pricebook.Book, s *Simulation, f *families, q SimulationQuestion) error {
	terms := r.terms()
	at := slices.IndexFunc(s.Options, func(o SimulationOption) bool { return o.Terms.Years == terms.Years && o.Terms.Payment == terms.Payment })
	switch {
	case r.Currency != "" && r.Currency != s.Pool.Currency:
		r.NotComparable = "Its amounts are in " + r.Currency + "."
		return nil
	case at < 0 || s.Options[at].Option == nil:
		r.NotComparable = "The price book has no discount for these terms. Simulate them with a discount of your own to compare."
		return nil
	}
	r.Ours = &s.Options[at].Optimum
	if h := r.Purchase.Hourly; h != nil {
		if terms.Years == q.Terms.Years && terms.Payment == q.Terms.Payment {
			terms = q.Terms
		}
		priced, err := f.price(book, terms)
		if err != nil {
			return err
		}
		point := commitment.At(f.usage(priced, nil), document.Rat(*h))
		r.Result = &point
	}
	r.Difference = r.difference(s)
	return nil
}

// difference explains from what is known how the provider comes to another result than the simulator.
func (r *Recommendation) difference(s *Simulation) string {
	name := map[string]string{"aws": "AWS", "azure": "Azure", "gcp": "Google"}[s.Pool.Provider]
	alone, all := "", ""
	if a := r.Purchase.Account; a != "" {
		alone, all = " of the account "+a+" alone", " of all accounts"
	}
	basis := name + " does not state the days that it counted" + alone
	if n := r.Purchase.LookBack; n > 0 {
		basis = fmt.Sprintf("%s counted %d days of usage%s", name, n, alone)
		switch {
		case r.Purchase.From != 0:
			basis += " from " + r.Purchase.From.Words() + " on"
		case r.Dated:
			basis += " before " + r.Day.Words()
		}
	}
	basis += fmt.Sprintf(", here it is the %d days%s up to %s", s.To-s.From+1, all, s.To.Words())
	said := []string{basis, r.judged(s)}
	if len(s.Running) > 0 {
		said = append(said, "usage that running commitments cover is not counted here")
	}
	if r.Currency == "" {
		said = append(said, "its saving is taken to be in "+s.Pool.Currency+", which the document does not state")
	}
	return strings.Join(said, "; ") + "."
}

// judged says what its commitment would have done in the days of the simulation.
func (r *Recommendation) judged(s *Simulation) string {
	if r.Result == nil {
		return fmt.Sprintf("it is for %s × %s and names no amount an hour, here one commitment is for all machines of the family in the region", r.Purchase.Quantity, r.Purchase.Machine)
	}
	amount := func(v *big.Rat) string { return moneyOf(v, s.Pool.Currency) }
	if r.Result.Utilisation == nil {
		return "it commits to nothing"
	}
	used := finops.RoundHalfEven(new(big.Rat).Mul(r.Result.Utilisation, big.NewRat(100, 1)), 1) + " %"
	less := new(big.Rat).Sub(r.Ours.MonthlySaving, r.Result.MonthlySaving)
	saved := fmt.Sprintf("in these days its commitment would have saved %s a month", amount(r.Result.MonthlySaving))
	if r.Result.MonthlySaving.Sign() < 0 {
		saved = fmt.Sprintf("in these days its commitment would have cost %s a month more than it saves", amount(new(big.Rat).Neg(r.Result.MonthlySaving)))
	}
	switch {
	case less.Cmp(big.NewRat(1, 200)) < 0:
		return saved + ", as much as the best one"
	case r.Result.HourlyCommitment.Cmp(r.Ours.HourlyCommitment) > 0:
		return saved + ", " + amount(less) + " less than the best one, because it is larger and only " + used + " of it would have been used"
	}
	return saved + ", " + amount(less) + " less than the best one, because it is smaller and leaves more usage at on-demand prices"
}
