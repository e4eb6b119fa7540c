package cli

import (
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/analysis/migration"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
	"cloud-intelligence/backend/service"
)

func (r *runner) migrateCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "migrate", Short: "Compare what workloads would cost on AWS, Azure and Google Cloud, and plan the move",
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.migrateNewCommand(), r.migrateListCommand(), r.migrateShowCommand(), r.migrateAssessCommand(), r.migrateCompareCommand(), r.migrateExportCommand(), r.migrateDeleteCommand(), r.migratePricesCommand())
	return cmd
}

type assessFlags struct {
	file, name, asOf, prices string
	json                     bool
}

func (r *runner) migrateAssessCommand() *cobra.Command {
	var f assessFlags
	cmd := &cobra.Command{
		Use: "assess", Short: "Price, score and plan the move of workloads", Args: noArguments,
		Long: `Assess reads a profile (organization, workloads and requirements as JSON) and states what the workloads would cost on AWS, Azure and
Google Cloud, how well each fits, what the move costs once, and how it would go. It needs no workspace and no network.
docs/migration.md describes the fields and how each figure is calculated. With --name it makes an assessment of the workspace and keeps what it came to.

A profile with wrong fields ends with exit code 2; with --json all of them are printed to standard output.`,
		Example: "  " + program + " migrate assess --file profile.json\n  " + program + " migrate assess --file profile.json --json --as-of 2026-11-22",
		RunE:    func(cmd *cobra.Command, _ []string) error { return r.runAssess(cmd.Context(), f) },
	}
	cmd.Flags().StringVar(&f.file, "file", "", "the profile `FILE`; - for standard input")
	cmd.Flags().StringVar(&f.name, "name", "", "the assessment of the workspace by its `NAME`")
	cmd.Flags().BoolVar(&f.json, "json", false, "print the result as JSON")
	cmd.Flags().StringVar(&f.asOf, "as-of", "", "the `DAY` that stands for today, YYYY-MM-DD")
	cmd.Flags().StringVar(&f.prices, "prices", "", "a `FOLDER` with price tables as CSV, in place of those of the program")
	return cmd
}

func (r *runner) runAssess(ctx context.Context, f assessFlags) error {
	today, err := r.today(f.asOf)
	if err != nil {
		return err
	}
	result, err := r.assess(ctx, f, today)
	if wrong, ok := errors.AsType[migration.FieldErrors](err); ok {
		return r.refuseProfile(wrong, f.json)
	}
	if err != nil {
		return err
	}
	if f.json {
		return writeJSON(r.out, result)
	}
	return r.printAssessment(result)
}

func (r *runner) assess(ctx context.Context, f assessFlags, today finops.Day) (*migration.Result, error) {
	if (f.file == "") == (f.name == "") {
		return nil, finops.Errorf(finops.CodeInvalid, "Say which profile is meant: give --file FILE or --name NAME.")
	}
	if f.name != "" {
		return r.assessSaved(ctx, f, today)
	}
	profile, err := readProfile(f.file)
	if err != nil {
		return nil, err
	}
	return service.AssessProfile(ctx, service.AssessQuestion{Profile: profile, AsOf: today, Prices: f.prices}, nil)
}

// maxProfile is more than a profile of the most lines needs.
const maxProfile = 64 << 20

func readProfile(path string) ([]byte, error) {
	in := io.Reader(os.Stdin)
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return nil, finops.WrapError(finops.CodeNotFound, err, "The profile %s cannot be opened.", path)
		}
		defer func() { _ = file.Close() }() // it was only read
		in = file
	}
	text, err := io.ReadAll(io.LimitReader(in, maxProfile+1))
	if err != nil {
		return nil, finops.WrapError(finops.CodeUnavailable, err, "The profile %s cannot be read.", path)
	}
	if len(text) > maxProfile {
		return nil, finops.Errorf(finops.CodeInvalid, "%s is larger than any profile.", path)
	}
	return text, nil
}

// refuseProfile reports every wrong field.
func (r *runner) refuseProfile(wrong migration.FieldErrors, asJSON bool) error {
	if asJSON {
		if err := writeJSON(r.out, object{{"errors", wrong}}); err != nil {
			return err
		}
	} else {
		for _, e := range wrong {
			r.note("%s", sentence(e.Message))
		}
	}
	return &exitError{exitWrong, "The profile has " + things(len(wrong), "wrong field") + "."}
}

func (r *runner) printAssessment(a *migration.Result) error {
	recommended := cmp.Or(a.Recommendation.Reason, "No provider meets the requirements.")
	if p := a.Recommendation.Provider; p != nil {
		recommended = "Recommended: " + pricebook.ProviderName(*p)
		if a.Recommendation.TooClose {
			recommended += " (too close to call)"
		}
	}
	if err := r.print("%s\nPrice tables %s, oldest figure used %s; list prices in USD\n\n", recommended, a.PriceBook.Version, orNone(a.PriceBook.OldestAsOf)); err != nil {
		return err
	}
	var t table
	for i, name := range []string{"Provider", "Region", "Score", "Monthly", "On demand", "1 year", "3 years", "One-off", "NPV", "Payback month", "Confidence", "Not eligible because"} {
		t.column(name, i >= 2 && i < 10)
	}
	for i := range a.Providers {
		t.rows = append(t.rows, providerRow(&a.Providers[i]))
	}
	if err := t.write(r.out); err != nil {
		return err
	}
	if err := r.print("\n"); err != nil {
		return err
	}
	if err := r.printTargets(a); err != nil {
		return err
	}
	if err := r.print("\nPlan: %s to %s\n", a.Plan.Start, a.Plan.End); err != nil {
		return err
	}
	var phases table
	for _, name := range []string{"Phase", "Start", "End", "Workloads", "Gate"} {
		phases.column(name, false)
	}
	for _, p := range a.Plan.Phases {
		phases.rows = append(phases.rows, []string{p.Name, p.Start.String(), p.End.String(), strings.Join(p.Lines, ", "), p.Gate})
	}
	if err := phases.write(r.out); err != nil {
		return err
	}
	for _, line := range append(append([]string{}, a.Warnings...), a.Notes...) {
		r.note("%s", line)
	}
	return nil
}

// usd is an amount for reading.
func usd(a *finops.Amount) string {
	if a == nil {
		return unknown
	}
	var s finops.Sum
	s.Add(*a)
	return readable(&s, "USD")
}

func providerRow(p *migration.Provider) []string {
	row := []string{pricebook.ProviderName(p.Provider), "–", "–"}
	if p.Region != nil {
		row[1] = *p.Region
	}
	if p.Score != nil {
		row[2] = p.Score.Total.String()
	}
	if p.Monthly == nil {
		row = append(row, "–", "–", "–", "–")
	} else {
		row = append(row, usd(&p.Monthly.Total), usd(&p.Terms.OnDemand), usd(&p.Terms.OneYear), usd(&p.Terms.ThreeYear))
	}
	payback := "–"
	if p.PaybackMonth != nil {
		payback = p.PaybackMonth.String()
	}
	var gates []string
	for _, g := range p.Gates {
		gates = append(gates, g.Message)
	}
	return append(row, usd(p.OneOff), usd(p.NPV), payback, things(p.Confidence.Stars, "star"), strings.Join(gates, "; "))
}

// printTargets lists each workload with its target and cost on each provider.
func (r *runner) printTargets(a *migration.Result) error {
	var t table
	for i, name := range []string{"Workload", "Strategy", "Provider", "Target", "Monthly", "Without a price"} {
		t.column(name, i == 4)
	}
	if len(a.Providers) == 0 {
		return nil
	}
	for i := range a.Providers[0].Workloads {
		for n := range a.Providers {
			p := &a.Providers[n]
			line := &p.Workloads[i]
			row := []string{line.Name, line.Strategy, pricebook.ProviderName(p.Provider), "–", usd(line.Monthly), strings.Join(line.Unpriced, ", ")}
			if line.Target != nil {
				row[3] = *line.Target
			}
			t.rows = append(t.rows, row)
		}
	}
	return t.write(r.out)
}
