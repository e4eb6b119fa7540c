package service

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
	"cloud-intelligence/backend/store/storetest"
)

// hostileTexts are values that programs tend to trip over.
var hostileTexts = []string{
	`<script>alert("1")</script>`, `=HYPERLINK("http://x")`, `+1+cmd|' /C calc'!A0`, `@SUM(1)`, `-2+3`, `'; DROP TABLE charge; --`, `" OR 1=1 --`,
	"a\x00b", "\x00", "NULL\x00", "null\x00x", "usage\x00Usage", "usage-based\x00Usage-Based", "\x01\x02\x1f\x7f", "\x1b[31mred", "tab\there", "\r", "a\rb", "a\r\nb", "line 1\nline 2\n\n",
	"\u202egnp.exe", "\u2066\u200b\u200f", "mar\ufeffked", "é", "e\u0301", "ß", "İ", "🏴‍☠️", "𝔘", "\U0010ffff", "\ufffd", "\u2028",
	strings.Repeat("x", 100_000), strings.Repeat("é\n", 5_000), `say "hi"`, `""`, `"`, `'`, `\`, `\\`, `\"`, `\u0041`, `,;|`, " leading", "trailing ", "  ", "nULL", "N/A", "none", "\\n",
	`{"a":"b"}`, `{"a":`, `[1,2]`, `{"a":{"b":[null]}}`, "%s%d%n", "$1", "${jndi:ldap://x}", "../../etc/passwd", "C:\\con", "0", "-0", "00012", "1e5", "0x1F", "true", "2026-05-01", "∞", "NaN",
}

// nullTexts are all spellings of "no value".
var nullTexts = []string{"", "NULL", "null", "Null", `\N`}

// textColumns returns the FOCUS columns that hold any text.
func textColumns() []string {
	var names []string
	for _, c := range finops.Columns() {
		if c.Kind == finops.KindText || c.Kind == finops.KindJSON {
			names = append(names, c.Name)
		}
	}
	return names
}

// strangeColumns are names of columns that FOCUS does not have. SQLite takes some of
// them for one another, others are special in JSON paths or SQL.
var strangeColumns = []string{
	"x_Plain", "id", "Id", "ID", "rowid", "own", "c1", "C1", "extra_id", `x"y`, `x'y`, `x\y`, `x\"y`, `x""y`, "x.y", "x[0]", "x[#-1]", "$", "$.x", `"`, "x y", "x,y", "x\ny", "x\x01y", "x\u2028y", "x\x00y", "x\ufffdy", "x\x00\x00",
	"é", "É", "e\u0301", "🏷", "SELECT", "--", "x;DROP TABLE charge", "?1", ":a", "%d", "X_Plain", "x_LineId", "value", "raw", "1", "{}", "x_" + strings.Repeat("long", 200),
}

func missing(names ...string) func(name string) bool {
	return func(name string) bool {
		for _, n := range names {
			if n == name {
				return true
			}
		}
		return false
	}
}

// newWideTable begins a table with every FOCUS column and more.
func newWideTable(more ...string) *table {
	c := newTable()
	have := missing(c.header...)
	for _, f := range finops.Columns() {
		if !have(f.Name) {
			c.header = append(c.header, f.Name)
		}
	}
	c.header = append(c.header, more...)
	return c
}

// requireTable compares every field of a table with the raw lines of a workspace, and
// the view focus with the lines.
func requireTable(t *testing.T, w *Workspace, c *table) {
	t.Helper()
	got := rawLines(t, w, c.header)
	require.Len(t, got, len(c.rows))
	for i, row := range c.rows {
		for j, want := range row {
			if want == "" {
				require.Nil(t, got[i][j], "row %d, %q", i, c.header[j])
				continue
			}
			require.NotNil(t, got[i][j], "row %d, %q should be %.60q", i, c.header[j], want)
			require.True(t, want == *got[i][j], "row %d, %q: %.80q came back as %.80q", i, c.header[j], want, *got[i][j])
		}
	}
	requireView(t, w)
}

// requireView compares the view focus, read with plain SQL, with the lines of the engine.
func requireView(t *testing.T, w *Workspace) {
	t.Helper()
	columns, rows := storetest.View(t, w.Path())
	require.Equal(t, "x_LineId", columns[0])
	custom, err := w.db.CustomColumns(t.Context())
	require.NoError(t, err)
	var names []string
	for _, c := range finops.Columns() {
		names = append(names, c.Name)
	}
	for _, c := range custom {
		names = append(names, c.Name)
	}
	require.Len(t, columns, len(names)+1)
	seen := map[string]bool{}
	for i, name := range columns[1:] {
		plain := strings.ReplaceAll(names[i], "\x00", "\ufffd")
		require.True(t, name == plain || strings.HasPrefix(name, plain+" ("), "%q is shown as %q", names[i], name)
		require.False(t, seen[strings.ToLower(name)], "%q is there twice for SQLite", name)
		seen[strings.ToLower(name)] = true
	}
	at := 0
	require.NoError(t, w.Ledger.EachLine(t.Context(), engine.LinesQuestion{Columns: names}, func(row []*string) error {
		if at >= len(rows) {
			return fmt.Errorf("the view has only %d rows", len(rows))
		}
		for i, v := range row {
			seen := rows[at][i+1]
			if (v == nil) != (seen == nil) || (v != nil && *v != *seen) {
				return fmt.Errorf("row %d, %q: the view gives %s, the lines %s", at, names[i], show(seen), show(v))
			}
		}
		at++
		return nil
	}))
	require.Len(t, rows, at)
}

func show(s *string) string {
	if s == nil {
		return "no value"
	}
	return fmt.Sprintf("%.80q", *s)
}

func TestHostile_TextsInEveryColumn(t *testing.T) {
	t.Parallel()
	c := newWideTable("x_Note")
	free := append(textColumns(), "x_Note")
	for i, text := range append(hostileTexts, nullTexts...) {
		var overrides []string
		for _, name := range free {
			if name != "ProviderName" && name != "BillingAccountId" && name != "BillingCurrency" {
				overrides = append(overrides, name, text)
			}
		}
		c.line(overrides...)
		if i%3 == 0 && text != "" { // also what makes a bill
			c.line("ProviderName", text, "BillingAccountId", text, "BillingCurrency", text)
		}
	}
	w := newWorkspace(t)
	res := load(t, w, c.file(t, "focus.csv"))
	require.Zero(t, res.Rejects)
	requireTable(t, w, c)

	again := reopen(t, w.Path())
	requireTable(t, again, c)
	next := newTable().line("BillingPeriodStart", "2026-06-01", "ServiceName", "NULL\x00") // found again in the dictionary
	load(t, again, next.file(t, "focus.csv"))
	lines := rawLines(t, again, []string{"ServiceName"})
	assert.Equal(t, "NULL\x00", *lines[len(lines)-1][0])
}

func TestHostile_Columns(t *testing.T) {
	c := newWideTable(strangeColumns...)
	for i := range 20 {
		var overrides []string
		for j, name := range strangeColumns {
			if (i+j)%3 > 0 {
				overrides = append(overrides, name, hostileTexts[(i*7+j)%len(hostileTexts)])
			}
		}
		c.line(overrides...)
	}
	w := newWorkspace(t)
	load(t, w, c.file(t, "focus.csv"))
	requireTable(t, w, c)
	requireGroups(t, w, c, strangeColumns)
}

// requireGroups asks for every column's values and their cost.
func requireGroups(t *testing.T, w *Workspace, c *table, columns []string) {
	t.Helper()
	index := map[string]int{}
	for i, name := range c.header {
		index[name] = i
	}
	for _, name := range columns {
		want := map[string]int64{}
		for _, row := range c.rows {
			v := row[index[name]]
			if finops.IsNull([]byte(v)) {
				v = ""
			}
			want[v]++
		}
		a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost}, GroupBy: []string{name}})
		require.NoError(t, err, "%q", name)
		got := map[string]int64{}
		for _, row := range a.Rows {
			key := ""
			if row.Keys[0] != nil {
				key = *row.Keys[0]
			}
			got[key] += row.Lines
		}
		require.Equal(t, want, got, "%q", name)
	}
}

// TestHostile_OwnColumns has columns whose values hardly repeat: they are kept with the
// lines instead of in the dictionary.
func TestHostile_OwnColumns(t *testing.T) {
	long(t)
	t.Parallel()
	own := append([]string{"InvoiceDetailId", "ContractApplied"}, strangeColumns...)
	c := newWideTable(strangeColumns...)
	for i := range 600 {
		var overrides []string
		for j, name := range own {
			switch {
			case i%50 == 7:
				overrides = append(overrides, name, nullTexts[(i+j)%len(nullTexts)])
			case i%5 > 0 && j != 2:
				text := hostileTexts[(i+j)%len(hostileTexts)]
				if len(text) > 1000 {
					text = strings.ToValidUTF8(text[:1000], "")
				}
				overrides = append(overrides, name, fmt.Sprintf("%s%d-%d", text, i, j))
			case j == 2:
				overrides = append(overrides, name, "always the same")
			}
		}
		c.line(overrides...)
	}
	w := newWorkspace(t)
	load(t, w, c.file(t, "focus.csv"))
	kept, err := w.db.OwnColumns(t.Context())
	require.NoError(t, err)
	require.True(t, kept[`x\"y`] && kept["InvoiceDetailId"] && !kept["x_Plain"], "%v", kept)
	requireTable(t, w, c)
	requireGroups(t, w, c, own)

	// A later file in which the same columns repeat, so that both places are in use.
	second := newWideTable(strangeColumns...)
	for i := range 600 {
		overrides := []string{"BillingPeriodStart", "2026-07-01"}
		for _, name := range own {
			overrides = append(overrides, name, "same "+name)
		}
		second.line(append(overrides, "ResourceId", fmt.Sprint("later-", i))...)
	}
	load(t, w, second.file(t, "focus.csv"))
	both := &table{header: c.header, rows: append(append([][]string(nil), c.rows...), second.rows...)}
	requireTable(t, w, both)
	requireGroups(t, w, both, own)
}

// TestHostile_ManyColumns has more columns of its own than any export, in two files with
// some columns in common.
func TestHostile_ManyColumns(t *testing.T) {
	long(t)
	t.Parallel()
	w := newWorkspace(t)
	both := newWideTable()
	for i := range 510 {
		both.header = append(both.header, fmt.Sprintf("x_Column%d", i))
	}
	base := len(newWideTable().header)
	for part := range 2 {
		c := newWideTable(both.header[base+part*160 : base+part*160+350]...)
		for i := range 5 {
			overrides := []string{"BillingPeriodStart", fmt.Sprintf("2026-0%d-01", part+1)}
			for j, name := range c.header[base:] {
				if (i+j)%4 > 0 {
					overrides = append(overrides, name, fmt.Sprint("v", j%3))
				}
			}
			c.line(overrides...)
			both.line(append(overrides, "ResourceId", fmt.Sprintf("r-%d", i))...)
		}
		load(t, w, c.file(t, fmt.Sprintf("part%d.csv", part)))
	}
	requireTable(t, w, both)

	third := newWideTable()
	for i := range 1400 {
		third.header = append(third.header, fmt.Sprintf("x_Other%d", i))
	}
	before := storetest.Dump(t, w.Path())
	_, err := importWith(t.Context(), w, ImportOptions{}, third.line("BillingPeriodStart", "2026-03-01").file(t, "third.csv"))
	require.Equal(t, finops.CodeUnsupported, finops.CodeOf(err))
	assert.Contains(t, finops.MessageOf(err), "columns")
	requireSameDump(t, before, storetest.Dump(t, w.Path()))
	requireTable(t, w, both)
}

// requireSameDump compares two dumps table by table.
func requireSameDump(t *testing.T, before, after map[string]string) {
	t.Helper()
	for table, content := range before {
		require.Equal(t, content, after[table], "table %s", table)
	}
	require.Len(t, after, len(before))
}

func TestHostile_Amounts(t *testing.T) {
	spellings := []string{
		"0", "-0", "0.00", "-0.000", "1.50", "00.5", ".5", "5.", "+7", "1e3", "1E-30", "-2.5e+2", "1e30", "12345678901234567890.123456789012345678901234567890", "0.000000000000000000000000000001",
		"-99999999999999999999999999999999", "$1,234.50", "($1,234.50)", " 3 ", "€4", "1,000,000", "-9223372036854775808", "9223372036854775807.1", "288230376151711743", "288230376151711744",
		"-288230376151711743.0", "0.1234567890123456789", "1e-40", "NULL", "null", "Null", `\N`, "",
	}
	c := newWideTable()
	for i, text := range spellings {
		var overrides []string
		for j, name := range []string{"BilledCost", "EffectiveCost", "ListCost", "ContractedCost", "PricingQuantity", "ConsumedQuantity", "CommitmentDiscountQuantity", "ListUnitPrice"} {
			overrides = append(overrides, name, spellings[(i+j*5)%len(spellings)])
		}
		c.line(append(overrides, "BilledCost", text, "ConsumedQuantity", "about three", "PricingCurrencyEffectiveCost", text)...)
	}
	w := newWorkspace(t)
	res := load(t, w, c.file(t, "focus.csv"))
	require.Zero(t, res.Rejects)
	kept := map[string]string{"$1,234.50": "1234.50", "($1,234.50)": "-1234.50", " 3 ": "3", "€4": "4", "1,000,000": "1000000"}
	for _, row := range c.rows {
		for i, name := range c.header {
			if number, ok := kept[row[i]]; ok && store.MeasureIndex(name) >= 0 {
				row[i] = number
			}
		}
	}
	requireTable(t, w, c)
	requireTotals(t, w, c)
}

// TestHostile_LongestAmounts adds the largest and the smallest amounts that are read.
func TestHostile_LongestAmounts(t *testing.T) {
	var sum finops.Sum
	c := newTable()
	for _, text := range []string{"9e96", "1e-96", "-1.5", "99999999999999999999999999999999999999999999999999e96"} {
		a, err := finops.ParseAmount([]byte(text))
		require.NoError(t, err)
		sum.Add(a)
		c.line("BilledCost", text, "EffectiveCost", text)
	}
	_, err := finops.ParseTotal([]byte(sum.String()))
	require.NoError(t, err)
	w := newWorkspace(t)
	load(t, w, c.file(t, "focus.csv"))
	requireTable(t, w, c)
	requireTotals(t, w, c)
}

// requireTotals adds the costs of a table without the ledger and compares.
func requireTotals(t *testing.T, w *Workspace, c *table) {
	t.Helper()
	index := map[string]int{}
	for i, name := range c.header {
		index[name] = i
	}
	want := map[string]*[4]finops.Sum{}
	known := map[string]*[4]bool{}
	for _, row := range c.rows {
		currency := ""
		if i, ok := index["BillingCurrency"]; ok && !finops.IsNull([]byte(row[i])) {
			currency = row[i]
		}
		if want[currency] == nil {
			want[currency], known[currency] = &[4]finops.Sum{}, &[4]bool{}
		}
		for m, metric := range finops.Metrics {
			if i, ok := index[string(metric)]; ok && !finops.IsNull([]byte(row[i])) {
				a, err := finops.ParseAmount([]byte(row[i]))
				require.NoError(t, err)
				want[currency][m].Add(a)
				known[currency][m] = true
			}
		}
	}
	for _, group := range [][]string{nil, {"ResourceId"}} {
		a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: finops.Metrics, GroupBy: group})
		require.NoError(t, err)
		require.Len(t, a.Totals, len(want))
		for _, row := range a.Totals {
			require.NotNil(t, want[row.Currency], "%q", row.Currency)
			for m, sum := range row.Amounts {
				if !known[row.Currency][m] {
					require.Nil(t, sum)
					continue
				}
				require.NotNil(t, sum)
				require.Equal(t, want[row.Currency][m].String(), sum.String(), "%s in %q", finops.Metrics[m], row.Currency)
			}
		}
	}
}

func TestHostile_AmountsAtRandom(t *testing.T) {
	long(t)
	t.Parallel()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	number := func() string {
		digits := func(n int) string {
			b := make([]byte, n)
			for i := range b {
				b[i] = byte('0' + random.IntN(10))
			}
			return string(b)
		}
		text := digits(1 + random.IntN(22))
		if random.IntN(4) > 0 {
			text += "." + digits(1+random.IntN(32))
		}
		if random.IntN(3) == 0 {
			text = "-" + text
		}
		if random.IntN(6) == 0 {
			text += fmt.Sprintf("E%d", random.IntN(41)-20)
		}
		return text
	}
	c := newTable("ListCost", "ContractedCost")
	for range 3000 {
		c.line("BillingCurrency", []string{"USD", "EUR", "", "IDR"}[random.IntN(4)], "BilledCost", number(), "EffectiveCost", number(), "ListCost", number(), "ContractedCost", nullTexts[random.IntN(5)])
	}
	w := newWorkspace(t)
	load(t, w, c.file(t, "focus.csv"))
	requireTable(t, w, c)
	requireTotals(t, w, c)
}

func TestHostile_OddCaseOfEnumerations(t *testing.T) {
	c := newTable("ChargeFrequency", "PricingCategory", "ChargeClass", "CommitmentDiscountStatus")
	c.line("ChargeCategory", "usage", "ChargeFrequency", "USAGE-BASED", "PricingCategory", "on-demand", "ChargeClass", "CORRECTION")
	c.line("ChargeCategory", "Usage", "ChargeFrequency", "Usage-Based", "CommitmentDiscountStatus", "unUsed")
	c.line("ChargeCategory", "USAGE", "ChargeFrequency", "null", "ChargeClass", "Not in the list")
	w := newWorkspace(t)
	load(t, w, c.file(t, "focus.csv"))
	requireTable(t, w, c)
	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost}, GroupBy: []string{"ChargeCategory"}})
	require.NoError(t, err)
	require.Len(t, a.Rows, 1)
	assert.Equal(t, "Usage", *a.Rows[0].Keys[0])
	a, err = w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost}, GroupBy: []string{"ChargeFrequency"}})
	require.NoError(t, err)
	require.Len(t, a.Rows, 2)
}

func TestHostile_MissingColumns(t *testing.T) {
	long(t)
	for _, drop := range [][]string{
		{"BilledCost"}, {"EffectiveCost"}, {"BillingCurrency"}, {"ProviderName", "BillingAccountId"}, {"BillingPeriodStart", "BillingPeriodEnd"},
		{"ChargePeriodStart", "ChargePeriodEnd"}, {"ResourceId", "ServiceName"}, {"ChargePeriodStart"}, {"BillingPeriodStart"},
	} {
		t.Run(strings.Join(drop, ","), func(t *testing.T) {
			c := newTable("x_A").line().line("BilledCost", "-3", "ChargePeriodStart", "2026-05-31T23:59:59Z").line("x_A", "1").without(drop...)
			w := newWorkspace(t)
			res := load(t, w, c.file(t, "focus.csv"))
			require.Zero(t, res.Rejects)
			requireTable(t, w, c)
			requireTotals(t, w, c)
			state, err := w.Ledger.State(t.Context())
			require.NoError(t, err)
			assert.Equal(t, "2026-05", state.FirstDay.Month().String())
			assert.Equal(t, "2026-05", state.LastDay.Month().String())
		})
	}
}

func TestHostile_MissingPeriodsLineByLine(t *testing.T) {
	c := newTable()
	for _, word := range nullTexts {
		c.line("ChargePeriodStart", word, "ChargePeriodEnd", word, "BillingPeriodStart", "2026-04-01")
		c.line("ChargePeriodStart", "2026-03-09", "BillingPeriodStart", word, "BillingPeriodEnd", word)
		c.line("ChargePeriodStart", word, "BillingPeriodStart", "2026-06-01")
	}
	w := newWorkspace(t)
	load(t, w, c.file(t, "focus.csv"))
	requireTable(t, w, c)
	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost}, Grain: finops.GrainDay})
	require.NoError(t, err)
	var days []string
	for _, row := range a.Rows {
		days = append(days, fmt.Sprint(row.Time, " ", row.Lines))
	}
	assert.Equal(t, []string{"2026-03-09 5", "2026-04-01 5", "2026-06-01 5"}, days)
	slices, err := w.db.Slices(t.Context())
	require.NoError(t, err)
	require.Len(t, slices, 3)
}

func TestHostile_Rejects(t *testing.T) {
	bad := []struct{ column, value, reason string }{
		{"ChargePeriodStart", "yesterday", "ChargePeriodStart"},
		{"ChargePeriodStart", "2026-02-30T00:00:00Z", "ChargePeriodStart"},
		{"ChargePeriodStart", "0001-01-01", "ChargePeriodStart"},
		{"BillingPeriodStart", "13/13/2026", "BillingPeriodStart"},
		{"BilledCost", "free", "BilledCost"},
		{"EffectiveCost", "1.2.3", "EffectiveCost"},
		{"EffectiveCost", "1e9999", "EffectiveCost"},
		{"BilledCost", "=1+1", "BilledCost"},
	}
	c, good := newTable(), newTable()
	for i, b := range bad {
		name := fmt.Sprintf("note\n%d", i) // so that lines and records differ
		c.line("ResourceId", name)
		good.line("ResourceId", name)
		c.line(b.column, b.value)
	}
	c.line("ChargePeriodStart", "", "BillingPeriodStart", "")
	path := c.file(t, "focus.csv")
	w := newWorkspace(t)
	empty := storetest.Dump(t, w.Path())
	_, err := importWith(t.Context(), w, ImportOptions{Strict: true}, path)
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	assert.Contains(t, finops.MessageOf(err), "line 4: ChargePeriodStart")
	requireSameDump(t, empty, storetest.Dump(t, w.Path()))
	require.Equal(t, "nothing", billed(t, w))

	res := load(t, w, path)
	require.EqualValues(t, len(bad), res.Lines)
	require.EqualValues(t, len(bad)+1, res.Rejects)
	requireTable(t, w, good)
	rejects, total, err := w.Imports.Rejects(t.Context(), res.ImportID, 0, 100)
	require.NoError(t, err)
	require.Equal(t, len(bad)+1, total)
	for i, b := range bad {
		assert.EqualValues(t, 4+3*i, rejects[i].Line, "%v", b)
		assert.Contains(t, rejects[i].Reason, b.reason)
		assert.Contains(t, rejects[i].Text, b.value)
		assert.Equal(t, path, rejects[i].File)
	}
	assert.Contains(t, rejects[len(bad)].Reason, "neither")

	page, total, err := w.Imports.Rejects(t.Context(), res.ImportID, 2, 3)
	require.NoError(t, err)
	assert.Equal(t, rejects[2:5], page)
	assert.Equal(t, len(bad)+1, total)
}

func TestHostile_NothingReadable(t *testing.T) {
	w := newWorkspace(t)
	empty := storetest.Dump(t, w.Path())
	_, err := importWith(t.Context(), w, ImportOptions{}, newTable().line("BilledCost", "x").line("BilledCost", "y").file(t, "focus.csv"))
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	assert.Contains(t, finops.MessageOf(err), "line 2")
	requireSameDump(t, empty, storetest.Dump(t, w.Path()))
}
