package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/service"
)

func (r *runner) verifyCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Verify that the ledger is what the files say",
		Long: `Verify reads every stored line again and compares the sums with the control totals that were kept when the
files were imported, with every cell of the daily rollup and with what the program answers, and each value with
the packed columns. Exit code 4 means that something differs.`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.verify(cmd.Context(), w, asJSON) })
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

func (r *runner) verify(ctx context.Context, w *service.Workspace, asJSON bool) error {
	report, err := w.Ledger.StartVerify(ctx, nil)
	if err != nil {
		return err
	}
	if asJSON {
		err = writeJSON(r.out, object{{"ok", report.OK}, {"checks", report.Checks}, {"durationMs", report.Duration.Milliseconds()}})
	} else {
		err = r.writeChecks(report)
	}
	if err != nil {
		return err
	}
	if report.OK {
		return nil
	}
	if onlyAudit := !slices.ContainsFunc(report.Checks, func(c service.VerifyCheck) bool { return !c.OK && c.Name != "audit" }); onlyAudit {
		return &exitError{exitNotProven, errAuditChanged}
	}
	return &exitError{exitNotProven, "The workspace is not what its files said. Undo the imports named above and import their files again."}
}

// writeChecks gives each check a line of its own: the details are sentences, too long for
// the cells of a table.
func (r *runner) writeChecks(report *service.VerifyReport) error {
	for _, c := range report.Checks {
		word := "ok    "
		if !c.OK {
			word = "FAILED"
		}
		if err := r.print("%s  %s: %s\n", word, c.Name, visible(c.Detail)); err != nil {
			return err
		}
	}
	return nil
}
