package savings

import (
	"cmp"
	"context"
	"encoding/binary"
	"math/big"
	"slices"

	"cloud-intelligence/backend/finops"
)

// claim is a finding and the money that it takes of its lines.
type claim struct {
	judged
	finding  *Finding
	fraction *big.Rat // what part of each line is saved
	unknown  bool     // the price of something cheaper is not known
	gross    *big.Rat // of a month; nil = not known
	overlap  *big.Rat // of the lookback: what claims before this one have taken
	absorbed *big.Rat // of the lookback
	inScope  bool
}

// takes reports whether the claim takes money from those after it: what is dismissed leaves it to them.
func (k *claim) takes() bool { return k.finding.State == Open && k.finding.Decision != Dismissed }

// compareClaims puts claims in the order in which they take money: findings before candidates, then by
// stage, the finer grain first.
func compareClaims(a, b *claim) int {
	stage := func(k *claim) int { return slices.Index(stages, k.finding.Rule.Stage) }
	candidate := func(k *claim) int {
		if k.finding.Class == Candidate {
			return 1
		}
		return 0
	}
	return cmp.Or(
		cmp.Compare(candidate(a), candidate(b)), cmp.Compare(stage(a), stage(b)), cmp.Compare(a.key.grain, b.key.grain),
		cmp.Compare(a.finding.Rule.ID, b.finding.Rule.ID), cmp.Compare(a.finding.ID, b.finding.ID),
	)
}

// claimSet are several claims on the same lines.
type claimSet struct {
	claims []*claim  // in their order
	costs  []*spread // by claim: the cost of the lines in its lookback
}

// join adds the same claims on other lines.
func (s *claimSet) join(o *claimSet) {
	for i := range s.costs {
		s.costs[i].addSpread(o.costs[i])
	}
}

// settle reads the lines again: which of them several findings claim, what of them commitments cover,
// and which are in the scope.
func (e *examination) settle(ctx context.Context) error {
	e.findings = slices.DeleteFunc(e.findings, func(k *claim) bool { return !k.positive() })
	e.claimed = map[cellKey]int{}
	covered := false
	for i, k := range e.findings {
		k.inScope = e.options.Only == nil
		e.claimed[k.key] = i
		covered = covered || (k.gross != nil && len(k.cell.covered.parts) > 0) || !k.cell.covered.whole.IsZero()
	}
	e.forget()
	if e.options.Only != nil {
		e.peers = e.peers[:1] // all of them would say which findings are in the scope
	}
	for _, part := range e.peers {
		part.shared, part.absorbs = map[string]*claimSet{}, newAbsorption(part)
	}
	err := e.eachOf(ctx, e.peers, e.recent, func(part *examination, b *Batch, i, set int, k *class) {
		if on := part.claimsOn(b, i, set, k); len(on) > 0 {
			part.claimLine(b, i, set, on)
		}
		if covered {
			part.absorbs.learn(b, i, set, k)
		}
	})
	if err != nil {
		return err
	}
	for _, part := range e.peers[1:] {
		into(e.shared, part.shared, (*claimSet).join)
	}
	for _, s := range e.shared {
		s.share()
	}
	if covered {
		if err := e.absorb(ctx); err != nil {
			return err
		}
	}
	for _, k := range e.findings {
		k.settle()
	}
	return nil
}

// claimsOn are the findings that a line is evidence of, in their order. The list holds until the next call.
func (e *examination) claimsOn(b *Batch, i, set int, k *class) []int {
	s := e.spotOf(b, i, set, k)
	if s != nil && s.asked {
		return s.claims
	}
	on := e.on[:0]
	for _, r := range k.roles {
		if !e.isEvidence(r) {
			continue
		}
		if at, ok := e.claimed[e.findingKey(b, i, set, r.rule, k)]; ok {
			on = append(on, at)
		}
	}
	slices.Sort(on)
	e.on = on
	if s != nil {
		s.claims, s.asked = append(s.claims[:0], on...), true
	}
	return on
}

// claimLine notes the claims on a line.
func (e *examination) claimLine(b *Batch, i, set int, on []int) {
	cal := e.sets[set]
	kept, parts := e.kept[:0], e.parts[:0]
	for _, at := range on {
		k := e.findings[at]
		p := cal.partOf(b.Days[i], b.Starts[i], b.Ends[i], cal.start(k.finding.Rule.Lookback))
		if p.days == 0 {
			continue
		}
		if !k.inScope {
			k.inScope = e.options.Only.has(b.Lines[i])
		}
		kept, parts = append(kept, at), append(parts, p)
	}
	e.kept, e.parts = kept, parts
	if len(kept) < 2 {
		return
	}
	cost, priced := e.promotions.cost(b, i)
	if !priced {
		return
	}
	name := e.name[:0]
	for _, at := range kept {
		name = binary.AppendUvarint(name, uint64(at))
	}
	e.name = name
	s := e.shared[string(name)]
	if s == nil {
		s = &claimSet{}
		for _, at := range kept {
			s.claims, s.costs = append(s.claims, e.findings[at]), append(s.costs, &spread{})
		}
		e.shared[string(name)] = s
	}
	for n := range kept {
		s.costs[n].add(cost, parts[n])
	}
}

// share lets each claim take its part of what those before it have left. Of claims that would replace the
// same product, one can be done: together they take what the largest does.
func (s *claimSet) share() {
	left := big.NewRat(1, 1)
	replaced := map[string]*big.Rat{} // by kind of product: what is taken for another one in its place
	for i, k := range s.claims {
		if k.gross == nil {
			continue
		}
		kind := k.finding.Rule.instead()
		kept, after := new(big.Rat).Mul(left, k.fraction), k.fraction
		if before := replaced[kind]; kind != "" && before != nil {
			kept, after = new(big.Rat), before
			if k.fraction.Cmp(before) > 0 { // what it saves beyond the other one, of what is left without that one
				kept.Sub(k.fraction, before)
				kept.Quo(kept.Mul(kept, left), new(big.Rat).Sub(big.NewRat(1, 1), before))
				after = k.fraction
			}
		}
		overlap := new(big.Rat).Sub(k.fraction, kept)
		if overlap.Sign() > 0 {
			k.addOverlap(overlap.Mul(overlap, s.costs[i].rat()))
		}
		if k.takes() {
			left = new(big.Rat).Sub(left, kept)
			if kind != "" {
				replaced[kind] = after
			}
		}
	}
}

func (k *claim) addOverlap(money *big.Rat) {
	if k.overlap == nil {
		k.overlap = new(big.Rat)
	}
	k.overlap.Add(k.overlap, money)
}

// settle works out net of the rounded parts.
func (k *claim) settle() {
	f := k.finding
	if f.Gross == nil {
		return
	}
	month := func(money *big.Rat, most finops.Amount) finops.Amount {
		if money == nil {
			return zero
		}
		a := rounded(perMonth(money, k.days))
		if a.Cmp(most) > 0 {
			return most
		}
		return a
	}
	overlap := month(k.overlap, *f.Gross)
	left := minus(*f.Gross, overlap)
	absorbed := month(k.absorbed, left)
	net := minus(left, absorbed)
	f.Overlap, f.Absorbed, f.Net = &overlap, &absorbed, &net
}

func minus(a, b finops.Amount) finops.Amount {
	var s finops.Sum
	s.Add(a)
	s.Sub(b)
	return s.Amount()
}
