package service

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/passport"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/housetest"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/awscur"
	"cloud-intelligence/backend/source/azureexport"
	"cloud-intelligence/backend/source/focusfile"
	"cloud-intelligence/backend/source/gcpexport"
	"cloud-intelligence/backend/source/ocireport"
)

// passportWorkspace is an empty workspace on a fixed day.
func passportWorkspace(t testing.TB, sources ...source.Source) *Workspace {
	t.Helper()
	if len(sources) == 0 {
		sources = source.Registry{focusfile.Source{}}
	}
	now := func() time.Time { return time.Date(2026, 6, 10, 9, 30, 0, 0, time.UTC) }
	w, err := Create(t.Context(), filepath.Join(t.TempDir(), "client.cloudintel"), "Client", Options{Sources: sources, User: "Tester", Now: now})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.Close()) })
	return w
}

func passportOf(t testing.TB, w *Workspace) *passport.Passport {
	t.Helper()
	p, err := w.Quality.Passport(t.Context())
	require.NoError(t, err)
	return p
}

func finding(t testing.TB, s passport.Set, code string) passport.Finding {
	t.Helper()
	for _, f := range s.Findings {
		if f.Code == code {
			return f
		}
	}
	require.Fail(t, "there is no finding "+code)
	return passport.Finding{}
}

// fullTable has the columns that a passport looks at.
func fullTable() *table {
	return newTable("BillingAccountName", "ServiceCategory", "SkuId", "Tags", "ListCost", "ContractedCost", "ListUnitPrice", "InvoiceId", "SubAccountId", "RegionId",
		"PricingQuantity", "ConsumedQuantity", "CommitmentDiscountId", "CommitmentDiscountStatus", "CapacityReservationId")
}

var sound = []string{
	"BillingAccountName", "Acme", "ServiceCategory", "Storage", "SkuId", "S1", "Tags", `{"team":"red"}`, "ListCost", "2", "ContractedCost", "1.5", "ListUnitPrice", "2",
	"InvoiceId", "I-5", "SubAccountId", "200", "RegionId", "eu-1", "PricingQuantity", "1", "ConsumedQuantity", "1",
}

func (c *table) soundLine(overrides ...string) *table {
	return c.line(append(append([]string{}, sound...), overrides...)...)
}

// everyGap is a ledger with at least one example of everything that a passport reports.
func everyGap(t testing.TB, w *Workspace) {
	t.Helper()
	march := []string{"BillingPeriodStart", "2026-03-01T00:00:00Z", "BillingPeriodEnd", "2026-04-01T00:00:00Z", "ChargePeriodStart", "2026-03-30T00:00:00Z", "ChargePeriodEnd", "2026-03-31T00:00:00Z"}
	c := fullTable()
	c.soundLine(march...) // April has no bill
	for day := 1; day <= 20; day++ {
		if day == 7 || day == 8 {
			continue
		}
		c.soundLine("ChargePeriodStart", fmt.Sprintf("2026-05-%02dT00:00:00Z", day), "ChargePeriodEnd", fmt.Sprintf("2026-05-%02dT00:00:00Z", day+1))
	}
	c.soundLine("ChargePeriodStart", "2026-04-29T00:00:00Z", "ChargePeriodEnd", "2026-04-30T00:00:00Z") // late
	c.soundLine("ChargePeriodStart", "2026-06-02T00:00:00Z", "ChargePeriodEnd", "2026-06-03T00:00:00Z") // early
	c.soundLine("ChargePeriodStart", "2026-05-09T10:00:00Z", "ChargePeriodEnd", "2026-05-09T11:00:00Z") // an hour
	c.soundLine("ChargeCategory", "Tax", "ChargePeriodStart", "2026-05-01T00:00:00Z", "ChargePeriodEnd", "2026-06-01T00:00:00Z", "Tags", "", "SkuId", "", "ServiceName", "", "ServiceCategory", "")
	c.soundLine("ResourceId", "", "SkuId", "NULL", "Tags", "{}", "ServiceCategory", "Other", "EffectiveCost", "40", "BilledCost", "40", "PricingQuantity", "NULL", "ConsumedQuantity", "")
	c.soundLine("ServiceName", "", "ServiceCategory", "", "RegionId", "")
	c.soundLine("BilledCost", "-3", "EffectiveCost", "-3", "ListCost", "-3", "ContractedCost", "-3")                          // negative usage
	c.soundLine("BilledCost", "0", "EffectiveCost", "0", "ListCost", "0", "ContractedCost", "0")                              // free
	c.soundLine("ListCost", "1.25", "ContractedCost", "1.5")                                                                  // list below contracted
	c.soundLine("EffectiveCost", "1.75")                                                                                      // contracted below effective
	c.soundLine("EffectiveCost", "1.75", "CommitmentDiscountId", "c-1", "CommitmentDiscountStatus", "Unused")                 // which is right for unused commitments
	c.soundLine("ListCost", "", "ContractedCost", "NULL", "CommitmentDiscountId", "c-1", "InvoiceId", "")                     // unknown prices
	c.soundLine("ResourceId", "twice").soundLine("ResourceId", "twice", "BilledCost", "1.50", "CommitmentDiscountId", "NULL") // equal, spelled otherwise
	c.soundLine("ResourceId", "twice", "PricingQuantity", "2")                                                                // not equal: another quantity
	c.soundLine("BillingCurrency", "EUR", "BilledCost", "7.5", "EffectiveCost", "7.5")
	c.soundLine("BillingCurrency", "")
	c.soundLine("BilledCost", "oops").soundLine("ChargePeriodStart", "yesterday")
	load(t, w, c.file(t, "aws.csv"))

	more := fullTable()
	more.soundLine("ResourceId", "twice") // stands in the first file, among other charges of the day
	more.soundLine("ResourceId", "elsewhere", "x_No", "1")
	_, err := importWith(t.Context(), w, ImportOptions{Overlap: "add"}, more.file(t, "again.csv"))
	require.NoError(t, err)

	monthly := newTable()
	for _, month := range []string{"01", "02", "03", "04"} {
		next := map[string]string{"01": "02", "02": "03", "03": "04", "04": "05"}[month]
		monthly.line("ProviderName", "Small Cloud", "BillingAccountId", "9", "BillingPeriodStart", "2026-"+month+"-01T00:00:00Z", "BillingPeriodEnd", "2026-"+next+"-01T00:00:00Z",
			"ChargePeriodStart", "2026-"+month+"-01T00:00:00Z", "ChargePeriodEnd", "2026-"+next+"-01T00:00:00Z", "ResourceId", "")
	}
	load(t, w, monthly.file(t, "small.csv"))
	requireSound(t, w)
}

func TestPassport_OfALedgerWithEveryGap(t *testing.T) {
	w := passportWorkspace(t)
	everyGap(t, w)
	p := passportOf(t, w)
	text, err := json.MarshalIndent(p, "", " ")
	require.NoError(t, err)
	for _, f := range p.Whole.Files {
		text = bytes.ReplaceAll(text, []byte(f.Path), []byte(filepath.Base(f.Path)))
	}
	flat := regexp.MustCompile(`[\[{][^\[\]{}]*[\]}]`) // what holds nothing nested goes on one line
	text = flat.ReplaceAllFunc(text, func(part []byte) []byte { return bytes.Join(bytes.Fields(part), []byte(" ")) })
	housetest.Golden(t, "passport.json", append(text, '\n'))
}

func TestPassport_TellsEveryGap(t *testing.T) {
	w := passportWorkspace(t)
	everyGap(t, w)
	p := passportOf(t, w)
	require.Len(t, p.Sets, 2)
	aws, small := p.Sets[0], p.Sets[1]
	assert.Equal(t, "AWS/1/focus", aws.ID)
	assert.Equal(t, "Acme", aws.AccountName)
	for code, want := range map[string]string{
		"missing_days": "gap", "missing_months": "problem", "last_month": "gap", "age": "gap", "grain": "info", "currency": "problem", "late": "info",
		"rejects": "problem", "duplicates": "problem", "services": "problem", "list_below_contracted": "gap", "contracted_below_effective": "gap",
		"negative_usage": "info", "zero_cost": "info", "empty_columns": "info", "quantities": "good",
	} {
		if code == "missing_days" {
			want = "problem" // 40 of 52 days
		}
		f := finding(t, aws, code)
		if code == "grain" {
			assert.Equal(t, "daily", f.Value)
		}
		assert.Equal(t, want, string(f.Severity), "%s: %s", code, f.Sentence)
		if f.Severity == passport.Problem || f.Severity == passport.Gap {
			assert.NotEmpty(t, f.Meaning, code)
			assert.NotEmpty(t, f.Action, code)
		}
	}
	assert.Equal(t, "1", finding(t, aws, "negative_usage").Value)
	assert.Equal(t, "1", finding(t, aws, "list_below_contracted").Value)
	assert.Equal(t, "3", finding(t, aws, "contracted_below_effective").Value, "of unused commitments it is right")
	assert.EqualValues(t, 2, aws.RejectLines)
	assert.Equal(t, []finops.Month{finops.NewMonth(2026, 4)}, aws.Coverage.MissingMonths)
	assert.EqualValues(t, 1, aws.Coverage.LateLines)
	assert.EqualValues(t, 1, aws.Coverage.EarlyLines)
	assert.Equal(t, 1, aws.Grain.Hours)

	assert.EqualValues(t, 2, aws.Duplicates.Lines)
	assert.EqualValues(t, 1, aws.Duplicates.AcrossFiles)
	assert.Equal(t, "monthly", small.Grain.Word)
	assert.False(t, small.Coverage.JudgedByDay)
	assert.Equal(t, 4, small.Coverage.CompleteMonths)
	levels := map[string]passport.Level{}
	for _, r := range small.Readiness {
		levels[r.Analysis] = r.Level
	}
	assert.Equal(t, map[string]passport.Level{
		"allocation": "not_possible", "tagging": "not_possible", "anomalies": "not_possible", "forecast": "ready", "commitments": "not_possible",
		"waste": "not_possible", "migration": "not_possible", "reconciliation": "limited",
	}, levels)
}

// TestPassport_AgreesWithAnswers holds the sums of a passport against the engine's.
func TestPassport_AgreesWithAnswers(t *testing.T) {
	w := passportWorkspace(t)
	everyGap(t, w)
	requireAgrees(t, w)
}

func requireAgrees(t *testing.T, w *Workspace) *passport.Passport {
	t.Helper()
	p := passportOf(t, w)
	a, err := w.Ledger.Ask(t.Context(), finops.Question{Metrics: []finops.Metric{finops.BilledCost, finops.EffectiveCost}})
	require.NoError(t, err)
	require.Len(t, p.Whole.Currencies, len(a.Totals))
	for _, total := range a.Totals {
		for _, c := range p.Whole.Currencies {
			if c.Code != total.Currency {
				continue
			}
			assert.Equal(t, total.Lines, c.Lines)
			assert.Equal(t, sumText(total.Amounts[0]), sumText(c.Billed))
			assert.Equal(t, sumText(total.Amounts[1]), sumText(c.Effect))
		}
	}
	var lines int64
	for _, s := range p.Sets {
		lines += s.Lines
		var files int64
		for _, f := range s.Files {
			files += f.Lines
		}
		assert.Equal(t, s.Lines, files, s.ID)
	}
	assert.Equal(t, p.Whole.Lines, lines)
	tagged, err := w.Ledger.Ask(t.Context(), finops.Question{GroupBy: []string{"HasTags"}})
	require.NoError(t, err)
	var want int64
	for _, row := range tagged.Rows {
		if *row.Keys[0] == "Tagged" {
			want += row.Lines
		}
	}
	for _, s := range p.Whole.Shares {
		if s.Code == "tags" {
			assert.Equal(t, want, s.Lines)
		}
	}
	return p
}

func sumText(s *finops.Sum) string {
	if s == nil {
		return "unknown"
	}
	return s.String()
}

func TestPassport_OfNothing(t *testing.T) {
	p := passportOf(t, passportWorkspace(t))
	assert.Empty(t, p.Sets)
	assert.Zero(t, p.Whole.Lines)
	for _, r := range p.Whole.Readiness {
		assert.Equal(t, passport.NotPossible, r.Level)
	}
	_, err := json.Marshal(p)
	require.NoError(t, err)
}

// TestPassport_LooksAtWhatCounts takes an import back and lets one replace another.
func TestPassport_LooksAtWhatCounts(t *testing.T) {
	w := passportWorkspace(t)
	first := load(t, w, newTable().lines(40, "a").file(t, "a.csv"))
	second, err := importWith(t.Context(), w, ImportOptions{Overlap: "add"}, newTable().lines(10, "a").lines(30, "b").file(t, "b.csv"))
	require.NoError(t, err)
	p := requireAgrees(t, w)
	assert.EqualValues(t, 80, p.Whole.Lines)
	assert.EqualValues(t, 10, p.Whole.Duplicates.AcrossFiles)
	assert.Equal(t, passport.Problem, finding(t, p.Whole, "duplicates").Severity)

	require.NoError(t, w.Imports.Undo(t.Context(), first.ImportID))
	p = requireAgrees(t, w)
	assert.EqualValues(t, 40, p.Whole.Lines)
	assert.Zero(t, p.Whole.Duplicates.Lines)

	replaced, err := importWith(t.Context(), w, ImportOptions{Overlap: "replace"}, newTable().lines(7, "c").file(t, "c.csv"))
	require.NoError(t, err)
	require.NotEqual(t, second.ImportID, replaced.ImportID)
	p = requireAgrees(t, w)
	assert.EqualValues(t, 7, p.Whole.Lines)
	require.Len(t, p.Whole.Files, 1)
	assert.Equal(t, "c.csv", filepath.Base(p.Whole.Files[0].Path))
}

// TestPassport_OwnColumns distinguishes lines that differ only in a column that is kept with
// the lines.
func TestPassport_OwnColumns(t *testing.T) {
	c := newTable("x_Line")
	for i := range 1200 {
		c.line("ResourceId", "r", "x_Line", fmt.Sprintf("line %d", i%1199))
	}
	w := passportWorkspace(t)
	load(t, w, c.file(t, "own.csv"))
	p := requireAgrees(t, w)
	assert.EqualValues(t, 1, p.Whole.Duplicates.Lines, "of 1,200 lines that agree in all else")
	assert.Zero(t, p.Whole.Duplicates.AcrossFiles)
}

// TestPassport_OfEveryBill makes a passport of each bill at hand: it never fails, and its
// lines and sums are the known ones.
func TestPassport_OfEveryBill(t *testing.T) {
	long(t)
	files := referenceFiles(t)
	sources := source.Registry{focusfile.Source{}, awscur.Source{}, azureexport.Source{}, gcpexport.Source{}, ocireport.Source{}}
	for path, want := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			w := passportWorkspace(t, sources...)
			_, err := importWith(t.Context(), w, ImportOptions{}, path)
			require.NoError(t, err)
			p := requireAgrees(t, w)
			assert.Equal(t, want.Rows, p.Whole.Lines)
			for _, c := range p.Whole.Currencies {
				code := c.Code
				if code == "" {
					code = "None"
				}
				assert.Equal(t, 0, c.Billed.Cmp(sumOfText(t, want.ByCurr[code]["BilledCost"])), code)
			}
			requireWithin(t, p)
		})
	}
}

func sumOfText(t *testing.T, v any) finops.Sum {
	t.Helper()
	var s finops.Sum
	s.Add(amountOf(t, v))
	return s
}

func requireWithin(t *testing.T, p *passport.Passport) {
	t.Helper()
	for _, s := range append(p.Sets, p.Whole) {
		for _, share := range s.Shares {
			n, base := share.Value()
			assert.True(t, n >= 0 && n <= passport.One, "%s %s %d", s.ID, share.Code, n)
			assert.True(t, strings.HasPrefix(base, "of the "))
		}
		assert.Equal(t, s.Coverage.Days, s.Coverage.CoveredDays+len(s.Coverage.MissingDays))
	}
}
