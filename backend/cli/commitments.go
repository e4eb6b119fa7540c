package cli

import (
	"cmp"
	"context"
	"io"
	"math/big"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

type commitmentsFlags struct {
	filterFlags
	out  tableFlags
	rows string
}

func (r *runner) commitmentsCommand() *cobra.Command {
	var f commitmentsFlags
	cmd := &cobra.Command{
		Use: "commitments", Short: "How well reserved instances, savings plans and committed use discounts are used", Args: noArguments,
		Long: `Commitments lists, by month, how much of each commitment was used and what was paid for nothing, and how much of the
usage of each provider and each pool of machines commitments cover. Utilisation is by effective cost. Coverage is of the services in which commitments were
used in the month: what a commitment could cover is not on a bill. The effective savings rate is (list − effective) ÷ list. For each
commitment it also says how it stands over the last 30 days: what it costs an hour, what it saves, when it ends and what that would cost. Beside them
stands what the providers recommend to buy in the documents of the workspace, which no flag narrows down; simulate compares it over the same usage.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.runCommitments(cmd.Context(), w, f) })
		},
	}
	f.register(cmd)
	f.out.register(cmd)
	cmd.Flags().StringVar(&f.rows, "rows", "commitments", "with csv or xlsx, the `ROWS`: commitments (by month), months, standings, pools or recommendations")
	return cmd
}

func (r *runner) runCommitments(ctx context.Context, w *service.Workspace, f commitmentsFlags) error {
	chosen, err := f.chosen(ctx, w)
	if err != nil {
		return err
	}
	report, err := w.Commitments.Report(ctx, service.CommitmentsQuestion{Where: chosen.where, From: chosen.from, To: chosen.to})
	if err != nil {
		return f.locate(err)
	}
	advised, err := w.Commitments.Recommendations(ctx)
	if err != nil {
		return err
	}
	if f.out.format != "table" {
		result := commitmentsJSON(report, advised)
		at := slices.IndexFunc(result, func(one field) bool { return one.name == f.rows })
		if at < 0 {
			return finops.Errorf(finops.CodeInvalid, "--rows is %q; it can be commitments, months, standings, pools or recommendations.", f.rows)
		}
		if f.out.file() {
			result = result[at : at+1]
		}
		return r.writeRows(ctx, w, f.out, "Commitments", result)
	}
	if err := r.printCommitments(report); err != nil {
		return err
	}
	return r.printRecommended(advised)
}

func commitmentsJSON(report *service.CommitmentsReport, advised []service.Recommendation) object {
	return object{
		{"commitments", wire.Each(report.Commitments, service.UseOf)}, {"months", wire.Each(report.Months, service.CoverageOf)},
		{"standings", wire.Each(report.Standings, service.StandingOf)}, {"pools", wire.Each(report.Pools, poolJSON)},
		{"recommendations", service.RecommendationsInfo(advised)},
	}
}

// poolRow is the coverage of a pool in a month, with what it is of.
type poolRow struct {
	Pool      string     `json:"pool"`
	Provider  string     `json:"provider"`
	Currency  string     `json:"currency"`
	Effective finops.Sum `json:"effectiveCost"`
	service.PoolMonthInfo
}

func poolJSON(p commitment.PoolMonth) poolRow {
	return poolRow{p.Pool.ID, p.Pool.ProviderName(), p.Currency, p.Effective, service.PoolCoverageOf(p)}
}

// rounded writes an amount for reading.
func rounded(v *big.Rat) string {
	if v == nil {
		return "unknown"
	}
	return v.FloatString(2)
}

// share writes a quotient as a percentage.
func share(v *big.Rat) string {
	if v == nil {
		return "–"
	}
	return new(big.Rat).Mul(v, big.NewRat(100, 1)).FloatString(1) + " %"
}

// expiry says when a commitment ends, and how certain that is.
func expiry(s *commitment.Standing) string {
	switch {
	case s.Ended:
		return "ended " + s.Last.String()
	case s.Expires == nil:
		return "not in the bill"
	case s.ExpiryKnown == commitment.EndLatest:
		return "by " + s.Expires.String()
	}
	return s.Expires.String()
}

func (r *runner) printCommitments(report *service.CommitmentsReport) error {
	if len(report.Standings) == 0 {
		r.note("The bills name no commitment in this period.")
	}
	standings := tableOf("Commitment", "Type", ">Cost an hour", ">Utilisation", ">Break-even", ">Unused a month", "Ends", ">Cost of lapse", ">Sharing loss", "Currency")
	for _, s := range report.Standings {
		loss := (*big.Rat)(nil)
		if s.Sharing != nil {
			loss = s.Sharing.Loss
		}
		standings.rows = append(standings.rows, []string{
			cmp.Or(s.Name, s.ID), s.Type, known(s.HourlyCost(), 4), share(s.Utilisation()), share(s.BreakEven()), rounded(s.Unused), expiry(s), known(s.CostOfLapse(), 2), known(loss, 2), s.Currency,
		})
	}
	uses := tableOf("Month", "Provider", "Commitment", "Type", ">Utilisation", ">Used", ">Unused", "Currency")
	for i := range report.Commitments {
		u := &report.Commitments[i]
		uses.rows = append(uses.rows, []string{u.Month.String(), u.Provider, u.ID, u.Type, share(u.Utilisation()), rounded(u.Used), rounded(u.Unused), u.Currency})
	}
	months := tableOf("Month", "Provider", "Currency", ">Coverage", ">Effective savings rate", ">List cost unknown")
	for _, m := range report.Months {
		months.rows = append(months.rows, []string{m.Month.String(), m.Provider, m.Currency, share(m.Coverage), share(m.EffectiveSavingsRate), share(m.ListUnknownShare)})
	}
	pools := tableOf("Month", "Pool", "Currency", ">Effective cost", ">Coverage", ">Effective savings rate", ">Break-even")
	for i, p := range report.Pools {
		if i+1 < len(report.Pools) && report.Pools[i+1].Pool.ID == p.Pool.ID && report.Pools[i+1].Currency == p.Currency {
			continue // the newest month of each says enough here
		}
		pools.rows = append(pools.rows, []string{p.Month.String(), p.Pool.ID, p.Currency, rounded(p.Effective.Rat()), share(p.Coverage), share(p.EffectiveSavingsRate), share(p.BreakEven)})
	}
	return r.printTables(standings, uses, months, pools)
}

// printTables writes those that have rows, with a blank line after each.
func (r *runner) printTables(tables ...*table) error {
	for _, t := range tables {
		if len(t.rows) == 0 {
			continue
		}
		if err := t.write(r.out); err != nil {
			return err
		}
		if _, err := io.WriteString(r.out, "\n"); err != nil {
			return wrapWrite(err)
		}
	}
	return nil
}

// tableOf makes a table; the names of columns with numbers begin with ">".
func tableOf(names ...string) *table {
	t := &table{}
	for _, name := range names {
		right := strings.HasPrefix(name, ">")
		t.column(strings.TrimPrefix(name, ">"), right)
	}
	return t
}

// known writes an amount with so many decimals, and a dash where there is none.
func known(v *big.Rat, decimals int) string {
	if v == nil {
		return "–"
	}
	return v.FloatString(decimals)
}
