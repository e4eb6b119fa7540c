package cli

import (
	"context"
	"strconv"

	"github.com/spf13/cobra"

	"cloud-intelligence/backend/engine"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/filter"
	"cloud-intelligence/backend/finops/rules"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

type previewFlags struct {
	filterFlags
	file    string
	metric  string
	leftBy  string
	largest int
	json    bool
}

func (r *runner) dimensionsPreviewCommand() *cobra.Command {
	var f previewFlags
	cmd := &cobra.Command{
		Use:   "preview [NAME] [--file RULES.json]",
		Short: "What each rule of a dimension matches, and what no rule matches",
		Long: `Preview shows for each rule the lines and the cost that it matches and no rule before it does, then what no rule
matches, with the largest values of one column of that. It looks at a dimension of the workspace, or at
a file, and changes nothing.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if (f.file == "") == (len(args) == 0) {
				return finops.Errorf(finops.CodeInvalid, "Say which rules are meant: the name of a dimension, or --file RULES.json.")
			}
			return r.withWorkspace(cmd.Context(), func(w *service.Workspace) error {
				d, err := f.dimension(cmd.Context(), w, args)
				if err != nil {
					return err
				}
				return r.preview(cmd.Context(), w, d, f)
			})
		},
	}
	f.register(cmd)
	cmd.Flags().StringVar(&f.file, "file", "", "the `FILE` with the rules")
	cmd.Flags().StringVar(&f.metric, "metric", "", costHelp)
	cmd.Flags().StringVar(&f.leftBy, "left-by", finops.DimAccount, "list the largest values of this `COLUMN` of what no rule matches")
	cmd.Flags().IntVar(&f.largest, "limit", 10, "list at most `N` of them for each currency; 0 = all")
	cmd.Flags().BoolVar(&f.json, "json", false, "print the result as JSON")
	return cmd
}

func (f *previewFlags) dimension(ctx context.Context, w *service.Workspace, args []string) (rules.Dimension, error) {
	if f.file != "" {
		return service.ReadDimension(f.file)
	}
	d, err := w.Dimensions.ByName(ctx, args[0])
	if err == nil && d.Problem != "" {
		err = finops.Errorf(finops.CodeInvalid, "The dimension %q cannot be used. %s", d.Name, d.Problem)
	}
	return d.Dimension, err
}

func (r *runner) preview(ctx context.Context, w *service.Workspace, d rules.Dimension, f previewFlags) error {
	chosen, err := f.chosen(ctx, w)
	if err != nil {
		return err
	}
	metric, err := parseCost(f.metric)
	if err != nil {
		return err
	}
	if metric == "" {
		state, err := w.Ledger.State(ctx)
		if err != nil {
			return err
		}
		metric = state.Metric()
	}
	if f.largest < 0 {
		return finops.Errorf(finops.CodeInvalid, "--limit cannot be negative.")
	}
	opts := service.PreviewOptions{Metric: metric, Where: chosen.where, From: chosen.from, To: chosen.to, LeftBy: filter.ColumnName(f.leftBy), Largest: f.largest}
	p, err := w.Dimensions.Preview(ctx, d, opts)
	if err != nil {
		return f.locate(err)
	}
	names, err := w.Ledger.AccountNames(ctx)
	if err != nil {
		return err
	}
	r.noteMissing(p.Missing)
	if f.json {
		return writeJSON(r.out, previewJSON(d, opts, p))
	}
	return r.previewTables(d, opts, p, names)
}

func previewJSON(d rules.Dimension, opts service.PreviewOptions, p *service.Preview) object {
	metrics := []finops.Metric{opts.Metric}
	sums := func(rows []finops.Row) []object {
		list := []object{}
		for _, row := range rows {
			o := object{}
			if row.Keys != nil {
				o = append(o, field{opts.LeftBy, row.Keys[0]})
			}
			list = append(list, append(o, sumFields(metrics, row)...))
		}
		return list
	}
	caught := make([]object, len(d.Rules))
	for i := range d.Rules {
		caught[i] = object{{"rule", i + 1}, {"where", filter.Print(d.Rules[i].Where)}, {"values", p.Rules[i].Values}, {"caught", sums(p.Rules[i].Caught)}}
	}
	return object{{"dimension", d.Name}, {"rules", caught}, {"left", sums(p.Left)}, {"largest", sums(p.Largest)}, {"totals", sums(p.Totals)}, {"missing", wire.List(p.Missing)}}
}

// previewTables shows the rules, a row for each currency, then what is left over.
func (r *runner) previewTables(d rules.Dimension, opts service.PreviewOptions, p *service.Preview, names *engine.AccountNames) error {
	metrics := []finops.Metric{opts.Metric}
	t := ruleTable()
	t.column("Values", true)
	sumColumns := func(t *table) {
		t.column("BillingCurrency", false)
		t.column("lines", true)
		t.column(string(opts.Metric), true)
	}
	sumColumns(&t)
	for i := range d.Rules {
		cells := append(ruleCells(i, &d.Rules[i]), strconv.Itoa(p.Rules[i].Values))
		if len(p.Rules[i].Caught) == 0 {
			t.rows = append(t.rows, append(cells, "", "0", ""))
		}
		for _, row := range p.Rules[i].Caught {
			t.rows = append(t.rows, append(cells[:4:4], sumCells(metrics, row)...))
		}
	}
	for _, row := range p.Left {
		t.totals = append(t.totals, append([]string{"", "no matching rule", keyText(d.Default), ""}, sumCells(metrics, row)...))
	}
	for _, row := range p.Totals {
		t.totals = append(t.totals, append([]string{"", "Total", "", ""}, sumCells(metrics, row)...))
	}
	if err := t.write(r.out); err != nil || len(p.Largest) == 0 {
		return err
	}
	if err := r.print("\nLargest charges without a matching rule:\n"); err != nil {
		return err
	}
	var left table
	left.column(opts.LeftBy, false)
	sumColumns(&left)
	for _, row := range p.Largest {
		left.rows = append(left.rows, append([]string{labelled(names, opts.LeftBy, row.Keys[0])}, sumCells(metrics, row)...))
	}
	return left.write(r.out)
}
