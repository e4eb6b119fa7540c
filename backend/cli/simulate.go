package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

type simulateFlags struct {
	pool, term, payment, discount, currency, asOf, rows string
	out                                                 tableFlags
}

func (r *runner) simulateCommand() *cobra.Command {
	var f simulateFlags
	cmd := &cobra.Command{
		Use: "simulate", Short: "What a commitment for machines would save, and how much to commit", Args: noArguments,
		Long: `Simulate looks at the machine usage of the last 60 days that no commitment covers, hour by hour where the export is hourly and else
day by day, and finds the hourly commitment that would have saved most. It also says what the commitment saves when usage falls to 90, 80
and 70 %, how a commitment chosen four weeks earlier would have done since, what to buy when running commitments end, what buying in
four parts would do, compares the terms that the provider sells, and puts beside them what the provider itself recommends in the documents of the
workspace. Without --pool it lists the pools: usage that one commitment can cover.`,
		Example: "  " + program + " --workspace acme.cloudintel simulate\n" +
			"  " + program + " --workspace acme.cloudintel simulate --pool aws-compute-savings-plan --term 1y --payment none",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.runSimulate(cmd.Context(), w, f) })
		},
	}
	cmd.Flags().StringVar(&f.pool, "pool", "", "the `POOL` of usage; without it the pools are listed")
	cmd.Flags().StringVar(&f.term, "term", "1y", "how long the commitment runs: `1y|3y`")
	cmd.Flags().StringVar(&f.payment, "payment", "none", "what is paid upfront: `none|partial|all`")
	cmd.Flags().StringVar(&f.discount, "discount", "", "the discount in `PERCENT` of the on-demand price; that of the price book otherwise")
	cmd.Flags().StringVar(&f.currency, "currency", "", "the `CODE` of the currency, where a pool has several")
	cmd.Flags().StringVar(&f.asOf, "as-of", "", "the last `DAY` to look at, YYYY-MM-DD; two days before the newest charge otherwise")
	f.out.register(cmd)
	cmd.Flags().StringVar(&f.rows, "rows", "curve", "with csv or xlsx and a pool, the `ROWS`: curve, plan, ladder, options or recommendations")
	return cmd
}

func (f *simulateFlags) question() (q service.SimulationQuestion, err error) {
	years, ok := map[string]int{"1y": 1, "3y": 3}[f.term]
	if !ok {
		return q, finops.Errorf(finops.CodeInvalid, "--term is %q; it can be 1y or 3y.", f.term)
	}
	q = service.SimulationQuestion{Pool: f.pool, Currency: strings.ToUpper(f.currency), Terms: commitment.Terms{Years: years, Payment: commitment.Payment(f.payment)}}
	if f.discount != "" {
		q.Terms.Discount = &f.discount
	}
	q.AsOf, err = parseDay("--as-of", f.asOf)
	return q, err
}

func (r *runner) runSimulate(ctx context.Context, w *service.Workspace, f simulateFlags) error {
	q, err := f.question()
	if err != nil {
		return err
	}
	if f.pool == "" {
		pools, err := w.Commitments.Pools(ctx, q.AsOf)
		if err != nil {
			return err
		}
		advised, err := w.Commitments.Recommendations(ctx)
		if err != nil {
			return err
		}
		return r.printPools(ctx, w, pools, advised, f.out)
	}
	s, err := w.Commitments.Simulate(ctx, q)
	if err != nil {
		return err
	}
	switch {
	case f.out.format == "json":
		return writeJSON(r.out, simulationJSON(s))
	case f.out.file():
		return r.writeSimulation(ctx, w, s, f)
	}
	return r.printSimulation(s)
}

// ofPool are the columns of all tables of a simulation.
type ofPool struct {
	Pool     string `json:"pool"`
	Currency string `json:"currency"`
}

// The rows of the tables of a simulation.
type (
	curveRow struct {
		ofPool
		service.PointInfo
	}
	planRow struct {
		ofPool
		service.PurchaseInfo
	}
	ladderRow struct {
		ofPool
		service.RungInfo
	}
	optionRow struct {
		ofPool
		service.OptionInfo
	}
	recommendationRow struct {
		Simulated string `json:"simulatedPool"`
		service.RecommendationInfo
	}
)

// writeSimulation writes one table of a simulation to a file.
func (r *runner) writeSimulation(ctx context.Context, w *service.Workspace, s *service.Simulation, f simulateFlags) error {
	of := ofPool{s.Pool.ID, s.Pool.Currency}
	info := s.Info()
	ladder := []service.RungInfo{}
	if info.Ladder != nil {
		ladder = info.Ladder.Rungs
	}
	var rows any
	switch f.rows {
	case "curve":
		rows = wire.Each(s.Curve, func(p commitment.CurvePoint) curveRow { return curveRow{of, service.PointOf(p.Point)} })
	case "plan":
		rows = wire.Each(info.Plan, func(p service.PurchaseInfo) planRow { return planRow{of, p} })
	case "ladder":
		rows = wire.Each(ladder, func(p service.RungInfo) ladderRow { return ladderRow{of, p} })
	case "recommendations":
		rows = wire.Each(info.Recommendations, func(one service.RecommendationInfo) recommendationRow { return recommendationRow{s.Pool.ID, one} })
	case "options":
		rows = wire.Each(info.Options, func(o service.OptionInfo) optionRow { return optionRow{of, o} })
	default:
		return finops.Errorf(finops.CodeInvalid, "--rows is %q; it can be curve, plan, ladder, options or recommendations.", f.rows)
	}
	return r.writeRows(ctx, w, f.out, "Simulation", object{{"rows", rows}})
}

// poolCost is a pool with its usage at on-demand prices.
type poolCost struct {
	ofPool
	OnDemand finops.Sum `json:"onDemand"`
}

func (r *runner) printPools(ctx context.Context, w *service.Workspace, pools []commitment.Pool, advised []service.Recommendation, out tableFlags) error {
	if out.format != "table" {
		list := wire.Each(pools, func(p commitment.Pool) poolCost { return poolCost{ofPool{p.ID, p.Currency}, p.OnDemand} })
		if out.format == "json" {
			return writeJSON(r.out, object{{"pools", list}, {"recommendations", service.RecommendationsInfo(advised)}})
		}
		return r.writeRows(ctx, w, out, "Pools", object{{"pools", list}})
	}
	if len(pools) == 0 {
		r.note("The last 60 days have no machine usage at on-demand prices.")
		return r.printRecommended(advised)
	}
	var t table
	t.column("Pool", false)
	t.column("On demand, 60 days", true)
	t.column("Currency", false)
	for _, p := range pools {
		t.rows = append(t.rows, []string{p.ID, rounded(p.OnDemand.Rat()), p.Currency})
	}
	if err := r.printTables(&t); err != nil {
		return err
	}
	return r.printRecommended(advised)
}

// printRecommended prints what the provider itself recommends, and why that is not what is found here.
func (r *runner) printRecommended(list []service.Recommendation) error {
	var b strings.Builder
	for i := range list {
		one := &list[i]
		if i == 0 {
			b.WriteString("Recommended by the provider:\n")
		}
		fmt.Fprintf(&b, "- %s", one.Said)
		if one.Monthly != nil {
			fmt.Fprintf(&b, ", saving %s a month", strings.TrimSpace(rounded(document.Rat(*one.Monthly))+" "+one.Currency))
		}
		fmt.Fprintf(&b, " (%s, %s).", one.Document, one.Day)
		switch {
		case one.NotComparable != "":
			b.WriteString(" Not comparable: " + one.NotComparable)
		case one.Difference != "":
			b.WriteString(" " + one.Difference)
		default:
			b.WriteString(" For the pool " + one.Pool + ".")
		}
		b.WriteString("\n")
	}
	_, err := io.WriteString(r.out, b.String())
	return wrapWrite(err)
}

func grainOf(s *service.Simulation) string {
	if s.SlotHours == 1 {
		return "hour"
	}
	return "day"
}

func simulationJSON(s *service.Simulation) any {
	type downsideJSON struct {
		UsagePercent int `json:"usagePercent"`
		service.PointInfo
	}
	return struct {
		Pool     string     `json:"pool"`
		Currency string     `json:"currency"`
		Grain    string     `json:"grain"`
		Hours    int        `json:"hours"`
		OnDemand finops.Sum `json:"onDemand"`
		service.SimulationInfo
		Curve    []service.PointInfo `json:"curve"`
		Downside []downsideJSON      `json:"downside"`
	}{
		s.Pool.ID, s.Pool.Currency, grainOf(s), s.Hours, s.Pool.OnDemand, s.Info(),
		wire.Each(s.Curve, func(p commitment.CurvePoint) service.PointInfo { return service.PointOf(p.Point) }),
		wire.Each(s.Downside, func(d commitment.Downside) downsideJSON {
			return downsideJSON{d.UsagePercent, service.PointOf(d.Point)}
		}),
	}
}

func (r *runner) printSimulation(s *service.Simulation) error {
	var b strings.Builder
	each := map[int]string{1: "hour by hour", 24: "day by day, since the export is daily"}[s.SlotHours]
	fmt.Fprintf(&b, "%s, %s to %s, %s\n", s.Pool.ID, s.From, s.To, each)
	fmt.Fprintf(&b, "On demand: %s %s\n", s.Pool.Currency, rounded(s.Pool.OnDemand.Rat()))
	if !s.LeftOut.IsZero() {
		fmt.Fprintf(&b, "Left out, since the price book has no discount for it: %s %s\n", s.Pool.Currency, rounded(s.LeftOut.Rat()))
	}
	for _, d := range s.Discounts {
		fmt.Fprintf(&b, "Discount of %s %%: %s, %s (price book, %s, %s)\n", d.Percent, d.Kind, d.Scope, d.Source, d.AsOf)
	}
	if s.BreakEven != nil {
		fmt.Fprintf(&b, "It saves money while at least %s of it is used.\n", share(s.BreakEven))
	}
	b.WriteString("\n")
	if _, err := r.out.Write([]byte(b.String())); err != nil {
		return wrapWrite(err)
	}
	var t table
	t.column("", false)
	for _, name := range []string{"Commitment an hour", "Saving a month", "Utilisation", "Coverage"} {
		t.column(name, true)
	}
	row := func(name string, p commitment.Point) {
		t.rows = append(t.rows, []string{name, p.HourlyCommitment.FloatString(4), rounded(p.MonthlySaving), share(p.Utilisation), share(p.Coverage)})
	}
	row("Saves most", s.Optimum)
	row("Cautious", s.Cautious)
	for _, d := range s.Downside {
		row(fmt.Sprintf("Saves most, at %d %% of the usage", d.UsagePercent), d.Point)
	}
	if s.Backtest != nil {
		row("Chosen four weeks earlier", s.Backtest.Point)
		row("Best for these four weeks", s.Backtest.Best)
	}
	if err := r.printTables(&t); err != nil {
		return err
	}
	return r.printRecommended(s.Recommended)
}
