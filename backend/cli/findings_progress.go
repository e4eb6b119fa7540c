package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/analysis/savings"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// progressFlags say what is decided about findings.
type progressFlags struct {
	state, reason, until, owner, due, doneOn, note string
	version                                        int64
}

func (r *runner) findingsSetCommand() *cobra.Command {
	var f progressFlags
	cmd := &cobra.Command{
		Use: "set ID…", Short: "Decide about findings: accept, plan, mark as done or dismiss them",
		Long: `Set decides about one finding or several, all of them or none; what the flags do not say stays as it is, and a flag that is given as "" clears
its part. What is done or dismissed is in no total. With --version they are changed only if each still is of that version (0 = nothing was decided yet), else the exit code is 3.`,
		Example: "  " + program + " --workspace acme.cloudintel findings set 0f6a4c21b7e91d05 --state accepted --owner nora --due 2026-12-15\n" +
			"  " + program + " --workspace acme.cloudintel findings set 0f6a4c21b7e91d05 9ac41e77d20b8f36 --state dismissed --reason 'kept for the audit' --until 2027-03-31",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return finops.Errorf(finops.CodeInvalid, "Name the findings; `%s findings` lists their ids. See `%s --help`.", program, cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.setFindings(cmd, w, args, f) })
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.state, "state", "", "the `STATE`: open, accepted, planned, done or dismissed")
	flags.StringVar(&f.reason, "reason", "", "`WHY` they are dismissed")
	flags.StringVar(&f.until, "until", "", "the last `DAY` on which they are dismissed")
	flags.StringVar(&f.owner, "owner", "", "`WHO` sees to them")
	flags.StringVar(&f.due, "due", "", "the `DAY` by which they are to be done")
	flags.StringVar(&f.doneOn, "done-on", "", "the `DAY` on which they were done; today where it is not given")
	flags.StringVar(&f.note, "note", "", "a `TEXT`")
	flags.Int64Var(&f.version, "version", 0, "change only version `N`")
	return cmd
}

func (r *runner) setFindings(cmd *cobra.Command, w *service.Workspace, ids []string, f progressFlags) error {
	changed := cmd.Flags().Changed
	given := func(name string, value *string) *string {
		if changed(name) {
			return value
		}
		return nil
	}
	patch := service.ProgressPatch{
		Reason: given("reason", &f.reason), Until: given("until", &f.until), Owner: given("owner", &f.owner), Due: given("due", &f.due),
		DoneOn: given("done-on", &f.doneOn), Note: given("note", &f.note),
	}
	if changed("state") {
		state := savings.State(f.state)
		patch.State = &state
	}
	if patch == (service.ProgressPatch{}) {
		return finops.Errorf(finops.CodeInvalid, "Say what to decide, such as --state accepted. See `%s --help`.", cmd.CommandPath())
	}
	seen := int64(service.AnyVersion)
	if changed("version") {
		seen = f.version
	}
	var findings []service.FindingVersion
	for _, id := range ids {
		findings = append(findings, service.FindingVersion{ID: id, Seen: seen})
	}
	if err := w.Savings.Change(cmd.Context(), findings, patch); err != nil {
		return err
	}
	return r.print("Changed %s.\n", things(len(ids), "finding"))
}

func (r *runner) findingsRealisedCommand() *cobra.Command {
	var out tableFlags
	cmd := &cobra.Command{
		Use: "realised", Short: "Compare the cost before and after of findings that are done", Args: noArguments,
		Long: `Realised lists the findings that are done with what their charges cost a month before and after, on settled days only. docs/savings.md says how
it is measured.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.realised(cmd.Context(), w, out) })
		},
	}
	out.register(cmd)
	return cmd
}

func (r *runner) realised(ctx context.Context, w *service.Workspace, out tableFlags) error {
	if _, err := w.Savings.Find(ctx, service.SavingsQuestion{}); err != nil { // measures where the ledger has changed
		return err
	}
	tracked, err := w.Savings.Tracked(ctx)
	if err != nil {
		return err
	}
	totals := service.RealisedTotals(tracked)
	if out.format != "table" {
		findings := []realisedJSON{}
		for i := range tracked {
			if tracked[i].State == savings.Done {
				info := tracked[i].Info()
				findings = append(findings, realisedJSON{info, tracked[i].DoneOn, tracked[i].Owner, *info.Measured})
			}
		}
		return r.writeRows(ctx, w, out, "Realised savings", object{{"findings", findings}, {"totals", totals}})
	}
	var t table
	for i, name := range []string{"Id", "Rule", "Resource", "Done on", "Currency", "Promised", "Before", "After", "Saved", "Outcome"} {
		t.column(name, i > 4 && i < 9)
	}
	for i := range tracked {
		f := &tracked[i]
		if f.State != savings.Done || f.Finding == nil {
			continue
		}
		m := f.Measured
		if m == nil {
			m = &savings.Measurement{Outcome: savings.Waiting}
		}
		c := f.Finding.Currency
		t.rows = append(t.rows, []string{
			f.ID, f.Finding.Rule.ID, f.Finding.ResourceID, f.DoneOn, c, monthText(f.Finding.Net, c), monthText(m.Before, c), monthText(m.After, c), monthText(m.Saved, c),
			strings.TrimSpace(string(m.Outcome) + " " + m.Reason),
		})
	}
	if len(t.rows) == 0 {
		return r.print("No finding is marked as done; `%s findings set ID --state done` does that.\n", program)
	}
	if err := t.write(r.out); err != nil {
		return err
	}
	for _, t := range totals {
		if err := r.print("%s: %s a month saved of %s that %s promised; %d not measured.\n", t.Currency, readable(&t.Saved, t.Currency), readable(&t.Promised, t.Currency), things(t.Findings, "finding"), t.Waiting); err != nil {
			return err
		}
	}
	return nil
}

// realisedJSON is a finding that is done, with what was measured of it.
type realisedJSON struct {
	service.TrackedInfo
	DoneOn string `json:"doneOn"`
	Owner  string `json:"owner" cli:"null"`
	service.MeasurementInfo
}

func (r *runner) findingsHistoryCommand() *cobra.Command {
	var out tableFlags
	cmd := &cobra.Command{
		Use: "history", Short: "List what could be saved after each import", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.savingsHistory(cmd.Context(), w, out) })
		},
	}
	out.register(cmd)
	return cmd
}

func (r *runner) savingsHistory(ctx context.Context, w *service.Workspace, out tableFlags) error {
	if _, err := w.Savings.Find(ctx, service.SavingsQuestion{}); err != nil { // adds the state of now
		return err
	}
	list, err := w.Savings.History(ctx)
	if err != nil {
		return err
	}
	switch out.format {
	case "json":
		return writeJSON(r.out, object{{"history", wire.Each(list, service.SavingsRecord.Info)}})
	case "csv", "xlsx":
		return r.writeRows(ctx, w, out, "Savings history", object{{"rows", historyRows(list)}})
	}
	var t table
	for i, name := range []string{"Found", "Charges through", "Currency", "Findings", "Cost a month", "Net", "Candidates", "Realised"} {
		t.column(name, i > 2)
	}
	for _, one := range list {
		for _, total := range one.Totals {
			t.rows = append(t.rows, []string{
				minute(one.FoundAt), one.AsOf, total.Currency, strconv.Itoa(total.Findings), readable(&total.MonthlyCost, total.Currency), readable(&total.Net, total.Currency),
				readable(&total.Candidates, total.Currency), readable(&total.Realised, total.Currency),
			})
		}
	}
	if len(t.rows) == 0 {
		return r.print("Nothing was found yet.\n")
	}
	return t.write(r.out)
}

// historyRow is what could be saved in a currency after an import.
type historyRow struct {
	FoundAt string `json:"foundAt"`
	AsOf    string `json:"asOf"`
	service.HistoryTotal
}

func historyRows(list []service.SavingsRecord) []historyRow {
	rows := []historyRow{}
	for _, one := range list {
		info := one.Info()
		for _, total := range info.Totals {
			rows = append(rows, historyRow{info.FoundAt, one.AsOf, total})
		}
	}
	return rows
}

// decidedText is what was decided about a finding, a line each.
func decidedText(tracked []service.TrackedFinding, id string) [][2]string {
	for i := range tracked {
		t := &tracked[i]
		if t.ID != id {
			continue
		}
		lines := [][2]string{{"State", fmt.Sprintf("%s, by %s on %s (version %d)", t.State, t.ChangedBy, t.ChangedAt.UTC().Format(time.DateOnly), t.Version)}}
		for _, part := range [][2]string{{"Reason", t.Reason}, {"Until", t.Until}, {"Owner", t.Owner}, {"Due", t.Due}, {"Done on", t.DoneOn}, {"Note", t.Note}} {
			if part[1] != "" {
				lines = append(lines, part)
			}
		}
		return lines
	}
	return nil
}
