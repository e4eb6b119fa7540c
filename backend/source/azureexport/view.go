package azureexport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/opener"
)

// The parts of a bill, see source.Recognition.Yields. The actual and the amortized
// export are two views of the same charges: where both are held, purchases and refunds of
// commitments count from the actual one and everything else from the amortized one.
const (
	partActual      = "actual"
	partAmortized   = "amortized"
	partCommitments = "/commitments"

	// partColumn is the name of the column that says which part a record belongs to.
	partColumn = "x_BillPart"
)

// part names the part of a record. Only a purchase or refund of a commitment is not in
// both views.
func part(amortized bool, k chargeKind, m model) string {
	name := partActual
	if amortized {
		name = partAmortized
	}
	if !effective(k, m) {
		name += partCommitments
	}
	return name
}

// view says whether a file is amortized, and how that is known.
type view struct {
	amortized       bool
	reason, warning string
}

// evidence counts the records that only one of the two views has.
type evidence struct {
	records         int
	unused, spread  int  // amortized: unused commitments, covered usage with a cost
	purchases, free int  // actual: purchases of commitments, covered usage at 0
	whole           bool // every record was looked at
}

// The records that are looked at: evidenceMost at least, and up to evidenceLast until one
// has to do with a commitment. partsMost bounds the other files of the same export.
const (
	evidenceMost = 20_000
	evidenceLast = 200_000
	partsMost    = 5
)

func (e *evidence) found() bool { return e.unused+e.spread+e.purchases+e.free > 0 }

func (e *evidence) add(s *schema, b *source.Batch, row int) {
	e.records++
	in := record{schema: s, batch: b, row: row}
	k := kindOf(in.text(fieldChargeType))
	m := in.model(k)
	if k == kindUnused {
		e.unused++
		return
	}
	if !m.committed() {
		return
	}
	cost := readNumber(in.text(fieldCost))
	switch {
	case k == kindPurchase || k == kindRefund:
		e.purchases++
	case k == kindUsage && cost.zero():
		e.free++
	case k == kindUsage && cost.known:
		e.spread++
	}
}

// view says whether the records are amortized, and why.
func (e *evidence) view() view {
	amortized := e.unused + e.spread
	switch {
	case amortized > 0 && e.purchases > 0:
		return view{
			amortized > e.purchases,
			fmt.Sprintf("It has %s, as an actual export, and %s with amortized commitments.", some(e.purchases, "record")+" with purchases of commitments", some(amortized, "record")),
			"The file seems to hold both the actual and the amortized view. Unless somebody has combined them already, costs count twice: export the two views into files of their own.",
		}
	case amortized > 0:
		return view{true, fmt.Sprintf("It is amortized: it has %s with a share of a commitment and %s of unused commitments.", some(e.spread, "record"), some(e.unused, "record")), ""}
	case e.purchases > 0:
		return view{false, fmt.Sprintf("It is actual: it has %s with purchases of commitments.", some(e.purchases, "record")), ""}
	case e.free > 0:
		return view{false, fmt.Sprintf("It is taken as actual: no usage that a commitment covers (%s) has a cost.", some(e.free, "record")), ""}
	case e.whole:
		return view{false, "No record has to do with a reservation or a savings plan, so that its actual and its amortized view are the same; it is taken as actual.", ""}
	}
	return view{
		false, "Whether it is actual or amortized cannot be known from its beginning, where no record has to do with a reservation or a savings plan; it is taken as actual.",
		fmt.Sprintf("Nothing in the first %d records distinguishes an actual export from an amortized one. Where the amortized export of the month is imported too, this file gives way to it.", e.records),
	}
}

// some counts things: "1 record", "2 records".
func some(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

// look reads the beginning of a file for evidence.
func (e *evidence) look(ctx context.Context, s *schema, r source.Reader, most int) error {
	for last := e.records + most; e.records < last; {
		b, err := r.Next(ctx)
		if errors.Is(err, io.EOF) || finops.CodeOf(err) == finops.CodeCorrupt {
			e.whole = errors.Is(err, io.EOF)
			return nil // the import meets the damage again and says where it is
		}
		if err != nil {
			return fmt.Errorf("read the beginning: %w", err)
		}
		for row := range b.Rows {
			e.add(s, b, row)
		}
		b.Release()
	}
	return nil
}

// viewOf finds the view of an opened file: as the manifest of its export says, else by its
// records, else, for one part of a large export, by the records of the other parts.
func viewOf(ctx context.Context, l *source.Look, s *schema) (view, error) {
	f := l.File
	folder, ok := openFolder(f)
	if ok {
		defer folder.close()
		if run, ok := folder.runOf(f); ok && run.kind != "" {
			return view{run.kind == partAmortized, fmt.Sprintf("The manifest of its export says that it is %s.", run.kind), ""}, nil
		}
	}
	t, err := l.Table(ctx)
	if err != nil {
		return view{}, err
	}
	var e evidence
	err = e.look(ctx, s, t, evidenceMost)
	if err == nil && !e.whole && !e.found() {
		err = e.look(ctx, s, t, evidenceLast-evidenceMost)
	}
	if err != nil || e.found() || !ok {
		return e.view(), err
	}
	for _, other := range folder.otherParts(f) {
		if err := e.lookAt(ctx, s, other, l.Header.Raw); err != nil {
			return view{}, err
		}
		if e.found() {
			v := e.view()
			v.reason = "Another part of the same export decides. " + v.reason
			return v, nil
		}
	}
	return e.view(), nil
}

// lookAt looks at another file for evidence, if it has the same columns. A file that
// cannot be read says so when it is imported itself.
func (e *evidence) lookAt(ctx context.Context, s *schema, f source.File, header []string) error {
	l, err := opener.Look(ctx, f)
	if err != nil {
		return context.Cause(ctx)
	}
	if h := l.Exact(); h != nil && slices.Equal(h.Raw, header) {
		t, err := l.Table(ctx)
		if err != nil {
			return errors.Join(err, l.Close())
		}
		whole := e.whole
		err = e.look(ctx, s, t, evidenceMost)
		e.whole = e.whole && whole
		return errors.Join(err, l.Close())
	}
	return l.Close()
}

// partName is how Azure names the parts of a large export: part_0_0001.csv.gz.
var partName = regexp.MustCompile(`(?i)^part_\d+_\d+\.(csv|parquet|snappy\.parquet)(\.gz)?$`)

// otherParts lists the other parts beside a part of an export.
func (d *folder) otherParts(f source.File) (others []source.File) {
	self := baseName(f)
	if !partName.MatchString(self) {
		return nil
	}
	for _, name := range d.names() {
		if name == self || !partName.MatchString(name) || len(others) == partsMost {
			continue
		}
		others = append(others, d.file(f, path.Base(name)))
	}
	return others
}
