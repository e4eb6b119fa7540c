package service

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/anomaly"
	"cloud-intelligence/backend/analysis/budget"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/store"
)

// budgetWorkspace is a workspace whose clock stands in its data.
func budgetWorkspace(t testing.TB) *Workspace {
	t.Helper()
	w := newWorkspace(t)
	w.now = func() time.Time { return time.Date(2026, 5, 2, 12, 0, 0, 0, time.UTC) }
	return w
}

func amounts(t *testing.T, list ...string) (all []budget.Amount) {
	t.Helper()
	for i := 0; i < len(list); i += 2 {
		all = append(all, budget.Amount{Period: list[i], Amount: amountOf(t, list[i+1])})
	}
	return all
}

func saveBudget(t testing.TB, w *Workspace, name string, b budget.Budget) {
	t.Helper()
	if b.Metric == "" {
		b.Metric, b.Currency = finops.EffectiveCost, "USD"
	}
	_, err := w.Budgets.Save(t.Context(), name, b, "", AnyVersion)
	require.NoError(t, err)
}

func checkBudgets(t testing.TB, w *Workspace, asOf string, names ...string) *BudgetReport {
	t.Helper()
	day, err := finops.ParseDay(asOf)
	require.NoError(t, err)
	r, err := w.Budgets.Check(t.Context(), &day, names...)
	require.NoError(t, err)
	return r
}

// row prints how a period stands.
func (s *BudgetStanding) row() string {
	shown := func(v *finops.Sum) string {
		if v == nil {
			return "-"
		}
		return v.String()
	}
	breach := "-"
	if s.BreachDay != nil {
		breach = s.BreachDay.String()
	}
	var reached []string
	for _, t := range s.Reached {
		reached = append(reached, t.String()+"@"+t.CrossedAt.String()[5:])
	}
	return fmt.Sprintf("%s %s: %s of %s, pace %s, forecast %s, breach %s, %s, %s", s.Name, s.Period.Name, &s.Actual, &s.Amount, shown(s.Pace), shown(s.Forecast), breach, s.State, strings.Join(reached, " "))
}

func rows(r *BudgetReport) (list []string) {
	for i := range r.Standings {
		list = append(list, r.Standings[i].row())
	}
	return list
}

func TestBudgets_Check(t *testing.T) {
	w := budgetWorkspace(t)
	usage := newTable("ChargeFrequency", "SkuId")
	dailyBills(usage, 151, func(int) string { return "10" }, "ChargeFrequency", "Usage-Based", "SkuId", "a") // to 31 May
	for m := range finops.Month(5) {
		month := finops.NewMonth(2026, 1) + m
		usage.line("BillingPeriodStart", month.First().String(), "BillingPeriodEnd", (month + 1).First().String(), "ChargePeriodStart", month.First().String(),
			"ChargePeriodEnd", (month.First() + 1).String(), "ChargeFrequency", "Recurring", "SkuId", "support", "BilledCost", "100", "EffectiveCost", "100")
	}
	load(t, w, usage.file(t, "usage.csv"))
	saveBudget(t, w, "Shop", budget.Budget{Where: "Provider = AWS", Amounts: amounts(t, "2026-04", "500", "2026-05", "400", "2026-06", "400"), RollOver: true})
	saveBudget(t, w, "Part", budget.Budget{Parent: "Shop", Amounts: amounts(t, "2026-05", "300")})
	r := checkBudgets(t, w, "2026-05-16")
	require.Equal(t, []string{
		"Part 2026-05: 260 of 300, pace 203.2258, forecast 410, breach 2026-05-20, at-risk, actual=50@05-05 actual=80@05-14 forecast=100@05-16",
		"Shop 2026-04: 400 of 500, pace 500, forecast 400, breach -, on-track, actual=50@04-15 actual=80@04-30",
		"Shop 2026-05: 260 of 500, pace 306.4516, forecast 410, breach -, on-track, actual=50@05-15",
		"Shop 2026-06: 0 of 400, pace -, forecast -, breach -, not-started, ",
	}, rows(r))
	require.True(t, r.Reached())
	require.Equal(t, "200", r.Standings[2].Children.Difference.String())
	require.Len(t, r.Standings[0].Alerts, 4, "all of May was there when it was made")
	require.Empty(t, r.Standings[1].Alerts, "the period ended before the budget was made")

	// What is reached stays reached, and nobody is alerted twice.
	require.Zero(t, checkBudgets(t, w, "2026-05-16").Raised)
	again := checkBudgets(t, w, "2026-05-20", "part")
	require.Equal(t, "Part 2026-05: 300 of 300, pace 229.0323, forecast 410, breach 2026-05-20, over, actual=50@05-05 actual=80@05-14 actual=100@05-20 forecast=100@05-20", again.Standings[0].row())
	require.Equal(t, "2026-05-30", again.Standings[0].Alerts[3].CrossedAt.String(), "the day on which it was first seen")
	require.Zero(t, again.Raised)

	// An edit arms only what is not reached at that moment.
	before, err := w.db.Alerts(t.Context())
	require.NoError(t, err)
	saveBudget(t, w, "Part", budget.Budget{Amounts: amounts(t, "2026-05", "350")})
	r = checkBudgets(t, w, "2026-05-30", "Part")
	require.Empty(t, r.Standings[0].Alerts)
	saveBudget(t, w, "Part", budget.Budget{Amounts: amounts(t, "2026-05", "405")})
	r = checkBudgets(t, w, "2026-05-31", "Part")
	require.Len(t, r.Standings[0].Alerts, 1, "what was not reached when it was changed raises an alert when it is")
	require.Equal(t, "2026-05-31", r.Standings[0].Alerts[0].CrossedAt.String())
	versions, err := w.Budgets.Versions(t.Context(), "part")
	require.NoError(t, err)
	require.Len(t, versions, 3)
	require.NoError(t, w.Budgets.Delete(t.Context(), "Part", AnyVersion))
	after, err := w.db.Alerts(t.Context())
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(after), len(before), "alerts stay")
}

func TestBudgets_AbsoluteAndBreach(t *testing.T) {
	w := budgetWorkspace(t)
	load(t, w, dailyBills(newTable(), 136, func(int) string { return "100" }).file(t, "usage.csv")) // to 16 May
	var thresholds []budget.Threshold
	for _, text := range []string{"absolute=1200.5", "absolute=1500.01", "breach=4", "breach=5"} {
		h, err := budget.ParseThreshold(text)
		require.NoError(t, err)
		thresholds = append(thresholds, h)
	}
	saveBudget(t, w, "B", budget.Budget{Amounts: amounts(t, "2026-05", "2000"), Thresholds: thresholds})
	r := checkBudgets(t, w, "2026-05-15")
	require.Equal(t, []string{"B 2026-05: 1500 of 2000, pace 967.7419, forecast 3100, breach 2026-05-20, at-risk, absolute=1200.5@05-13 breach=5@05-15"}, rows(r))
	require.Equal(t, "B has spent 1,500.00 USD in May 2026, at least 1,200.50 USD.", r.Standings[0].Alerts[0].Message)
	require.Equal(t, "B will have spent its 2,000.00 USD of May 2026 by 20 May 2026, says the forecast.", r.Standings[0].Alerts[1].Message)
	require.Zero(t, checkBudgets(t, w, "2026-05-15").Raised)
	require.Equal(t, 2, checkBudgets(t, w, "2026-05-16").Raised)
	for _, text := range []string{"absolute=0", "breach=1.5", "breach=400"} {
		_, err := budget.ParseThreshold(text)
		require.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	}
}

// rowsOf are the alerts of a list that are not silent.
func rowsOf(list, known []store.Alert) []store.Alert {
	return slices.DeleteFunc(slices.Clone(list), func(a store.Alert) bool {
		return a.Silent || slices.ContainsFunc(known, func(k store.Alert) bool { return k.ID == a.ID })
	})
}

func TestBudgets_Refused(t *testing.T) {
	w := budgetWorkspace(t)
	save := func(name string, b budget.Budget, seen int64) error {
		b.Metric, b.Currency = finops.EffectiveCost, "USD"
		_, err := w.Budgets.Save(t.Context(), name, b, "", seen)
		return err
	}
	one := budget.Budget{Amounts: amounts(t, "2026-05", "1")}
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(save("", one, 0)))
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(save("A", budget.Budget{Amounts: one.Amounts, Scope: "none"}, 0)))
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(save("A", budget.Budget{Amounts: one.Amounts, Where: "Providr = AWS"}, 0)))
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(save("A", budget.Budget{Amounts: one.Amounts, Parent: "none"}, 0)))
	require.NoError(t, save("A", one, 0))
	require.Equal(t, finops.CodeConflict, finops.CodeOf(save("a", one, 0)))
	require.NoError(t, save("B", budget.Budget{Amounts: one.Amounts, Parent: "A"}, 0))
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(save("A", budget.Budget{Amounts: one.Amounts, Parent: "B"}, 1)), "in a circle")
	require.NoError(t, save("A", one, 1))
	err := save("A", one, 1)
	require.Equal(t, finops.CodeConflict, finops.CodeOf(err), "changed meanwhile")
	_, err = w.Budgets.ByName(t.Context(), "Aa")
	require.Equal(t, finops.CodeNotFound, finops.CodeOf(err))
}

func TestBudgets_Import(t *testing.T) {
	w := budgetWorkspace(t)
	read := func(replace bool, lines ...string) (int, error) {
		return w.Budgets.Import(t.Context(), strings.NewReader("name,scope,metric,currency,period,amount\n"+strings.Join(lines, "\n")), replace, "plan")
	}
	n, err := read(false, "Shop,Provider = AWS,EffectiveCost,USD,2026-10,1500.50", "Shop,Provider = AWS,EffectiveCost,USD,2026-11,1600", "All,,,EUR,2026,99")
	require.NoError(t, err)
	require.Equal(t, 2, n)
	list, err := w.Budgets.List(t.Context())
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.Len(t, list[1].Amounts, 2)
	require.Equal(t, "plan", list[1].Reason)

	_, err = read(false, "Shop,,,USD,2026-10,1")
	require.Equal(t, finops.CodeConflict, finops.CodeOf(err))
	_, err = read(true, "New,,,USD,2026-10,1", "Bad,,,USD,soon,1", "Bad,,,USD,2026-10,=1+1", "New,,,EUR,2026-11,1", "New,,,USD,2026-10,1", ",,,USD,2026-10,1", "Odd,nowhere,,USD,2026-10,1", "Odd,,,dollars,2026-10,1")
	require.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	var wrong *RowsError
	require.ErrorAs(t, err, &wrong)
	var lines []int
	for _, r := range wrong.Rows {
		lines = append(lines, r.Line)
	}
	require.Equal(t, []int{3, 4, 5, 6, 7, 8, 9}, lines, wrong)
	_, err = read(false, "No amount,,,USD,2026-10,", "No period,,,USD,,1", "No currency,,,,2026-10,1")
	require.ErrorAs(t, err, &wrong)
	require.Equal(t, []RowError{{2, "The row has no amount."}, {3, "The row has no period."}, {4, "The row has no currency."}}, wrong.Rows)
	list, err = w.Budgets.List(t.Context())
	require.NoError(t, err)
	require.Len(t, list, 2, "all or nothing")
	n, err = read(true, "shop,,,USD,2026-10,2")
	require.NoError(t, err)
	require.Equal(t, 1, n)
}

// TestAlerts_OncePerCrossing holds rule after rule over random histories: days that arrive, bills that are restated up or down,
// budgets that are changed, and programs that end between an import and its evaluation.
func TestAlerts_OncePerCrossing(t *testing.T) {
	for seed := range alertHistories() {
		alertHistory(t, seed)
	}
}

// alertHistories is how many histories are tried.
func alertHistories() uint64 {
	if n, err := strconv.ParseUint(os.Getenv("CI_HISTORIES"), 10, 32); err == nil {
		return n
	}
	return 6
}

// alertHistory holds the rules over one random history.
func alertHistory(t *testing.T, seed uint64) {
	t.Helper()
	t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
		r := rand.New(rand.NewPCG(seed, 12))
		between := func(low, high int) int { return low + r.IntN(high-low+1) }
		w := budgetWorkspace(t)
		var day int // of May that arrived last
		costs := map[int]int{}
		bring := func(days []int) {
			c := newTable("ChargeFrequency", "SkuId")
			for _, d := range days {
				c.line("ChargePeriodStart", fmt.Sprintf("2026-05-%02d", d), "ChargePeriodEnd", fmt.Sprintf("2026-05-%02d", d+1), "ChargeFrequency", "Usage-Based", "SkuId", "a", "EffectiveCost", fmt.Sprint(costs[d]), "BilledCost", "1")
			}
			plan, err := w.Imports.Plan(t.Context(), []string{c.file(t, fmt.Sprintf("bill-%d.csv", len(days)))})
			require.NoError(t, err)
			opts := ImportOptions{Overlap: ingest.OverlapReplace}
			if r.IntN(2) == 0 { // the program ends before the evaluation
				_, err = w.Imports.run(t.Context(), plan, opts)
			} else {
				_, err = w.Imports.Run(t.Context(), plan, opts)
			}
			require.NoError(t, err)
		}
		load(t, w, dailyBills(newTable("ChargeFrequency", "SkuId"), 120, func(int) string { return "100" }, "ChargeFrequency", "Usage-Based", "SkuId", "a").file(t, "before.csv"))
		h := listen(t)
		addHook(t, w, h)
		saveBudget(t, w, "B", budget.Budget{Amounts: amounts(t, "2026-05", "1000")})
		saveRule(t, w, AlertRule{Name: "Odd", Kind: RuleAnomaly, Amount: amountOf(t, "100"), Currency: "USD"})
		known := map[int64]store.Alert{}
		for range between(2, 7) {
			switch between(0, 3) {
			case 0, 1:
				for range between(1, 6) {
					if day < 29 {
						day++
						costs[day] = between(0, 250)
					}
				}
				bring(upTo(day))
			case 2:
				if day > 0 {
					costs[between(1, day)] = between(0, 400)
					bring(upTo(day))
				}
			case 3:
				saveBudget(t, w, "B", budget.Budget{Amounts: amounts(t, "2026-05", fmt.Sprint(between(200, 2000)))})
			}
			report, err := w.Budgets.Check(t.Context(), nil)
			require.NoError(t, err)
			alerts, err := w.db.Alerts(t.Context())
			require.NoError(t, err)
			seen := map[string]bool{}
			for _, a := range alerts {
				id := fmt.Sprint(a.BudgetID, a.Version, a.Period, a.Kind, a.Percent)
				require.False(t, seen[id], "two alerts of one threshold")
				seen[id], a.SentTo = true, nil
				if before, ok := known[a.ID]; ok {
					require.Equal(t, before, a, "an alert never changes")
				}
				known[a.ID] = a
			}
			require.Len(t, alerts, len(known), "no alert goes")
			for _, s := range report.Standings {
				for _, reached := range s.Reached {
					require.True(t, seen[fmt.Sprint(s.ID, s.Version, s.Period.Name, reached.Kind, reached.Percent.String())], "every threshold that is reached has an alert")
				}
			}
			requireAnomaliesTold(t, w, alerts)
			raised := 0
			log, err := w.db.Audit(t.Context(), 0)
			require.NoError(t, err)
			for _, e := range log {
				if e.Action == "raise alert" {
					raised++
				}
			}
			require.Len(t, rowsOf(alerts, nil), raised, "raised once")
			deliver(t, w)
			require.Len(t, h.got, raised, "each is sent")
			for _, n := range h.got {
				require.Equal(t, 1, n, "once")
			}
		}
	})
}

var toldDays = regexp.MustCompile(`(more|less) than expected (?:on|from) (\d+ \w+ \d+)(?: to (\d+ \w+ \d+))? `)

func dayOfWords(t *testing.T, words string) string {
	t.Helper()
	day, err := time.Parse("2 Jan 2006", words)
	require.NoError(t, err)
	return day.Format(time.DateOnly)
}

// requireAnomaliesTold wants an alert for every open anomaly that the rule reports, and none that has a day of another one of its direction. All are of one leaf.
func requireAnomaliesTold(t *testing.T, w *Workspace, alerts []store.Alert) {
	t.Helper()
	type days struct{ sign, first, last string }
	var raised []days
	overlaps := func(d days) bool {
		return slices.ContainsFunc(raised, func(o days) bool { return o.sign == d.sign && o.first <= d.last && d.first <= o.last })
	}
	for _, a := range slices.Backward(alerts) {
		if a.Rule == "" {
			continue
		}
		m := toldDays.FindStringSubmatch(a.Message)
		require.NotNil(t, m, a.Message)
		d := days{m[1], dayOfWords(t, m[2]), dayOfWords(t, cmp.Or(m[3], m[2]))}
		require.False(t, overlaps(d), "%s was raised before: %v", a.Message, raised)
		raised = append(raised, d)
	}
	rule, err := w.Alerts.RuleByName(t.Context(), "Odd")
	require.NoError(t, err)
	report, err := w.Anomalies.Find(t.Context(), AnomalyQuestion{})
	require.NoError(t, err)
	for _, a := range report.Anomalies {
		impact, sign := a.Impact, "more"
		if impact.Sign() < 0 {
			impact, sign = finops.Sum{}, "less"
			impact.SubSum(a.Impact)
		}
		if a.State == anomaly.Open && a.Last >= rule.Since && impact.Cmp(sumOf(rule.Amount)) >= 0 {
			require.True(t, overlaps(days{sign, a.First.String(), a.Last.String()}), "no alert of %s %s to %s", sign, a.First, a.Last)
		}
	}
}

func upTo(day int) (days []int) {
	for d := 1; d <= day; d++ {
		days = append(days, d)
	}
	return days
}

// What a period is over by can be more than the next one has: its alerts say that nothing was left, not a share of less than nothing.
func TestBudgets_AlertsWhereRollOverLeavesNothing(t *testing.T) {
	w := budgetWorkspace(t)
	load(t, w, dailyBills(newTable(), 125, func(int) string { return "10" }).file(t, "usage.csv"))
	saveBudget(t, w, "Small", budget.Budget{Amounts: amounts(t, "2026-04", "100", "2026-05", "150"), RollOver: true, Thresholds: budget.DefaultThresholds()})
	_, err := w.Budgets.Check(t.Context(), nil)
	require.NoError(t, err)
	alerts, err := w.Alerts.List(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, alerts)
	for _, a := range alerts {
		require.Regexp(t, `^Small has spent \d+\.00 USD in May 2026, of which nothing was left: the period before was 200\.00 USD over, which is more than the budget of 150\.00 USD\.$`, a.Message)
	}
}
