package parquetfile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"cloud-intelligence/backend/finops"
)

const (
	maxColumns     = 2000
	maxDepth       = 32
	maxFooter      = 64 << 20
	maxPageHeader  = 1 << 20
	maxPage        = 256 << 20 // unpacked bytes of one page
	maxPageValues  = 16 << 20
	maxGroupMemory = 2 << 30 // of the largest pages and dictionaries of a row group, all columns together
)

// checkFooter refuses a footer that claims to be larger than the file or than any
// real one, before the library takes memory for it.
func checkFooter(r io.ReaderAt, size int64) error {
	var tail [8]byte
	if size < 12 {
		return finops.Errorf(finops.CodeCorrupt, "it is cut off")
	}
	if _, err := r.ReadAt(tail[:], size-8); err != nil {
		return fmt.Errorf("read the end of the file: %w", err)
	}
	switch string(tail[4:]) {
	case "PAR1":
	case "PARE":
		return finops.Errorf(finops.CodeUnsupported, "it is encrypted. Export it without encryption")
	default:
		return finops.Errorf(finops.CodeCorrupt, "its end is missing, as after an interrupted download. Fetch it again")
	}
	n := int64(binary.LittleEndian.Uint32(tail[:4]))
	if n > size-12 || n > maxFooter {
		return finops.Errorf(finops.CodeCorrupt, "its table of contents is damaged")
	}
	return nil
}

func checkSchema(c *parquet.Column, depth int) (leaves int, err error) {
	if depth > maxDepth {
		return 0, finops.Errorf(finops.CodeInvalid, "its columns are nested more than %d levels deep, which no billing export is", maxDepth)
	}
	if c.Leaf() {
		return 1, nil
	}
	for _, child := range c.Columns() {
		n, err := checkSchema(child, depth+1)
		if err != nil {
			return 0, err
		}
		if leaves += n; leaves > maxColumns {
			return 0, finops.Errorf(finops.CodeInvalid, "it has more than 2,000 columns, which no billing export has")
		}
	}
	return leaves, nil
}

// checkGroup walks over the page headers of a row group. A page header is the only
// place that says how much memory its page takes, so it must be believed by nobody
// before this was done.
func checkGroup(r io.ReaderAt, size int64, g *format.RowGroup) error {
	total := int64(0)
	for i := range g.Columns {
		largest, err := checkChunk(r, size, &g.Columns[i].MetaData)
		if err != nil {
			return err
		}
		if total += largest; total > maxGroupMemory {
			return finops.Errorf(finops.CodeInvalid, "its pages need more than 2 GiB of memory at once. Export it with smaller pages")
		}
	}
	return nil
}

func checkChunk(r io.ReaderAt, size int64, m *format.ColumnMetaData) (memory int64, err error) {
	start := m.DataPageOffset
	if m.DictionaryPageOffset != 0 {
		start = m.DictionaryPageOffset
	}
	end := start + m.TotalCompressedSize
	if start < 4 || m.TotalCompressedSize < 0 || end < start || end > size {
		return 0, finops.Errorf(finops.CodeCorrupt, "a column lies outside the file")
	}
	var dictionary, page int64
	for values := int64(0); start < end && values < m.NumValues; {
		h, n, err := pageHeader(r, start, end)
		if err != nil {
			return 0, err
		}
		packed, unpacked := int64(h.CompressedPageSize), int64(h.UncompressedPageSize)
		count := pageValues(h)
		if packed < 0 || unpacked < 0 || count < 0 || start+n+packed > end {
			return 0, finops.Errorf(finops.CodeCorrupt, "a page of a column is damaged")
		}
		if unpacked > maxPage || packed > maxPage || count > maxPageValues {
			return 0, finops.Errorf(finops.CodeInvalid, "a page unpacks to more than 256 MiB or 16 million values. Export it with smaller pages")
		}
		need := packed + unpacked + 16*count
		if h.DictionaryPageHeader.Valid {
			dictionary = max(dictionary, need)
		} else {
			page = max(page, need)
			values += count
		}
		start += n + packed
	}
	return dictionary + page, nil
}

func pageValues(h *format.PageHeader) int64 {
	switch {
	case h.DictionaryPageHeader.Valid:
		return int64(h.DictionaryPageHeader.V.NumValues)
	case h.DataPageHeader.Valid:
		return int64(h.DataPageHeader.V.NumValues)
	case h.DataPageHeaderV2.Valid:
		return max(int64(h.DataPageHeaderV2.V.NumValues), int64(h.DataPageHeaderV2.V.NumRows), int64(h.DataPageHeaderV2.V.NumNulls))
	}
	return 0
}

// pageHeader decodes the page header at start and returns its length.
func pageHeader(r io.ReaderAt, start, end int64) (*format.PageHeader, int64, error) {
	var protocol thrift.CompactProtocol
	for size := int64(512); ; size *= 8 {
		buf := make([]byte, min(size, end-start))
		n, err := r.ReadAt(buf, start)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, 0, fmt.Errorf("read page header: %w", err)
		}
		reader := protocol.NewReaderFromBytes(buf[:n])
		h := new(format.PageHeader)
		err = thrift.NewDecoder(reader).Decode(h)
		if err == nil {
			return h, int64(reader.BytesRead()), nil
		}
		if size >= maxPageHeader || start+size >= end {
			return nil, 0, finops.WrapError(finops.CodeCorrupt, err, "the header of a page is damaged")
		}
	}
}
