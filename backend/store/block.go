package store

import (
	"context"
	"database/sql/driver"
	"fmt"
	"math"
	"strings"

	"cloud-intelligence/backend/finops"
)

// The cells of a measure that are no packed amount.
const (
	NoAmount   = math.MinInt64     // the file gives no value
	TextAmount = math.MinInt64 + 1 // kept as text, see Block.AmountTexts
)

// Block is a run of consecutive charges with everything they refer to that is new.
// Ids of texts, tuples and facets are chosen by the writer of the import, above the
// highest ids of the workspace (Marks).
type Block struct {
	FirstLine   int64 // charge.id of the first row
	Rows        int
	Keys        [GroupCount][]uint32 // per row; Extra 0 = none
	Amounts     [][]int64            // per measure, per row: packed, NoAmount or TextAmount
	AmountTexts []map[int]string     // per measure: row → text of the file
	Own         []string             // per row: JSON object or ""; nil when no row has one

	Texts          []Text
	Periods        []PeriodRow
	Tuples         [GroupCount][]Tuple // Period unused
	SKUFacets      []Tuple             // Owner unused
	ResourceFacets []Tuple             // Owner: 1 = tagged
	Slices         []SliceRow
	Segments       []SegmentRow
}

// Text is a row of the text table. Value nil stands for "no value" spelled in Raw.
type Text struct {
	ID    uint32
	Value *string
	Raw   *string // nil = same as Value
}

// PeriodRow is a charge period.
type PeriodRow struct {
	ID         uint32
	Start, End uint32 // text ids
	StartUnix  int64
	Day        finops.Day
}

// Tuple is a row of a group table: text ids in the order of GroupColumns, for Extra
// followed by the custom columns in their order. Owner is the slice (Bill) or the
// facet (SKU, Resource).
type Tuple struct {
	ID    uint32
	Owner uint32
	Texts []uint32 // 0 = none
}

// SliceRow announces a slice of the import.
type SliceRow struct {
	ID                       uint32
	Provider, BillingAccount string
	Month                    finops.Month
	Export, Part, YieldsTo   string // see Slice
}

// SegmentRow is a packed column of consecutive charges.
type SegmentRow struct {
	FirstLine int64
	Column    string
	Lines     int
	Data      []byte
}

// rowsPerStatement is how many rows one INSERT carries. Measured on a million rows:
// 1 → 3.6 s, 25 → 2.6 s, 50 → 2.5 s, 200 → 2.8 s.
const rowsPerStatement = 50

// inserter writes rows of one table through the driver's prepared statements, many
// rows a statement, without the cost of database/sql for each.
type inserter struct {
	conn   driver.Conn
	head   string
	width  int
	full   statement
	args   []driver.NamedValue
	filled int
}

// statement is a prepared statement of the driver.
type statement interface {
	driver.Stmt
	driver.StmtExecContext
}

func newInserter(conn driver.Conn, table string, columns ...string) *inserter {
	quoted := make([]string, len(columns))
	for i, c := range columns {
		quoted[i] = quote(c)
	}
	in := &inserter{conn: conn, head: "INSERT INTO " + table + " (" + strings.Join(quoted, ", ") + ") VALUES ", width: len(columns)}
	in.args = make([]driver.NamedValue, rowsPerStatement*in.width)
	for i := range in.args {
		in.args[i].Ordinal = i + 1
	}
	return in
}

func (in *inserter) prepare(rows int) (statement, error) {
	row := "(" + strings.TrimSuffix(strings.Repeat("?,", in.width), ",") + ")"
	stmt, err := in.conn.Prepare(in.head + strings.TrimSuffix(strings.Repeat(row+",", rows), ","))
	if err != nil {
		return nil, err
	}
	exec, ok := stmt.(statement)
	if !ok {
		return nil, fmt.Errorf("the SQLite driver has no StmtExecContext")
	}
	return exec, nil
}

// row returns the places of the next row's values.
func (in *inserter) row() []driver.NamedValue {
	at := in.filled * in.width
	in.filled++
	return in.args[at : at+in.width]
}

// push writes the rows when enough are gathered.
func (in *inserter) push(ctx context.Context) error {
	if in.filled < rowsPerStatement {
		return nil
	}
	if in.full == nil {
		stmt, err := in.prepare(rowsPerStatement)
		if err != nil {
			return err
		}
		in.full = stmt
	}
	in.filled = 0
	_, err := in.full.ExecContext(ctx, in.args)
	return err
}

// flush writes what is left.
func (in *inserter) flush(ctx context.Context) error {
	if in.filled == 0 {
		return nil
	}
	stmt, err := in.prepare(in.filled)
	if err != nil {
		return err
	}
	args := in.args[:in.filled*in.width]
	in.filled = 0
	if _, err := stmt.ExecContext(ctx, args); err != nil {
		return err
	}
	return stmt.Close()
}

func (in *inserter) close() error {
	if in.full == nil {
		return nil
	}
	stmt := in.full
	in.full = nil
	return stmt.Close()
}

func idValue(id uint32) driver.Value {
	if id == 0 {
		return nil
	}
	return int64(id)
}

func textValue(s *string) driver.Value {
	if s == nil {
		return nil
	}
	return *s
}

func amountValue(cell int64, texts map[int]string, row int) driver.Value {
	switch cell {
	case NoAmount:
		return nil
	case TextAmount:
		return texts[row]
	}
	return cell
}
