package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/dlclark/regexp2"
	"github.com/stretchr/testify/assert"

	"cloud-intelligence/backend/finops"
)

// caseExpectation is what must be true of a workspace.
type caseExpectation struct {
	BilledCost     map[string]string
	EffectiveCost  map[string]string
	ListCost       map[string]string
	ContractedCost map[string]string
	Lines          *int64
	Query          []caseQuery
	PassportSays   []string `json:"passport_says"`
	PassportNever  []string `json:"passport_never"`
	Printed        []string `json:"told"`
	AnyOf          []caseExpectation
}

type caseQuery struct {
	Args   []string
	Rows   []map[string]any
	Totals []map[string]any
	Has    []map[string]any
}

func (e *caseExpectation) costs() map[finops.Metric]map[string]string {
	return map[finops.Metric]map[string]string{
		finops.BilledCost: e.BilledCost, finops.EffectiveCost: e.EffectiveCost, finops.ListCost: e.ListCost, finops.ContractedCost: e.ContractedCost,
	}
}

// caseState is what counts in a workspace: lines, and costs by metric and currency.
type caseState struct {
	lines, rejects int64
	costs          map[finops.Metric]map[string]string
}

// equal compares what counts. An import that changes nothing may leave messages.
func (s caseState) equal(o caseState) bool {
	return s.lines == o.lines && !slices.ContainsFunc(finops.Metrics, func(m finops.Metric) bool { return !sameCosts(s.costs[m], o.costs[m]) })
}

func (s caseState) String() string {
	return fmt.Sprintf("%s in %d lines", costsText(s.costs[finops.BilledCost]), s.lines)
}

// state asks a workspace what counts; one that does not exist holds nothing.
func (c *caseProgram) state(workspace string) caseState {
	c.t.Helper()
	s := caseState{costs: map[finops.Metric]map[string]string{}}
	if !c.exists(workspace) {
		return s
	}
	var names []string
	for _, m := range finops.Metrics {
		names = append(names, string(m))
		s.costs[m] = map[string]string{}
	}
	var answer struct{ Totals []map[string]any }
	c.ask(workspace, &answer, "query", "--metric", strings.Join(names, ","), "--format", "json")
	for _, total := range answer.Totals {
		currency, _ := total["BillingCurrency"].(string)
		lines, err := strconv.ParseInt(textOf(total["lines"]), 10, 64)
		assert.NoError(c.t, err)
		s.lines += lines
		for _, m := range finops.Metrics {
			if cost, known := total[string(m)].(string); known {
				s.costs[m][currency] = cost
			}
		}
	}
	var imports struct{ Imports []struct{ Rejects int64 } }
	c.ask(workspace, &imports, "imports", "--json")
	for _, i := range imports.Imports {
		s.rejects += i.Rejects
	}
	return s
}

// ask runs a command that must succeed and reads its JSON.
func (c *caseProgram) ask(workspace string, answer any, args ...string) {
	c.t.Helper()
	done := c.run(workspace, args...)
	if done.code != 0 {
		c.t.Fatalf("%s: %s", done.command, done.report())
	}
	decoder := json.NewDecoder(strings.NewReader(done.stdout))
	decoder.UseNumber()
	if err := decoder.Decode(answer); err != nil {
		c.t.Fatalf("%s: %v\n%s", done.command, err, done.report())
	}
}

// expect says what is not as expected.
func (c *caseProgram) expect(workspace string, e *caseExpectation) (faults []string) {
	c.t.Helper()
	if e == nil {
		return nil
	}
	state := c.state(workspace)
	costs := e.costs()
	for _, m := range finops.Metrics {
		if costs[m] != nil && !sameCosts(costs[m], state.costs[m]) {
			faults = append(faults, fmt.Sprintf("%s is %s, not %s", m, costsText(state.costs[m]), costsText(costs[m])))
		}
	}
	if e.Lines != nil && *e.Lines != state.lines {
		faults = append(faults, fmt.Sprintf("%d lines count, not %d", state.lines, *e.Lines))
	}
	for _, q := range e.Query {
		faults = append(faults, c.query(workspace, q)...)
	}
	if e.PassportSays != nil || e.PassportNever != nil {
		faults = append(faults, wrongText("the passport", c.run(workspace, "passport").output(), e.PassportSays, e.PassportNever)...)
	}
	if e.Printed != nil {
		faults = append(faults, wrongText("what the imports, the passport and the rejects print", c.everythingPrinted(workspace), e.Printed, nil)...)
	}
	if e.AnyOf != nil {
		faults = append(faults, c.expectAny(workspace, e.AnyOf)...)
	}
	return faults
}

func (c *caseProgram) expectAny(workspace string, choices []caseExpectation) (faults []string) {
	c.t.Helper()
	for i := range choices {
		wrong := c.expect(workspace, &choices[i])
		if len(wrong) == 0 {
			return nil
		}
		faults = append(faults, fmt.Sprintf("choice %d: %s", i+1, strings.Join(wrong, "; ")))
	}
	return faults
}

// everythingPrinted is what the program said of the imports: at once, in the passport, and in
// the lists of lines that could not be read.
func (c *caseProgram) everythingPrinted(workspace string) string {
	c.t.Helper()
	text := c.printed.String() + "\n" + c.run(workspace, "passport").output()
	var imports struct{ Imports []struct{ ImportID int64 } }
	c.ask(workspace, &imports, "imports", "--json")
	for _, i := range imports.Imports {
		text += "\n" + c.run(workspace, "imports", "rejects", strconv.FormatInt(i.ImportID, 10)).output()
	}
	return text
}

// query compares the answer to a query, of each row only the columns that are named.
func (c *caseProgram) query(workspace string, q caseQuery) (faults []string) {
	c.t.Helper()
	var answer struct{ Rows, Totals []map[string]any }
	args := slices.Concat([]string{"query"}, billedUnlessAsked(q.Args), []string{"--format", "json"})
	c.ask(workspace, &answer, args...)
	for _, part := range []struct {
		name      string
		want, got []map[string]any
		all       bool
	}{{"rows", q.Rows, answer.Rows, true}, {"totals", q.Totals, answer.Totals, true}, {"rows", q.Has, answer.Rows, false}} {
		if part.want == nil {
			continue
		}
		missing, left := pair(part.want, part.got)
		if len(missing) > 0 || (part.all && len(left) > 0) {
			wrong := fmt.Sprintf("%s: of the %s wanted %s", strings.Join(args, " "), part.name, rowsText(missing))
			faults = append(faults, fmt.Sprintf("%s are missing, and besides there are %s", wrong, rowsText(left)))
		}
	}
	return faults
}

// pair finds a row for each row that is wanted. Rows that name fewer columns may fit several
// others, so a row that was given away can be exchanged.
func pair(want, got []map[string]any) (missing, left []map[string]any) {
	owner := make([]int, len(got)) // wanted row + 1, 0 = none
	var find func(w int, seen []bool) bool
	find = func(w int, seen []bool) bool {
		for g := range got {
			if seen[g] || !fits(want[w], got[g]) {
				continue
			}
			seen[g] = true
			if owner[g] == 0 || find(owner[g]-1, seen) {
				owner[g] = w + 1
				return true
			}
		}
		return false
	}
	for w := range want {
		if !find(w, make([]bool, len(got))) {
			missing = append(missing, want[w])
		}
	}
	for g := range got {
		if owner[g] == 0 {
			left = append(left, got[g])
		}
	}
	return missing, left
}

// fits compares amounts as numbers and everything else as text.
func fits(want, got map[string]any) bool {
	for name, w := range want {
		g, ok := got[name]
		if !ok || (w == nil) != (g == nil) {
			return false
		}
		amount := name == "lines" || strings.HasSuffix(name, "Cost") || strings.HasSuffix(name, "Quantity")
		if textOf(w) != textOf(g) && (!amount || !sameAmount(textOf(w), textOf(g))) {
			return false
		}
	}
	return true
}

func textOf(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

func sameAmount(a, b string) bool {
	x, ok := new(big.Rat).SetString(a)
	y, also := new(big.Rat).SetString(b)
	return ok && also && x.Cmp(y) == 0
}

func sameCosts(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for currency, cost := range a {
		other, ok := b[currency]
		if !ok || !sameAmount(cost, other) {
			return false
		}
	}
	return true
}

func costsText(costs map[string]string) string {
	var list []string
	for currency, cost := range costs {
		if currency == "" {
			currency = "no currency"
		}
		list = append(list, currency+" "+cost)
	}
	slices.Sort(list)
	if len(list) == 0 {
		return "nothing"
	}
	return strings.Join(list, ", ")
}

func rowsText(rows []map[string]any) string {
	if len(rows) == 0 {
		return "none"
	}
	const most = 3
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	for i, row := range rows {
		if i == most {
			fmt.Fprintf(&b, "and %d more", len(rows)-most)
			break
		}
		if err := encoder.Encode(row); err != nil {
			fmt.Fprint(&b, err)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// wrongText says which texts are missing, and which are there that must not be.
func wrongText(where, text string, says, never []string) (faults []string) {
	for _, wanted := range says {
		if found, err := contains(text, wanted); err != nil || !found {
			faults = append(faults, fmt.Sprintf("%s lacks %s%s", where, wanted, errorText(err)))
		}
	}
	for _, unwanted := range never {
		if found, err := contains(text, unwanted); err != nil || found {
			faults = append(faults, fmt.Sprintf("%s contains %s%s", where, unwanted, errorText(err)))
		}
	}
	return faults
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return ": " + err.Error()
}

// contains finds a text in any case, or a regular expression between slashes. The
// expressions look ahead, which Go's own cannot.
func contains(text, wanted string) (bool, error) {
	if len(wanted) < 3 || !strings.HasPrefix(wanted, "/") || !strings.HasSuffix(wanted, "/") {
		return strings.Contains(strings.ToLower(text), strings.ToLower(wanted)), nil
	}
	expression, err := regexp2.Compile(wanted[1:len(wanted)-1], regexp2.IgnoreCase|regexp2.Multiline)
	if err != nil {
		return false, fmt.Errorf("compile: %w", err)
	}
	found, err := expression.MatchString(text)
	if err != nil {
		return false, fmt.Errorf("match: %w", err)
	}
	return found, nil
}

func TestContains_AnyCaseAndExpressions(t *testing.T) {
	for _, c := range []struct {
		text, wanted string
		found        bool
	}{
		{"No Currency here", "no currency", true},
		{"list cost is 0 for 12 lines", `/list ?cost[^\n]*\b(0|zero)\b(?! ?%)/`, true},
		{"list cost is known for 0 %", `/list ?cost[^\n]*\b(0|zero)\b(?! ?%)/`, false},
		{"one\ntwo", "/one.*two/", false},
		{"one\ntwo", "/one$/", true},
		{"a/b", "/", true},
	} {
		found, err := contains(c.text, c.wanted)
		assert.NoError(t, err)
		assert.Equal(t, c.found, found, "%s in %q", c.wanted, c.text)
	}
}

// billedUnlessAsked asks for billed cost where the arguments name no metric: the expected
// answers are of that.
func billedUnlessAsked(args []string) []string {
	if slices.Contains(args, "--metric") {
		return args
	}
	return append([]string{"--metric", string(finops.BilledCost)}, args...)
}
