package focusfile

import (
	"bytes"
	"context"
	"encoding/binary"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/csvfile"
	"cloud-intelligence/backend/source/parquetfile"
)

// Describe says in a few words what a file seems to be that no source recognises:
// "an HTML page", "an AWS Cost and Usage Report (legacy)", and where that helps what to do.
// It never fails.
func Describe(ctx context.Context, f source.File) string {
	text, err := head(ctx, f, 16<<10)
	if err != nil {
		if finops.CodeOf(err) == finops.CodeInternal {
			return "a file that cannot be read"
		}
		return "a file that cannot be read: " + finops.MessageOf(err)
	}
	switch kind := source.Magic(text); kind {
	case source.KindParquet:
		layout, err := parquetfile.Inspect(ctx, f)
		if err != nil {
			return "a Parquet file that cannot be read: " + finops.MessageOf(err)
		}
		_, d := describeColumns(layout.Names, layout.Names)
		return d
	case source.KindText, source.KindBinary:
		return describePlain(ctx, f, kind, text)
	default:
		return describeKind(kind, text)
	}
}

// describePlain knows what has no mark at its beginning.
func describePlain(ctx context.Context, f source.File, kind source.Kind, head []byte) string {
	text := csvfile.Decode(head)
	if d := describeText(text); d != "" {
		return d
	}
	switch {
	case bytes.HasPrefix(head, []byte("ARROW1")):
		return "an Arrow or Feather file; export it as Parquet or CSV"
	case bytes.HasPrefix(head, []byte("\x00\x05\x16\x07")):
		return "a side file of macOS without any data; choose the file that it stands beside"
	case source.Magic(text) == source.KindBinary && (kind == source.KindBinary || bytes.IndexByte(text, 0) >= 0):
		return string(source.KindBinary)
	}
	r, err := csvfile.OpenAny(ctx, f)
	if err != nil {
		return "a text file that is not a table with a header"
	}
	layout := r.Layout()
	if err := r.Close(); err != nil {
		return "a file that cannot be read"
	}
	bill, d := describeColumns(layout.Names, layout.Raw)
	if bill && layout.DecimalComma != "" {
		return d + ", but its numbers have decimal commas (" + layout.DecimalComma + "), as spreadsheets save them; import the file as it was downloaded"
	}
	return d
}

// workspaceMark is the application id of a workspace of this program in SQLite's header.
const workspaceMark = 0x434c4f49

// describeKind knows the files that are told by their first bytes.
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
