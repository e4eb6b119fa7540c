package cli

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
	"cloud-intelligence/backend/store"
)

// auditLimit is how many entries are listed where nothing else is said.
const auditLimit = 50

const errAuditChanged = "The audit log was changed by something other than this program."

func (r *runner) auditCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "audit", Short: "List who changed what, or verify that the list is complete", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.auditListCommand(), r.auditVerifyCommand())
	return cmd
}

func (r *runner) auditListCommand() *cobra.Command {
	var out tableFlags
	var limit int
	cmd := &cobra.Command{
		Use: "list", Short: "List the entries of the audit log, newest first", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if limit < 0 {
				return finops.Errorf(finops.CodeInvalid, "--limit must not be negative; 0 lists all entries.")
			}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.listAudit(cmd.Context(), w, limit, out) })
		},
	}
	out.register(cmd)
	cmd.Flags().IntVar(&limit, "limit", auditLimit, "the newest `N` entries; 0 = all")
	return cmd
}

func (r *runner) listAudit(ctx context.Context, w *service.Workspace, limit int, out tableFlags) error {
	entries, err := w.Audit.List(ctx, limit)
	if err != nil {
		return err
	}
	switch out.format {
	case "csv", "xlsx":
		return r.writeRows(ctx, w, out, "Audit log", object{{"entries", wire.Each(entries, auditRowOf)}})
	case "json":
		all := make([]object, len(entries))
		for i, e := range entries {
			all[i] = object{
				{"id", e.ID}, {"at", e.At}, {"user", e.User}, {"action", e.Action}, {"subject", e.Subject},
				{"before", auditJSON(e.Before)}, {"after", auditJSON(e.After)}, {"hash", e.Hash},
			}
		}
		return writeJSON(r.out, object{{"entries", all}})
	}
	var t table
	for _, name := range []string{"Entry", "When", "By", "Action", "Subject", "Before", "After"} {
		t.column(name, name == "Entry")
	}
	for _, e := range entries {
		when := e.At
		if at, err := time.Parse(time.RFC3339Nano, e.At); err == nil {
			when = at.UTC().Format("2006-01-02 15:04 UTC")
		}
		t.rows = append(t.rows, []string{strconv.FormatInt(e.ID, 10), when, e.User, e.Action, e.Subject, auditText(e.Before), auditText(e.After)})
	}
	return t.write(r.out)
}

// auditRow is an entry as a row of a table, with its values as JSON.
type auditRow struct {
	ID      int64   `json:"id"`
	At      string  `json:"at"`
	User    string  `json:"user"`
	Action  string  `json:"action"`
	Subject string  `json:"subject"`
	Before  *string `json:"before"`
	After   *string `json:"after"`
	Hash    string  `json:"hash"`
}

func auditRowOf(e store.AuditEntry) auditRow {
	return auditRow{e.ID, e.At, e.User, e.Action, e.Subject, e.Before, e.After, e.Hash}
}

// auditJSON gives a value as JSON, or as a string where somebody damaged it.
func auditJSON(value *string) any {
	if value != nil && json.Valid([]byte(*value)) {
		return json.RawMessage(*value)
	}
	return value
}

func auditText(value *string) string {
	if value == nil {
		return "-"
	}
	return *value
}

func (r *runner) auditVerifyCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "verify", Short: "Verify that no entry of the audit log was changed or removed", Args: noArguments,
		Long: `Verify calculates the hash of every entry again; each covers the entry and the hash of the one before. Exit code 4
means that an entry was changed, removed or moved. Keep the last hash elsewhere to prove later that the log up to
that entry is still the same.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.verifyAudit(cmd.Context(), w, asJSON) })
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

func (r *runner) verifyAudit(ctx context.Context, w *service.Workspace, asJSON bool) error {
	last, err := w.Audit.Verify(ctx)
	if err != nil && finops.CodeOf(err) != finops.CodeCorrupt {
		return err
	}
	var id int64
	hash, broken := "", err != nil
	if last != nil {
		id, hash = last.ID, last.Hash
	}
	switch {
	case asJSON:
		var problem any // null when there is none
		if broken {
			problem = finops.MessageOf(err)
		}
		err = writeJSON(r.out, object{{"ok", !broken}, {"lastEntry", id}, {"lastHash", hash}, {"problem", problem}})
	case broken:
		err = r.print("%s\n", visible(finops.MessageOf(err)))
	case last == nil:
		err = r.print("The audit log is empty.\n")
	default:
		err = r.print("No entry of the audit log was changed or removed. The last one is entry %d with hash %s.\n", id, hash)
	}
	if err == nil && broken {
		return &exitError{exitNotProven, errAuditChanged}
	}
	return err
}
