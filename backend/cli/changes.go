package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/ingest"
	"cloud-intelligence/backend/service"
)

// groupsShown is how many services and accounts a table of changes lists.
const groupsShown = 8

func (r *runner) billChangesCommand() *cobra.Command {
	var f billFlags
	var before, now int64
	var out tableFlags
	cmd := &cobra.Command{
		Use: "changes", Short: "Show what a newer export changed in a bill", Args: noArguments,
		Long: `Changes compares two versions of a bill: lines that are new, gone or changed, usage that was reported late,
credits, and the amounts by service and sub-account. Without --before and --now it compares the newest version
with the one that it replaced.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				bills, err := w.Bills.List(cmd.Context())
				if err != nil {
					return err
				}
				b, err := f.find(bills)
				if err != nil {
					return err
				}
				return r.billChanges(cmd.Context(), w, b, before, now, out)
			})
		},
	}
	f.register(cmd)
	cmd.Flags().Int64Var(&before, "before", 0, "the import of the older version, by its `NUMBER`")
	cmd.Flags().Int64Var(&now, "now", 0, "the import of the newer version, by its `NUMBER`")
	out.register(cmd)
	return cmd
}

func (r *runner) billChanges(ctx context.Context, w *service.Workspace, b *service.BillInfo, before, now int64, out tableFlags) error {
	if before == 0 || now == 0 {
		i := slices.IndexFunc(b.Versions, func(v service.BillVersion) bool {
			return v.State == service.VersionReplaced && v.ReplacedBy != nil && (now == 0 || *v.ReplacedBy == now)
		})
		if i < 0 {
			return finops.Errorf(finops.CodeNotFound, "No version of this bill was replaced; `%s bills --history` lists the versions.", program)
		}
		if before == 0 {
			before = b.Versions[i].ImportID
		}
		if now == 0 {
			now = *b.Versions[i].ReplacedBy
		}
	}
	change, err := w.Bills.Changes(ctx, b.Bill, before, now)
	if err != nil {
		return err
	}
	if out.file() {
		t, err := w.Tables.Changes(ctx, change)
		if err != nil {
			return err
		}
		return r.writeTable(out, w.Path(), t)
	}
	if out.format == "json" {
		return writeJSON(r.out, change)
	}
	return r.printChange(change)
}

func (r *runner) printChange(c *ingest.Change) error {
	if err := r.print("%s\n", visible(billText(c.Bill))); err != nil {
		return err
	}
	for _, currency := range currenciesOf(c) {
		if err := r.print("\n"); err != nil {
			return err
		}
		var t table
		for i, name := range []string{"In " + orNone(currency), "Lines", "Billed", "Effective"} {
			t.column(name, i > 0)
		}
		for _, part := range changeParts(c) {
			billed, effective := moneyOf(part.LinesChange, currency)
			t.rows = append(t.rows, []string{part.words, count(part.Lines), readable(&billed, currency), readable(&effective, currency)})
		}
		if err := t.write(r.out); err != nil {
			return err
		}
		for _, groups := range []struct {
			name string
			list []ingest.GroupChange
		}{{"Service", c.Services}, {"Sub-account", c.Accounts}} {
			if err := r.printGroups(groups.name, groups.list, currency); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *runner) printGroups(name string, groups []ingest.GroupChange, currency string) error {
	var t table
	for i, head := range []string{name, "Before", "Now", "Change"} {
		t.column(head, i > 0)
	}
	for _, g := range groups {
		change := g.BilledNow
		change.SubSum(g.BilledBefore)
		if g.Currency != currency || change.IsZero() || len(t.rows) == groupsShown {
			continue
		}
		label := g.Name
		if label == "" {
			label = noValue
		}
		t.rows = append(t.rows, []string{label, readable(&g.BilledBefore, currency), readable(&g.BilledNow, currency), readable(&change, currency)})
	}
	if len(t.rows) == 0 {
		return nil
	}
	if err := r.print("\n"); err != nil {
		return err
	}
	return t.write(r.out)
}

type changePart struct {
	name, words string
	ingest.LinesChange
}

func changeParts(c *ingest.Change) []changePart {
	return []changePart{
		{"before", "Before", c.Before}, {"new", "New charges", c.New}, {"gone", "Gone charges", c.Gone}, {"changed", "Changed charges", c.Changed}, {"now", "Now", c.Now},
		{"late", "Of the new: reported late", c.Late}, {"creditsBefore", "Credits before", c.CreditsBefore}, {"creditsNow", "Credits now", c.CreditsNow},
	}
}

func currenciesOf(c *ingest.Change) (list []string) {
	for _, part := range []ingest.LinesChange{c.Before, c.Now} {
		for _, m := range part.Costs {
			if !slices.Contains(list, m.Currency) {
				list = append(list, m.Currency)
			}
		}
	}
	slices.Sort(list)
	return list
}

func moneyOf(l ingest.LinesChange, currency string) (billed, effective finops.Sum) {
	for _, m := range l.Costs {
		if m.Currency == currency {
			return m.Billed, m.Effective
		}
	}
	return billed, effective
}
