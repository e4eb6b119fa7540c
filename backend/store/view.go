package store

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"cloud-intelligence/backend/finops"
)

// amountSQL decodes a stored amount to its decimal text; it mirrors finops.Unpack.
func amountSQL(c string) string {
	return strings.ReplaceAll(`CASE typeof(@) WHEN 'integer' THEN CASE WHEN @ & 31 = 0 THEN CAST(@ >> 5 AS TEXT)
 ELSE iif(@ < 0, '-', '') || substr(printf('%0*d', (@ & 31) + 1, abs(@ >> 5)), 1, length(printf('%0*d', (@ & 31) + 1, abs(@ >> 5))) - (@ & 31))
 || '.' || substr(printf('%0*d', (@ & 31) + 1, abs(@ >> 5)), -(@ & 31)) END
 ELSE iif(@ IN ('NULL', 'null', 'Null', '\N'), NULL, @) END`, "@", c)
}

func textSQL(ref string) string { return "(SELECT value FROM text WHERE id = " + ref + ")" }

// ownSQL reads a column that is kept with the line.
func ownSQL(column string) string {
	return `(SELECT v FROM (SELECT c.own ->> ` + sqlString("$."+jsonKey(column)) + ` AS v) WHERE v NOT IN ('NULL', 'null', 'Null', '\N'))`
}

// createViews makes the view focus anew, with the provider columns known now. It is
// the documented way for other tools to read the ledger: only lines that count, one
// column for each FOCUS column, amounts as exact decimal text.
func createViews(ctx context.Context, tx *sql.Tx) error {
	custom, err := customColumns(ctx, tx)
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString("CREATE VIEW focus AS SELECT c.id AS x_LineId")
	for _, col := range finops.Columns() {
		fmt.Fprintf(&b, ",\n %s AS %s", viewExpression(col.Name), quote(col.Name))
	}
	for _, name := range viewNames(custom) {
		fmt.Fprintf(&b, ",\n coalesce(%s, %s) AS %s", textSQL("e."+customColumn(name.id)), ownSQL(name.name), quote(name.shown))
	}
	b.WriteString(`
FROM charge c JOIN bill b ON b.id = c.bill_id JOIN slice s ON s.id = b.slice_id AND s.state = 'active'
 JOIN period p ON p.id = c.period_id JOIN sku k ON k.id = c.sku_id JOIN resource r ON r.id = c.resource_id LEFT JOIN extra e ON e.id = c.extra_id`)
	for _, statement := range []string{"DROP VIEW IF EXISTS focus", b.String()} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("make the view focus: %w", err)
		}
	}
	return nil
}

func viewExpression(column string) string {
	g, ok := GroupOf(column)
	if !ok {
		return amountSQL("c." + quote(column))
	}
	alias := [...]string{"p", "b", "k", "r", "e"}[g]
	switch column {
	case "ProviderName": // FOCUS 1.4 has only ServiceProviderName
		return "coalesce(" + textSQL(`b."ProviderName"`) + ", " + textSQL(`b."ServiceProviderName"`) + ")"
	case "InvoiceDetailId", "ContractApplied": // may be kept with the line, see ingest
		return "coalesce(" + textSQL(alias+"."+quote(column)) + ", " + ownSQL(column) + ")"
	}
	return textSQL(alias + "." + quote(column))
}

func sqlString(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// jsonKey quotes a key for a SQLite JSON path. SQLite compares the raw text between
// the quotes, so the key is written as encoding/json would write it.
func jsonKey(name string) string { return string(AppendJSONString(nil, name)) }

// CustomColumn is a column of the ledger that FOCUS does not have.
type CustomColumn struct {
	ID   int64
	Name string
}

func customColumn(id int64) string { return "c" + strconv.FormatInt(id, 10) }

type viewName struct {
	id          int64
	name, shown string
}

// viewNames makes the names distinct for SQLite, which ignores case: a second "Id"
// is shown as "id (2)".
func viewNames(custom []CustomColumn) []viewName {
	taken := map[string]bool{"x_lineid": true}
	for _, c := range finops.Columns() {
		taken[strings.ToLower(c.Name)] = true
	}
	var names []viewName
	for _, c := range custom {
		shown := strings.ReplaceAll(c.Name, "\x00", "\ufffd") // SQL text ends at a NUL
		for n := 2; taken[strings.ToLower(shown)]; n++ {
			shown = fmt.Sprintf("%s (%d)", c.Name, n)
		}
		taken[strings.ToLower(shown)] = true
		names = append(names, viewName{c.ID, c.Name, shown})
	}
	return names
}

func customColumns(ctx context.Context, q queryer) ([]CustomColumn, error) {
	rows, err := q.QueryContext(ctx, "SELECT id, name FROM custom_column ORDER BY id")
	if err != nil {
		return nil, fmt.Errorf("list the provider columns: %w", err)
	}
	return scanAll(rows, func(c *CustomColumn) []any { return []any{&c.ID, &c.Name} })
}

// CustomColumns returns the columns of the ledger that FOCUS does not have, in the
// order in which they were met.
func (db *DB) CustomColumns(ctx context.Context) ([]CustomColumn, error) {
	columns, err := customColumns(ctx, db.read)
	return columns, db.explain(err, "list the provider columns")
}

type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// scanAll reads all rows into values; fields names the places of one value.
func scanAll[T any](rows *sql.Rows, fields func(*T) []any) ([]T, error) {
	defer rows.Close()
	var all []T
	for rows.Next() {
		var v T
		if err := rows.Scan(fields(&v)...); err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}
