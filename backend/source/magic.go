package source

import "bytes"

// Kind is what the first bytes of a file say it is.
type Kind string

// The kinds that are distinguished. KindText is everything without a known signature
// that holds no control characters; KindBinary the rest.
const (
	KindEmpty   Kind = "an empty file"
	KindText    Kind = "a text file"
	KindBinary  Kind = "a binary file"
	KindGzip    Kind = "a gzip archive"
	KindZip     Kind = "a ZIP archive"
	KindParquet Kind = "a Parquet file"
	KindTar     Kind = "a tar archive"
	KindZstd    Kind = "a zstd archive"
	KindBzip2   Kind = "a bzip2 archive"
	KindXZ      Kind = "an xz archive"
	KindSeven   Kind = "a 7-Zip archive"
	KindRAR     Kind = "a RAR archive"
	KindOLE     Kind = "an old Excel or Word document"
	KindPDF     Kind = "a PDF document"
	KindSQLite  Kind = "an SQLite database"
	KindORC     Kind = "an ORC file"
	KindAvro    Kind = "an Avro file"
	KindImage   Kind = "a picture"
)

var signatures = []struct {
	offset int
	text   string
	kind   Kind
}{
	{0, "\x1f\x8b", KindGzip},
	{0, "PK\x03\x04", KindZip}, {0, "PK\x05\x06", KindZip}, {0, "PK\x07\x08", KindZip},
	{0, "PAR1", KindParquet}, {0, "PARE", KindParquet},
	{257, "ustar", KindTar},
	{0, "\x28\xb5\x2f\xfd", KindZstd}, {0, "BZh", KindBzip2}, {0, "\xfd7zXZ\x00", KindXZ},
	{0, "7z\xbc\xaf\x27\x1c", KindSeven}, {0, "Rar!\x1a\x07", KindRAR},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", KindOLE}, {0, "%PDF-", KindPDF},
	{0, "SQLite format 3\x00", KindSQLite}, {0, "ORC", KindORC}, {0, "Obj\x01", KindAvro},
	{0, "\x89PNG\r\n\x1a\n", KindImage}, {0, "\xff\xd8\xff", KindImage}, {0, "GIF8", KindImage},
}

// Magic says what a file is by its first bytes; 512 are enough.
func Magic(head []byte) Kind {
	if len(head) == 0 {
		return KindEmpty
	}
	for _, s := range signatures {
		if len(head) >= s.offset && bytes.HasPrefix(head[s.offset:], []byte(s.text)) && textual(s.kind, head) {
			return s.kind
		}
	}
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return KindText // UTF-16
	}
	for _, c := range head[:min(len(head), 512)] {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 1 {
			return KindBinary
		}
	}
	return KindText
}

// textual guards the signatures made of letters: a header line may begin with them.
func textual(k Kind, head []byte) bool {
	if k != KindORC && k != KindBzip2 && k != KindImage && k != KindParquet {
		return true
	}
	for _, c := range head[:min(len(head), 64)] {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' || c > '~' {
			return true
		}
	}
	return false
}

// Archive reports whether files of this kind hold other files, compressed.
func (k Kind) Archive() bool {
	switch k {
	case KindGzip, KindZip, KindTar, KindZstd, KindBzip2, KindXZ, KindSeven, KindRAR:
		return true
	}
	return false
}
