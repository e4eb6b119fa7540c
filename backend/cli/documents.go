package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/analysis/document"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

func (r *runner) documentsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "documents", Short: "Keep what the client exports beside the bills, which confirms or refutes findings",
		Long: `Documents are inventories, metrics and recommendations that a client exports with the command-line tools of AWS, Azure and
Google Cloud. They decide findings that the bill alone leaves open. docs/documents.md lists the kinds; script prints the
commands that make them, which only read.`,
		Example: "  " + program + " documents script aws > aws.sh\n  " + program + " --workspace acme.cloudintel documents add ./cloud-documents-aws-eu-west-1",
		Args:    noArguments,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.documentsAddCommand(), r.documentsListCommand(), r.documentsShowCommand(), r.documentsSetCommand(), r.documentsRemoveCommand(),
		r.documentsKindsCommand(), r.documentsScriptCommand())
	return cmd
}

// documentFlags say what a person knows of a document.
type documentFlags struct{ account, day string }

func (f *documentFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.account, "account", "", "the account `ID` that it is of, where it does not say")
	cmd.Flags().StringVar(&f.day, "day", "", "the `DAY` on which it was made, YYYY-MM-DD")
}

func (f *documentFlags) change() (service.DocumentChange, error) {
	day, err := parseDay("--day", f.day)
	return service.DocumentChange{Account: f.account, Day: day}, err
}

func (r *runner) documentsAddCommand() *cobra.Command {
	var f documentFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use: "add PATH…", Short: "Add files, or all documents in folders",
		Long: `Add finds out what each file is and keeps it in the workspace. A file that is there already is not added again. Files that are
no documents are named, with the exit code 2; the others are added all the same.`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return finops.Errorf(finops.CodeInvalid, "Name files or folders. See `%s --help`.", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			change, err := f.change()
			if err != nil {
				return err
			}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				added, err := w.Documents.Add(cmd.Context(), args, change)
				if err != nil {
					return err
				}
				return r.addedDocuments(added, asJSON)
			})
		},
	}
	f.register(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print what became of each file as JSON")
	return cmd
}

func (r *runner) addedDocuments(added []service.AddedDocument, asJSON bool) error {
	var failed error
	list := []object{}
	for _, a := range added {
		isFirst := a.Err != nil && failed == nil // it is the error of the command
		if isFirst {
			failed = a.Err
		}
		if asJSON {
			list = append(list, addedJSON(a))
			continue
		}
		var err error
		switch {
		case isFirst:
		case a.Err != nil:
			err = r.print("Not added: %s\n", visible(finops.MessageOf(a.Err)))
		case a.Already != "":
			err = r.print("%s is there already, as %s.\n", visible(a.Path), visible(a.Already))
		case a.Note != "":
			err = r.print("%s was not added. %s\n", visible(a.Path), a.Note)
		default:
			err = r.print("Added %s: %s, %s.\n", visible(a.Document.Name), service.DocumentTitle(a.Document.Kind), entriesText(*a.Document))
		}
		if err != nil {
			return err
		}
	}
	if asJSON {
		if err := writeJSON(r.out, object{{"documents", list}}); err != nil {
			return err
		}
	}
	return failed
}

func addedJSON(a service.AddedDocument) object {
	o := object{{"path", a.Path}, {"added", a.Document != nil}}
	switch {
	case a.Err != nil:
		o = append(o, field{"problem", finops.MessageOf(a.Err)})
	case a.Already != "":
		o = append(o, field{"already", a.Already})
	case a.Note != "":
		o = append(o, field{"note", a.Note})
	default:
		o = append(o, field{"document", a.Document.Info()})
	}
	return o
}

func entriesText(d service.Document) string {
	if d.Entries == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", d.Entries)
}

func (r *runner) documentsListCommand() *cobra.Command {
	var out tableFlags
	cmd := &cobra.Command{
		Use: "list", Short: "List the documents of the workspace", Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error { return r.listDocuments(cmd.Context(), w, out) })
		},
	}
	out.register(cmd)
	return cmd
}

func (r *runner) listDocuments(ctx context.Context, w *service.Workspace, out tableFlags) error {
	if out.file() {
		return r.writeList(ctx, w, out, service.ListDocuments)
	}
	saved, err := w.Documents.List(ctx)
	if err != nil {
		return err
	}
	if out.format == "json" {
		return writeJSON(r.out, object{{"documents", wire.Each(saved, service.Document.Info)}})
	}
	if len(saved) == 0 {
		return r.print("The workspace has no documents. `%s documents script` prints how a client makes them.\n", program)
	}
	var t table
	for _, name := range []string{"Name", "Kind", "Accounts", "Regions", "Day", "Entries", "Version"} {
		t.column(name, name == "Entries" || name == "Version")
	}
	for _, d := range saved {
		day := d.Day.String()
		if !d.Dated {
			day += " (of the file)"
		}
		t.rows = append(t.rows, []string{d.Name, string(d.Kind), strings.Join(d.Accounts, ", "), strings.Join(d.Regions, ", "), day, fmt.Sprint(d.Entries), fmt.Sprint(d.Version)})
	}
	return t.write(r.out)
}

func (r *runner) documentsShowCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "show NAME", Short: "Print what a document says", Args: oneName("the document by its name"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				d, read, err := w.Documents.ByName(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				if asJSON {
					return writeJSON(r.out, struct {
						service.DocumentInfo
						documentContent
					}{d.Info(), contentOf(read)})
				}
				return r.showDocument(d, read)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the document as JSON")
	return cmd
}

// documentContent are the entries of a document, as the program understands them.
type documentContent struct {
	Things []object `json:"things"`
	Series []object `json:"series"`
	Advice []object `json:"advice"`
	Prices []object `json:"prices"`
}

func contentOf(d *document.Document) documentContent {
	return documentContent{
		wire.Each(d.Things, func(t *document.Thing) object {
			return object{
				{"type", t.Type}, {"key", t.Key}, {"name", orNull(t.Name)}, {"state", orNull(t.State)}, {"size", orNull(t.Size)}, {"on", t.On}, {"from", orNull(t.From)}, {"count", t.Count},
			}
		}),
		wire.Each(d.Series, func(s *document.Series) object {
			return object{{"key", s.Key}, {"metric", s.Metric}, {"statistic", s.Stat}, {"period", s.Period}, {"points", len(s.Points)}}
		}),
		wire.Each(d.Advice, func(a *document.Advice) object {
			return object{{"key", a.Key}, {"action", orNull(a.Action)}, {"target", orNull(a.Target)}, {"monthly", a.Monthly}, {"currency", orNull(a.Currency)}, {"said", a.Said}}
		}),
		wire.Each(sortedPrices(d), func(p *document.Price) object {
			return object{
				{"provider", p.Provider}, {"region", orNull(p.Region)}, {"name", p.Name}, {"operation", orNull(p.Operation)}, {"price", p.Text()}, {"unit", orNull(p.Unit)}, {"currency", p.Currency},
			}
		}),
	}
}

// sortedPrices are the prices of a document by region and name.
func sortedPrices(d *document.Document) []*document.Price {
	return slices.SortedFunc(slices.Values(d.Prices), func(a, b *document.Price) int {
		return cmp.Or(cmp.Compare(a.Region, b.Region), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.Currency, b.Currency))
	})
}

func (r *runner) showDocument(d service.Document, read *document.Document) error {
	day := d.Day.String()
	if !d.Dated {
		day += ", the day of the file"
	}
	added := "Added"
	if d.Source != "" {
		added = "Fetched"
	}
	whole := "whole"
	if !d.Whole {
		whole = "cut off: what it does not list may be there"
	}
	for _, line := range [][2]string{
		{"Document", d.Name}, {"Kind", service.DocumentTitle(d.Kind) + " (" + string(d.Kind) + ")"}, {"Accounts", strings.Join(d.Accounts, ", ")}, {"Regions", strings.Join(d.Regions, ", ")},
		{"Day", day}, {"Entries", fmt.Sprintf("%d, %s", d.Entries, whole)}, {"SHA-256", d.Hash}, {added, minute(d.ChangedAt) + " by " + d.ChangedBy},
	} {
		if err := r.print("%-9s %s\n", line[0]+":", visible(line[1])); err != nil {
			return err
		}
	}
	var t table
	for _, name := range []string{"Type", "Of", "Name", "Says"} {
		t.column(name, false)
	}
	for _, x := range read.Things {
		t.rows = append(t.rows, []string{string(x.Type), x.Key, x.Name, strings.Join(nonEmpty(x.State, x.Size, strings.Join(x.On, ", ")), " · ")})
	}
	for _, s := range read.Series {
		t.rows = append(t.rows, []string{"metric", s.Key, string(s.Metric), fmt.Sprintf("%s · %s", s.Stat, things(len(s.Points), "point"))})
	}
	for _, a := range read.Advice {
		says := a.Said
		if a.Monthly != nil {
			says += " · " + a.Monthly.String() + " " + a.Currency + " a month"
		}
		t.rows = append(t.rows, []string{"advice", a.Key, a.Action, says})
	}
	for _, p := range sortedPrices(read) {
		t.rows = append(t.rows, []string{"price", strings.Join(nonEmpty(p.Region, p.Operation), " · "), p.Name, strings.Join(nonEmpty(p.Text()+" "+p.Currency, p.Unit), " / ")})
	}
	if err := r.print("\n"); err != nil {
		return err
	}
	return t.write(r.out)
}

func nonEmpty(texts ...string) []string {
	var some []string
	for _, t := range texts {
		if t != "" {
			some = append(some, t)
		}
	}
	return some
}

func (r *runner) documentsSetCommand() *cobra.Command {
	var f documentFlags
	var version int64
	cmd := &cobra.Command{
		Use: "set NAME", Short: "Say of which account or day a document is, where it does not say so itself", Args: oneName("the document by its name"),
		Long: `With --version the document is changed only if it still is of that version (list shows it), else the exit code is 3.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			change, err := f.change()
			if err != nil {
				return err
			}
			if change.Account == "" && change.Day == nil {
				return finops.Errorf(finops.CodeInvalid, "Say what to change: --account ID or --day DAY.")
			}
			if !cmd.Flags().Changed("version") {
				version = service.AnyVersion
			}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				d, err := w.Documents.Change(cmd.Context(), args[0], change, version)
				if err != nil {
					return err
				}
				return r.print("Changed %s, version %d.\n", visible(d.Name), d.Version)
			})
		},
	}
	f.register(cmd)
	cmd.Flags().Int64Var(&version, "version", 0, "the `VERSION` that you saw")
	return cmd
}

func (r *runner) documentsRemoveCommand() *cobra.Command {
	return r.deletion("remove", "Remove a document", "the document", func(w *service.Workspace) deleteFunc { return w.Documents.Remove })
}

func (r *runner) documentsKindsCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "kinds", Short: "List the kinds of documents, what is in them and what they decide", Args: noArguments,
		RunE: func(_ *cobra.Command, _ []string) error {
			if asJSON {
				return writeJSON(r.out, object{{"kinds", wire.Each(service.DocumentKinds(), service.KindOf)}})
			}
			var t table
			for _, name := range []string{"Kind", "Title", "Decides", "Contains"} {
				t.column(name, false)
			}
			for _, k := range service.DocumentKinds() {
				t.rows = append(t.rows, []string{string(k.Kind), k.Title, k.Decides, k.Contains})
			}
			return t.write(r.out)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the kinds as JSON")
	return cmd
}

func (r *runner) documentsScriptCommand() *cobra.Command {
	return &cobra.Command{
		Use: "script KIND", Short: "Print the commands with which a client makes a document, or all of aws, azure or gcp",
		Long: `The commands only read. The client runs them in the cloud shell of the provider and hands out the folder that they write.`,
		Args: oneName("a kind, which `documents kinds` lists, or aws, azure or gcp"),
		RunE: func(_ *cobra.Command, args []string) error {
			script, ok := document.Script(args[0])
			if !ok {
				return finops.Errorf(finops.CodeNotFound, "There is no script for %q. `%s documents kinds` lists the kinds; aws, azure and gcp make all of theirs.", args[0], program)
			}
			return r.print("%s", script)
		},
	}
}
