package cli

import (
	"context"
	"io"
	"math/big"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/analysis/commitment"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/service"
)

// decimals is how exactly quotients and amounts of analyses are written in JSON.
const decimals = 10

type commitmentsFlags struct {
	filterFlags
	asJSON bool
}

func (r *runner) commitmentsCommand() *cobra.Command {
	var f commitmentsFlags
	cmd := &cobra.Command{
		Use: "commitments", Short: "How well reserved instances, savings plans and committed use discounts are used", Args: noArguments,
		Long: `Commitments lists, by month, how much of each commitment was used and what was paid for nothing, and how much of the
usage of each provider commitments cover. Utilisation is by effective cost. Coverage is of the services in which commitments were
used in the month: what a commitment could cover is not on a bill. The effective savings rate is (list − effective) ÷ list.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.runCommitments(cmd.Context(), w, f) })
		},
	}
	f.register(cmd)
	cmd.Flags().BoolVar(&f.asJSON, "json", false, "print the result as JSON")
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
	if f.asJSON {
		return writeJSON(r.out, commitmentsJSON(report))
	}
	return r.printCommitments(report)
}

// exact writes a fraction as a decimal number, nil as null.
func exact(v *big.Rat) any {
	if v == nil {
		return nil
	}
	return finops.RoundHalfEven(v, decimals)
}

func commitmentsJSON(report *commitment.Report) object {
	uses, months := make([]object, 0, len(report.Commitments)), make([]object, 0, len(report.Months))
	for i := range report.Commitments {
		u := &report.Commitments[i]
		uses = append(uses, object{
			{"id", u.ID}, {"name", u.Name}, {"type", u.Type}, {"provider", u.Provider}, {"month", u.Month.String()}, {"currency", u.Currency}, {"used", exact(u.Used)}, {"unused", exact(u.Unused)},
			{"utilisation", exact(u.Utilisation())}, {"coveredList", exact(u.CoveredList)}, {"coveredEffective", exact(u.CoveredEffective)},
		})
	}
	for _, m := range report.Months {
		months = append(months, object{
			{"provider", m.Provider}, {"month", m.Month.String()}, {"currency", m.Currency}, {"coverage", exact(m.Coverage)}, {"effectiveSavingsRate", exact(m.EffectiveSavingsRate)},
			{"listUnknownShare", exact(m.ListUnknownShare)},
		})
	}
	return object{{"commitments", uses}, {"months", months}}
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

func (r *runner) printCommitments(report *commitment.Report) error {
	if len(report.Commitments) == 0 {
		r.note("The bills name no commitment in this period.")
	}
	var uses, months table
	for _, c := range []struct {
		name  string
		right bool
	}{{"Month", false}, {"Provider", false}, {"Commitment", false}, {"Type", false}, {"Utilisation", true}, {"Used", true}, {"Unused", true}, {"Currency", false}} {
		uses.column(c.name, c.right)
	}
	for i := range report.Commitments {
		u := &report.Commitments[i]
		uses.rows = append(uses.rows, []string{u.Month.String(), u.Provider, u.ID, u.Type, share(u.Utilisation()), rounded(u.Used), rounded(u.Unused), u.Currency})
	}
	for _, c := range []struct {
		name  string
		right bool
	}{{"Month", false}, {"Provider", false}, {"Currency", false}, {"Coverage", true}, {"Effective savings rate", true}, {"List cost unknown", true}} {
		months.column(c.name, c.right)
	}
	for _, m := range report.Months {
		months.rows = append(months.rows, []string{m.Month.String(), m.Provider, m.Currency, share(m.Coverage), share(m.EffectiveSavingsRate), share(m.ListUnknownShare)})
	}
	for _, t := range []*table{&uses, &months} {
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
