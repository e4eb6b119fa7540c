package cli

import (
	"bufio"
	"context"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/pricebook"
	"cloud-intelligence/backend/service"
)

func (r *runner) migratePricesCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "prices", Short: "Show with which prices assessments are made, and read newer ones", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.showPrices(cmd.Context(), w, asJSON) })
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print them as JSON")
	reset := &cobra.Command{
		Use: "reset", Short: "Go back to the prices that the program carries", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				if err := w.Migrations.ResetPrices(cmd.Context()); err != nil {
					return err
				}
				return r.print("Assessments are made with the prices of the program again.\n")
			})
		},
	}
	cmd.AddCommand(r.pricesRefreshCommand(), reset)
	return cmd
}

func (r *runner) pricesRefreshCommand() *cobra.Command {
	var asJSON, key bool
	cmd := &cobra.Command{
		Use: "refresh NAME", Short: "Read what the providers list today for the regions of an assessment", Args: oneName("the assessment by its name"),
		Long: `Refresh asks AWS (Price List), Azure (Retail Prices) and Google (Cloud Billing) what machines, licences, storage, databases and network cost today in the regions in which the
assessment is priced, and keeps that in the workspace with the day. Nothing else contacts them. Results keep the prices they were made with;
assess again to use the new ones, and compare to see what changed.

AWS and Azure ask for no sign-in. Google wants an API key of a project in which the Cloud Billing API is switched on: --google-key-stdin
reads it from standard input. It is kept nowhere. Without it the prices of Google stay as they are.`,
		Example: "  " + program + " --workspace acme.cloudintel migrate prices refresh Move\n  pass google/prices | " + program + " --workspace acme.cloudintel migrate prices refresh Move --google-key-stdin",
		RunE: func(cmd *cobra.Command, args []string) error {
			googleKey := ""
			if key {
				line, err := bufio.NewReader(io.LimitReader(cmd.InOrStdin(), 4096)).ReadString('\n')
				if googleKey = strings.TrimSpace(line); googleKey == "" {
					return finops.WrapError(finops.CodeInvalid, err, "Standard input has no key.")
				}
			}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				return r.refreshPrices(cmd.Context(), w, args[0], googleKey, asJSON)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print what was read as JSON")
	cmd.Flags().BoolVar(&key, "google-key-stdin", false, "read an API key of Google from standard input")
	return cmd
}

func (r *runner) refreshPrices(ctx context.Context, w *service.Workspace, name, googleKey string, asJSON bool) error {
	regions, err := w.Migrations.RefreshPrices(ctx, name, googleKey, nil)
	if err != nil {
		return err
	}
	if asJSON {
		return writeJSON(r.out, object{{"regions", wire.List(regions)}})
	}
	for _, region := range regions {
		if region.Problem != "" {
			r.note("%s %s, %s: %s", pricebook.ProviderName(region.Provider), region.Region, region.Kind.Words(), sentence(region.Problem))
		}
	}
	return r.printRegions(regions, true)
}

func (r *runner) printRegions(regions []service.ReadRegion, fresh bool) error {
	var t table
	for i, name := range []string{"Provider", "Region", "Prices of", "Read", "Prices"} {
		t.column(name, i == 4)
	}
	if fresh {
		t.column("With another price", true)
	}
	for _, region := range regions {
		row := []string{pricebook.ProviderName(region.Provider), region.Region, region.Kind.Words(), orNone(region.AsOf), strconv.Itoa(region.Prices)}
		if fresh {
			row = append(row, strconv.Itoa(region.Changed))
		}
		t.rows = append(t.rows, row)
	}
	return t.write(r.out)
}

func (r *runner) showPrices(ctx context.Context, w *service.Workspace, asJSON bool) error {
	state, err := w.Migrations.Prices(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		at := any(nil)
		if !state.ReadAt.IsZero() {
			at = state.ReadAt.UTC().Format(time.RFC3339)
		}
		return writeJSON(r.out, object{{"version", state.Book}, {"readAt", at}, {"readBy", state.ReadBy}, {"regions", wire.List(state.Regions)}})
	}
	if len(state.Regions) == 0 {
		return r.print("Price tables %s, which the program carries.\n", state.Book)
	}
	if err := r.print("Price tables %s; read from the providers %s by %s:\n\n", state.Book, minute(state.ReadAt), visible(state.ReadBy)); err != nil {
		return err
	}
	return r.printRegions(state.Regions, false)
}
