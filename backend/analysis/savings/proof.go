package savings

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/finops"
)

// The classes of what a document of the client decides: an inventory, or metrics.
const (
	byInventory = "I"
	byMetrics   = "M"
)

// metricDays is how many days of the lookback must have a measurement.
const metricDays = 14

// Refuted and Superseded are states of what a document of the client decides. Such findings have no money and take none.
const (
	Refuted    State = "refuted"
	Superseded State = "superseded" // the same resource is a finding of a stronger rule
)

// Reference names a document of the client that a finding rests on.
type Reference struct {
	Name string
	Kind document.Kind
	Day  finops.Day
}

// prover decides from the documents of the client what the bill alone cannot.
type prover struct {
	class string          // byInventory or byMetrics
	kinds []document.Kind // without any of which there is nothing to decide by
	needs string          // the documents in words
	// ages says that the documents know how old something is, so that the bill need not reach back so far.
	ages bool
	// alone says that the documents decide also where the bill does not point at anything.
	alone bool
	judge func(*trial) ruling
}

// outcome is what a prover says.
type outcome int

const (
	silent      outcome = iota // the documents do not say
	proven                     // it is as the rule says
	refuted                    // it is not, against what the bill or a first look suggests
	superseded                 // another rule has the same resource
	partly                     // what supports it is known, and something that could refute it is not
	unconcerned                // the rule is not about this resource
)

// ruling is what documents say of a finding.
type ruling struct {
	outcome    outcome
	why        string
	confidence string // "" = that of the rule
	resource   string // id that the bill does not have; "" = as it is
	documents  []*document.Document
}

// trial is a finding before the documents.
type trial struct {
	*examination
	k        *claim
	keys     []string // of its resource
	from, to finops.Day
	facts    *document.Facts
	used     []*document.Document
}

// consult lets the documents decide. It reports whether the finding stays.
func (e *examination) consult(k *claim) bool {
	f, facts := k.finding, e.options.Documents
	p := provers[f.Rule.Proof]
	cal := e.sets[k.key.set]
	t := &trial{examination: e, k: k, keys: document.Keys(f.ResourceID), from: cal.start(f.Rule.Lookback), to: cal.asOf, facts: facts}
	var r ruling
	if p != nil && facts.Has(p.kinds...) {
		r = p.judge(t)
	}
	if r.outcome == silent && f.Rule.needsDocument() {
		if facts.Has(p.kinds...) {
			e.unlisted[[2]string{f.Rule.ID, f.Provider}]++
		}
		return false
	}
	if r.outcome == unconcerned {
		return false
	}
	if k.unhinted && r.outcome != proven {
		return false
	}
	k.rule(r, p)
	e.compare(f)
	return true
}

// rule takes over a ruling.
func (k *claim) rule(r ruling, p *prover) {
	f := k.finding
	if r.outcome == silent {
		return
	}
	f.Why = r.why
	for _, d := range r.documents {
		if ref := (Reference{d.Name, d.Kind, d.Day}); !slices.Contains(f.Documents, ref) {
			f.Documents = append(f.Documents, ref)
		}
	}
	if r.resource != "" {
		f.ResourceID = r.resource
	}
	if r.confidence != "" {
		f.Confidence = r.confidence
	}
	switch r.outcome {
	case proven:
		if f.Class == Candidate {
			f.Class = p.class
		}
	case partly:
		f.Class = Candidate
	case refuted, superseded:
		f.State, f.Gross, k.gross = Refuted, nil, nil
		if r.outcome == superseded {
			f.State = Superseded
		}
	case silent, unconcerned:
	}
}

// say makes a ruling of the documents that were used.
func (t *trial) say(o outcome, confidence, format string, args ...any) ruling {
	return ruling{outcome: o, why: fmt.Sprintf(format, args...), confidence: confidence, documents: slices.Clone(t.used)}
}

func (t *trial) use(d *document.Document) {
	if d != nil && !slices.Contains(t.used, d) {
		t.used = append(t.used, d)
	}
}

// thing is what an inventory says of a resource. One from before the lookback says nothing of today, nor does a name that several
// resources have.
func (t *trial) thing(of document.Type, keys ...string) *document.Thing {
	for _, key := range keys {
		if document.Weak(key) && (len(t.facts.Same(of, key)) > 1 || t.shared(key)) {
			continue
		}
		if x := t.facts.Thing(of, key); x != nil && t.fresh(x.Document()) {
			t.use(x.Document())
			return x
		}
	}
	return nil
}

func (t *trial) fresh(d *document.Document) bool { return d.Day >= t.from }

// metric is what was measured in the lookback; nil where there are too few days of it.
func (t *trial) metric(of document.Metric, stats ...document.Stat) *document.Measured {
	keys := slices.DeleteFunc(slices.Clone(t.keys), func(key string) bool {
		return document.Weak(key) && (t.shared(key) || len(t.facts.Same(document.Database, key)) > 1)
	})
	m := t.facts.Metric(keys, of, t.from, t.to, stats...)
	if m == nil || m.Days < metricDays {
		return nil
	}
	t.use(m.Document)
	return m
}

// shared reports whether several resources of the bill have such a name.
func (t *trial) shared(key string) bool {
	if t.names == nil {
		t.names = map[string]map[string]bool{}
		for _, id := range t.table.Values[atResource] {
			if id == nil || !strings.Contains(*id, ":db:") {
				continue
			}
			keys := document.Keys(*id)
			for _, weak := range keys[1:] {
				if t.names[weak] == nil {
					t.names[weak] = map[string]bool{}
				}
				t.names[weak][keys[0]] = true
			}
		}
	}
	return len(t.names[key]) > 1
}

// limit is a parameter of the rule.
func (t *trial) limit(name string) *big.Rat { return t.ratings[t.k.key.rule].limits[name] }

// called is how a thing is named to a person.
func called(x *document.Thing) string {
	if x.Name != "" {
		return x.Name
	}
	return x.Key
}

// short is a measurement in words: at most two decimals.
func short(r *big.Rat) string {
	const decimals = 2
	text := r.FloatString(decimals)
	return strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
}

// since is the day of a state, for a sentence; "" = not known.
func since(day finops.Day) string {
	if day == 0 {
		return ""
	}
	return " since " + day.Words()
}

// needsDocument reports whether nothing is found without a document of the client.
func (r *Rule) needsDocument() bool { return r.Class == byInventory || r.Class == byMetrics }

// tellsAlone reports whether the documents that are there decide a rule without the bill pointing at anything.
func (e *examination) tellsAlone(r *Rule) bool {
	p := provers[r.Proof]
	return p != nil && p.alone && e.options.Documents.Has(p.kinds...)
}

// missing is why a rule cannot be examined without documents; "" = it can.
func (e *examination) missing(r *Rule) string {
	p := provers[r.Proof]
	if !r.needsDocument() || p == nil || e.options.Documents.Has(p.kinds...) {
		return ""
	}
	return "It needs a document of the client: " + p.needs + "."
}
