package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

func (r *runner) plannedCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "planned", Short: "List, save or remove planned changes, which forecasts have in them", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.plannedListCommand(), r.plannedSetCommand(), r.deletion("delete", "Remove a planned change", "the planned change", func(w *service.Workspace) deleteFunc { return w.Forecasts.DeletePlanned }))
	return cmd
}

func (r *runner) plannedListCommand() *cobra.Command {
	var out tableFlags
	cmd := &cobra.Command{
		Use: "list", Short: "List the planned changes", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				if out.file() {
					return r.writeList(cmd.Context(), w, out, service.ListPlanned)
				}
				list, err := w.Forecasts.Planned(cmd.Context())
				if err != nil {
					return err
				}
				return r.listPlanned(list, out.format == "json")
			})
		},
	}
	out.register(cmd)
	return cmd
}

// plannedJSON is a planned change with its version, and why it cannot be used.
type plannedJSON struct {
	service.PlannedInfo
	Version int64  `json:"version"`
	Problem string `json:"problem" cli:"null"`
}

func (r *runner) listPlanned(list []service.PlannedChange, asJSON bool) error {
	all := []plannedJSON{}
	t := table{}
	for i, name := range []string{"Name", "Version", "Kind", "Charges", "From", "To", "Amount a month", "Percent", "Note", "Problem"} {
		t.column(name, i == 1 || i == 6 || i == 7)
	}
	text := func(a *finops.Amount) string {
		if a == nil {
			return ""
		}
		return a.String()
	}
	for _, p := range list {
		last := ""
		if p.To != nil {
			last = p.To.String()
		}
		all = append(all, plannedJSON{p.Info(), p.Version, p.Problem})
		t.rows = append(t.rows, []string{
			p.Name, fmt.Sprint(p.Version), string(p.Kind), p.Scope + p.Where + p.Commitment, p.From.String(), last, strings.TrimSpace(text(p.Monthly) + " " + p.Currency), text(p.Percent), p.Note, p.Problem,
		})
	}
	switch {
	case asJSON:
		return writeJSON(r.out, object{{"planned", all}})
	case len(list) == 0:
		return r.print("The workspace has no planned changes.\n")
	}
	return t.write(r.out)
}

type plannedFlags struct {
	kind, scope, where, from, to, monthly, percent, commitment, note string
	currency                                                         string
}

func (r *runner) plannedSetCommand() *cobra.Command {
	var f plannedFlags
	cmd := &cobra.Command{
		Use: "set NAME --kind KIND --from DAY", Short: "Save a planned change", Args: oneName("the planned change one name"),
		Long: `Set keeps a planned change: a launch or an accepted saving (--monthly, --currency), a shut-down (--percent, all where it is not given), a
price change (--percent) or the renewal of a commitment (--commitment). Forecasts have it from its first day on. With --version it is
replaced only if it still is of that version, else the exit code is 3.`,
		Example: "  " + program + " --workspace acme.cloudintel forecast planned set 'New shop' --kind launch --from 2027-01-01 --monthly 2400 --currency USD --scope Production\n" +
			"  " + program + " --workspace acme.cloudintel forecast planned set 'New contract' --kind price --from 2027-02-01 --percent -8 --where 'ProviderName = \"AWS\"'",
	}
	for _, flag := range []struct {
		to          *string
		name, usage string
	}{
		{&f.kind, "kind", "`KIND`: launch, shutdown, price, saving or renewal"}, {&f.scope, "scope", "the `SCOPE` whose charges change; all charges where neither it nor --where is given"},
		{&f.where, "where", "a `FILTER` for the charges that change"}, {&f.from, "from", "its first `DAY`, YYYY-MM-DD"}, {&f.to, "to", "its last `DAY`; it lasts where that is not given"},
		{&f.monthly, "monthly", "the `AMOUNT` a month, of a launch or a saving"}, {&f.currency, "currency", "the `CURRENCY` of the amount"},
		{&f.percent, "percent", "the `PERCENT` of a price change or a shut-down"}, {&f.commitment, "commitment", "the `ID` of the commitment that is renewed"}, {&f.note, "note", "`TEXT` to keep with it"},
	} {
		cmd.Flags().StringVar(flag.to, flag.name, "", flag.usage)
	}
	seen := versionFlag(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		p, err := f.change(args[0])
		if err != nil {
			return err
		}
		if f.where != "" {
			if _, err := parseWhere(f.where); err != nil {
				return err
			}
		}
		return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
			version, err := w.Forecasts.SavePlanned(cmd.Context(), p, seen())
			if err != nil {
				return (&filterFlags{where: []string{f.where}}).locate(err)
			}
			return r.print("Saved the planned change %s, version %d.\n", visible(strings.TrimSpace(args[0])), version)
		})
	}
	return cmd
}

func (f *plannedFlags) change(name string) (service.PlannedChange, error) {
	p := service.PlannedChange{Name: name, Kind: service.PlannedKind(f.kind), Scope: f.scope, Where: f.where, Currency: f.currency, Commitment: f.commitment, Note: f.note}
	from, err := parseDay("--from", f.from)
	if err != nil {
		return p, err
	}
	if from == nil {
		return p, finops.Errorf(finops.CodeInvalid, "Name the first day of the change: --from YYYY-MM-DD.")
	}
	p.From = *from
	if p.To, err = parseDay("--to", f.to); err != nil {
		return p, err
	}
	for _, flag := range []struct {
		name, text string
		to         **finops.Amount
	}{{"--monthly", f.monthly, &p.Monthly}, {"--percent", f.percent, &p.Percent}} {
		if flag.text == "" {
			continue
		}
		a, err := finops.ParseAmount([]byte(flag.text))
		if err != nil {
			return p, finops.WrapError(finops.CodeInvalid, err, "%s: %q is not a number.", flag.name, flag.text)
		}
		*flag.to = &a
	}
	return p, nil
}

func (r *runner) freezeCommand() *cobra.Command {
	var f forecastFlags
	cmd := &cobra.Command{
		Use: "freeze NAME", Short: "Keep a forecast, to be compared with what comes", Args: oneName("the forecast one name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withForecastQuestion(cmd.Context(), f, func(w *service.Workspace, q service.ForecastQuestion) error {
				if err := w.Forecasts.Freeze(cmd.Context(), args[0], f.scope, q); err != nil {
					return f.locate(err)
				}
				return r.print("Saved the forecast %s.\n", visible(strings.TrimSpace(args[0])))
			})
		},
	}
	f.register(cmd)
	return cmd
}

func (r *runner) unfreezeCommand() *cobra.Command {
	return &cobra.Command{
		Use: "unfreeze NAME", Short: "Remove a frozen forecast", Args: oneName("the forecast by its name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return w.Forecasts.Unfreeze(cmd.Context(), args[0]) })
		},
	}
}

func (r *runner) frozenCommand() *cobra.Command {
	var out tableFlags
	cmd := &cobra.Command{
		Use: "frozen", Short: "Show frozen forecasts beside what came", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.showFrozen(cmd.Context(), w, out) })
		},
	}
	out.register(cmd)
	return cmd
}

func (r *runner) showFrozen(ctx context.Context, w *service.Workspace, out tableFlags) error {
	if out.file() {
		return r.writeList(ctx, w, out, service.ListFrozen)
	}
	list, err := w.Forecasts.Frozen(ctx)
	if err != nil {
		return err
	}
	t := table{}
	for i, name := range []string{"Name", "As of", "Month", "Currency", "Forecast", "80 % from", "80 % to", "Actual", "Complete"} {
		t.column(name, i > 3 && i < 8)
	}
	for _, f := range list {
		for _, m := range f.Months {
			actual, complete := "", "no"
			if m.Actual != nil {
				actual = readable(m.Actual, f.Currency)
			}
			if m.Whole {
				complete = "yes"
			}
			t.rows = append(t.rows, []string{
				f.Name, f.AsOf.String(), m.Month.String(), orNone(f.Currency), readable(&m.Parts.Forecast, f.Currency), readable(&m.Parts.Low80, f.Currency), readable(&m.Parts.High80, f.Currency), actual, complete,
			})
		}
		if f.Problem != "" {
			r.note("%s: %s", f.Name, f.Problem)
		}
	}
	switch {
	case out.format == "json":
		return writeJSON(r.out, object{{"frozen", wire.Each(list, service.FrozenForecast.Info)}})
	case len(list) == 0:
		return r.print("The workspace has no frozen forecasts.\n")
	}
	return t.write(r.out)
}
