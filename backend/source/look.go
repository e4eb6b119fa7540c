package source

import (
	"context"
	"slices"
)

// Form is the encoding of a table.
type Form string

// The encodings.
const (
	FormCSV     Form = "csv"
	FormJSON    Form = "json"
	FormParquet Form = "parquet"
)

// Header is what a table says about itself before its first record.
type Header struct {
	Form     Form
	Names    []string // of the columns: trimmed, each only once. JSON: the members of the first records
	Raw      []string // as the file writes them
	Dialect  string   // a sentence on the spelling: "UTF-8 with BOM, comma, CRLF, gzip"
	Warnings []string
	// DecimalComma is an example of a number with a decimal comma where the first records have
	// such numbers, "" otherwise.
	DecimalComma string
	Records      int64 // that the file says it has (Parquet); -1 where it does not say
	Single       bool  // JSON: one object over several lines and no other behind it
}

// Look is what opening a file once shows: what kind of file it is and, where it is a table,
// its header and first records. It belongs to one goroutine; who has taken it closes it.
type Look struct {
	File    File
	Kind    Kind   // of the content, unpacked
	Head    []byte // the beginning of the content, unpacked; nil where that cannot be had
	Header  *Header
	Refused error // why the file is no table, of class invalid; nil where Header is set

	table func(context.Context) (*Table, error)
	close func() error
}

// NewLook returns the look of a table. Each call of table begins at the first record.
func NewLook(l Look, table func(context.Context) (*Table, error), closeFile func() error) *Look {
	l.table, l.close = table, closeFile
	return &l
}

// Exact returns the header of a table whose numbers have decimal points, as clouds write
// them; nil for any other file. A comma is what a spreadsheet makes of the point, and 1,125
// would be taken for a thousand.
func (l *Look) Exact() *Header {
	if l.Header == nil || l.Header.DecimalComma != "" {
		return nil
	}
	return l.Header
}

// Table returns the table at its first record, without opening the file again; a table that
// an earlier call has returned must not be used any more. Of a text file about the first
// megabyte can be read again: behind it a second reading ends with an error.
func (l *Look) Table(ctx context.Context) (*Table, error) { return l.table(ctx) }

// Close closes the file.
func (l *Look) Close() error {
	if l.close == nil {
		return nil
	}
	return l.close()
}

// Table is an opened table: its header, and a reader of its records under the names of the
// file. A JSON table has one more column than names, for the members without a name.
type Table struct {
	Header
	Reader

	// Choose names the members of a JSON file that are to be columns, before the first record
	// is read; nil for other forms.
	Choose func(paths []string)
	// Split makes columns of members of a structure, see parquetfile.Reader.Split; nil for
	// other forms.
	Split func(column int, names []string) []int
	// Again opens the file once more, as this table was opened.
	Again func(context.Context) (*Table, error)
}

// Reopen returns a function that opens the file once more, for InDateOrder.
func (t *Table) Reopen(ctx context.Context) func() (Reader, error) {
	return func() (Reader, error) { return t.Again(ctx) }
}

// Warnings says what was odd in the header, and in the records read so far.
func (t *Table) Warnings() []string {
	w := slices.Clone(t.Header.Warnings)
	for _, more := range WarningsOf(t.Reader) {
		if !slices.Contains(w, more) {
			w = append(w, more)
		}
	}
	return w
}
