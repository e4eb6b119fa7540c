package focusfile

import (
	"bytes"
	"encoding/binary"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/csvfile"
)

// Describe says in a few words what a file seems to be that no source recognises:
// "an HTML page", "an AWS Cost and Usage Report (legacy)", and where that helps what to do.
func Describe(l *source.Look) string {
	switch {
	case l.Head == nil:
		return "a file that cannot be read: " + finops.MessageOf(l.Refused)
	case l.Kind == source.KindParquet && l.Header == nil:
		return "a Parquet file that cannot be read: " + finops.MessageOf(l.Refused)
	case l.Kind == source.KindParquet:
		_, d := describeColumns(l.Header.Names, l.Header.Names)
		return d
	case l.Kind == source.KindText, l.Kind == source.KindBinary:
		return describePlain(l)
	}
	return describeKind(l.Kind, l.Head)
}

// HoldsNoCharges reports whether a file is known to be something else than costs, such as a list of prices.
func HoldsNoCharges(l *source.Look) bool { return strings.Contains(Describe(l), "it holds no charges") }

// describePlain knows what has no mark at its beginning.
func describePlain(l *source.Look) string {
	text := csvfile.Decode(l.Head)
	if d := describeText(text); d != "" {
		return d
	}
	switch {
	case bytes.HasPrefix(l.Head, []byte("ARROW1")):
		return "an Arrow or Feather file; export it as Parquet or CSV"
	case bytes.HasPrefix(l.Head, []byte("\x00\x05\x16\x07")):
		return "a side file of macOS without any data; choose the file that it stands beside"
	case source.Magic(text) == source.KindBinary && (l.Kind == source.KindBinary || bytes.IndexByte(text, 0) >= 0):
		return string(source.KindBinary)
	case l.Header == nil:
		return "a text file that is not a table with a header"
	}
	bill, d := describeColumns(l.Header.Names, l.Header.Raw)
	if comma := l.Header.DecimalComma; bill && comma != "" {
		return d + ", but its numbers have decimal commas (" + comma + "), as spreadsheets save them; import the file as it was downloaded"
	}
	return d
}

// workspaceMark is the application id of a workspace of this program in SQLite's header.
const workspaceMark = 0x434c4f49

// describeKind knows the files that are recognised by their first bytes.
func describeKind(kind source.Kind, text []byte) string {
	switch kind {
	case source.KindZip:
		switch {
		case bytes.Contains(text, []byte("word/")):
			return "a Word document; export the costs as CSV or Parquet"
		case bytes.Contains(text, []byte("[Content_Types].xml")), bytes.Contains(text, []byte("xl/")):
			return "an Excel workbook; save the sheet as CSV and import that file"
		case bytes.Contains(text, []byte("opendocument.spreadsheet")):
			return "an OpenDocument spreadsheet; save the sheet as CSV and import that file"
		case bytes.HasPrefix(text, []byte("PK\x05\x06")):
			return "a ZIP archive with nothing in it; fetch it again"
		}
	case source.KindPDF:
		return "a PDF document; invoices as PDF cannot be read, export the cost details as CSV or Parquet"
	case source.KindImage:
		return "a picture; export the costs as CSV or Parquet"
	case source.KindOLE:
		return "an old Excel or Word document; save the sheet as CSV and import that file"
	case source.KindORC, source.KindAvro:
		return string(kind) + "; export it as Parquet or CSV"
	case source.KindSQLite:
		if len(text) >= 72 && binary.BigEndian.Uint32(text[68:]) == workspaceMark {
			return "a workspace of Cloud Intelligence; open it instead of importing it"
		}
	}
	return string(kind)
}
