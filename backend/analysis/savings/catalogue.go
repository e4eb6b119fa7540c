package savings

import (
	"bytes"
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
)

//go:embed catalogue/*.yaml
var embedded embed.FS

// Catalogue is a set of rules, by id.
type Catalogue struct {
	Rules []*Rule
	Off   []*Rule // are not examined, as a person said
}

// Embedded returns the catalogue of the program.
func Embedded() (*Catalogue, error) { return loadEmbedded() }

var loadEmbedded = sync.OnceValues(func() (*Catalogue, error) {
	folder, err := fs.Sub(embedded, "catalogue")
	if err != nil {
		return nil, fmt.Errorf("open catalogue: %w", err)
	}
	return Load(folder)
})

// Load reads the rules of a folder: one in each file ID.yaml. It answers CodeInvalid, naming the file
// and what is wrong, for a file that is no rule.
func Load(folder fs.FS) (*Catalogue, error) {
	names, err := fs.Glob(folder, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list rules: %w", err)
	}
	if len(names) == 0 {
		return nil, finops.Errorf(finops.CodeInvalid, "The folder has no rule: a rule is a file ID.yaml.")
	}
	c := &Catalogue{}
	for _, name := range names {
		data, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, finops.WrapError(finops.CodeUnavailable, err, "The rule %s cannot be read.", name)
		}
		r, err := Decode(data)
		if err != nil {
			return nil, finops.Errorf(finops.CodeInvalid, "%s: %s", name, finops.MessageOf(err))
		}
		if want := strings.TrimSuffix(path.Base(name), ".yaml"); r.ID != want {
			return nil, finops.Errorf(finops.CodeInvalid, "%s: The file is named after another rule than %s, which is in it.", name, r.ID)
		}
		c.Rules = append(c.Rules, r)
	}
	slices.SortFunc(c.Rules, func(a, b *Rule) int { return cmp.Compare(a.ID, b.ID) })
	return c, nil
}

// ByID finds a rule. It answers CodeNotFound when there is none.
func (c *Catalogue) ByID(id string) (*Rule, error) {
	var ids []string
	for _, r := range c.Rules {
		if strings.EqualFold(r.ID, id) {
			return r, nil
		}
		ids = append(ids, r.ID)
	}
	for _, r := range c.Off {
		if strings.EqualFold(r.ID, id) {
			return r, nil
		}
	}
	help := ""
	if closest := filter.Closest(id, ids); closest != "" {
		help = " Did you mean " + closest + "?"
	}
	return nil, finops.Errorf(finops.CodeNotFound, "There is no rule %q.%s", id, help)
}

// Columns lists the columns that a Table should have, of those that a ledger has.
func (c *Catalogue) Columns(has func(column string) bool) []string {
	list := slices.Clone(groupColumns[:])
	add := func(name string) {
		for _, column := range realColumns(name) {
			if has(column) && !slices.Contains(list, column) {
				list = append(list, column)
			}
		}
	}
	for _, name := range slices.Concat(baseColumns, nameColumns[:]) {
		add(name)
	}
	for _, column := range append([]string{feeUsedColumn}, creditColumns...) {
		add(column)
	}
	if slices.ContainsFunc(c.Rules, (*Rule).shares) {
		for _, column := range shareColumns {
			add(column)
		}
	}
	if slices.ContainsFunc(c.Rules, func(r *Rule) bool { return r.HourSlots || r.grows() }) {
		for _, name := range hourColumns {
			add(name)
		}
	}
	for _, r := range c.Rules {
		for _, name := range []string{r.By, r.relatedColumn(), r.Ends} {
			if name != "" {
				add(name)
			}
		}
		for _, f := range r.filters {
			f.EachColumn(func(column string) bool {
				add(column)
				return true
			})
		}
	}
	return list
}

// Decode reads a rule strictly: a field that a rule does not have is an error. It answers CodeInvalid.
func Decode(data []byte) (*Rule, error) {
	r := &Rule{}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(r); err != nil {
		return nil, finops.WrapError(finops.CodeInvalid, err, "The rule cannot be read: %s", strings.TrimPrefix(err.Error(), "yaml: "))
	}
	return r, r.prepare()
}

// prepare checks a rule and reads its filters.
func (r *Rule) prepare() error {
	checks := []error{
		oneOf("group", r.Group, groupResource, groupAccount, groupCommitment, groupBill, groupPool),
		oneOf("saving", r.Saving, "S-DEL", "S-FEE", "S-RATIO", "S-SCHED", "S-RERATE", "none"),
		oneOf("stage", r.Stage, stages...),
		oneOf("class", r.Class, "B", "BP", Candidate, byInventory, byMetrics),
		oneOf("confidence", r.Confidence, "high", "medium", "low"),
		oneOf("effort", r.Effort, "low", "medium", "high"),
		r.checkTexts(), r.checkNumbers(), r.checkLegs(), r.checkProof(), r.readFilters(), r.checkSamples(),
	}
	for _, err := range checks {
		if err != nil {
			return err
		}
	}
	return nil
}

func oneOf(name, value string, allowed ...string) error {
	if slices.Contains(allowed, value) {
		return nil
	}
	return finops.Errorf(finops.CodeInvalid, "%q is no %s; it is one of %s.", value, name, strings.Join(allowed, ", "))
}

func (r *Rule) checkTexts() error {
	for name, text := range map[string]string{
		"id": r.ID, "title": r.Title, "service": r.Service, "detects": r.Detects, "match": r.Match, "restsOn": r.RestsOn,
		"refutedBy": r.RefutedBy, "reversibility": r.Reversibility, "fix.console": r.Fix.Console,
	} {
		if strings.TrimSpace(text) == "" {
			return finops.Errorf(finops.CodeInvalid, "The rule lacks %s.", name)
		}
	}
	if len(r.Sources) == 0 || len(r.Providers) == 0 {
		return finops.Errorf(finops.CodeInvalid, "The rule names no source or no provider.")
	}
	for _, p := range r.Providers {
		if finops.CanonicalProvider(p) != p {
			return finops.Errorf(finops.CodeInvalid, "The provider %q is written %q.", p, finops.CanonicalProvider(p))
		}
	}
	return nil
}

func (r *Rule) checkNumbers() error {
	if r.Version < 1 || r.Lookback < 1 || r.Lookback > lookbackMost || r.LeastDays < 1 || r.LeastDays > max(r.Lookback, costDays) {
		return finops.Errorf(finops.CodeInvalid, "A rule has a version from 1, a lookback of 1 to %d days and leastDays of 1 to its lookback or %d.", lookbackMost, costDays)
	}
	for _, p := range r.Parameters {
		value, err := finops.ParseAmount([]byte(p.Default))
		least, errLeast := finops.ParseAmount([]byte(p.Least))
		most, errMost := finops.ParseAmount([]byte(p.Most))
		if err := errors.Join(err, errLeast, errMost); err != nil {
			return finops.WrapError(finops.CodeInvalid, err, "The parameter %q needs default, least and most as numbers.", p.Name)
		}
		if value.Cmp(least) < 0 || value.Cmp(most) > 0 {
			return finops.Errorf(finops.CodeInvalid, "The default of %q, %s, is not between %s and %s.", p.Name, p.Default, p.Least, p.Most)
		}
		if !slices.Contains(criteria, p.Name) && !slices.Contains(pricerParameters, p.Name) && !slices.Contains(proofParameters, p.Name) && !r.usesInLeg(p.Name) {
			return finops.Errorf(finops.CodeInvalid, "%q is no parameter; a rule can have %s.", p.Name, strings.Join(criteria, ", "))
		}
	}
	if _, ok := r.parameter(ratio); ok != (r.Saving == "S-RATIO") && r.Saving != "S-RERATE" {
		return finops.Errorf(finops.CodeInvalid, "S-RATIO, and beside it only S-RERATE, has a parameter %q.", ratio)
	}
	if _, ok := r.parameter(idleHours); ok != (r.Saving == "S-SCHED") {
		return finops.Errorf(finops.CodeInvalid, "S-SCHED and no other saving has a parameter %q.", idleHours)
	}
	return nil
}

// checkLegs wants each leg to say one thing, and what it names to be there.
func (r *Rule) checkLegs() error {
	if len(r.Legs) > legsMost {
		return finops.Errorf(finops.CodeInvalid, "A rule has at most %d legs.", legsMost)
	}
	priced := false
	for _, leg := range r.Legs {
		said := 0
		for _, parameter := range []string{leg.Ratio, leg.AtMost} {
			if parameter == "" {
				continue
			}
			said++
			if _, ok := r.parameter(parameter); !ok {
				return finops.Errorf(finops.CodeInvalid, "A leg names the parameter %q, which the rule does not have.", parameter)
			}
		}
		if leg.Price != "" {
			said++
			if pricers[leg.Price] == nil {
				return finops.Errorf(finops.CodeInvalid, "%q is no way to find a price; it is one of %s.", leg.Price, strings.Join(slices.Sorted(maps.Keys(pricers)), ", "))
			}
		}
		if said != 1 || strings.TrimSpace(leg.Lines) == "" {
			return finops.Errorf(finops.CodeInvalid, "A leg has lines, and one of ratio, price and atMost.")
		}
		priced = priced || leg.AtMost == ""
	}
	if priced != (r.Saving == "S-RERATE") {
		return finops.Errorf(finops.CodeInvalid, "S-RERATE and no other saving has legs with a ratio or price.")
	}
	if r.By != "" && r.Group != groupAccount && r.Group != groupBill {
		return finops.Errorf(finops.CodeInvalid, "Only the groups account and bill can be divided by a column.")
	}
	if r.Credits && (r.Saving != "none" || r.Group != groupBill) {
		return finops.Errorf(finops.CodeInvalid, "A rule on credits has the group bill and no saving: what is not a cost is not saved.")
	}
	if r.Related != "" && r.Use == "" {
		return finops.Errorf(finops.CodeInvalid, "A rule with related names the lines of use.")
	}
	if _, ok := r.parameter(endsWithin); ok != (r.Ends != "") {
		return finops.Errorf(finops.CodeInvalid, "A rule has both ends and the parameter %q, or none of them.", endsWithin)
	}
	if r.NameMatches == "" {
		return nil
	}
	var err error
	if r.name, err = regexp.Compile(r.NameMatches); err != nil || r.Related == "" {
		return finops.Errorf(finops.CodeInvalid, "nameMatches is a regular expression for the value of related.")
	}
	return nil
}

// checkProof wants a rule that nothing but documents can decide to say how.
func (r *Rule) checkProof() error {
	if r.needsDocument() && r.Proof == "" {
		return finops.Errorf(finops.CodeInvalid, "A rule of class %s says with proof how documents decide.", r.Class)
	}
	if r.Proof != "" && provers[r.Proof] == nil {
		return finops.Errorf(finops.CodeInvalid, "%q is no proof; it is one of %s.", r.Proof, strings.Join(slices.Sorted(maps.Keys(provers)), ", "))
	}
	return nil
}

func (r *Rule) readFilters() error {
	for role, text := range r.texts() {
		f, err := filter.Parse(text)
		if err != nil {
			return finops.WrapError(finops.CodeInvalid, err, "A filter of the rule cannot be read. %s", err.Error())
		}
		if text == "" {
			f = finops.Any() // no line
		}
		r.filters[role] = f
	}
	if r.Hours == "" {
		r.filters[roleHours] = r.filters[roleMatch]
	}
	return nil
}
