package parquetfile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/bits"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/format"

	"cloud-intelligence/backend/finops"
)

var (
	// errShort says that a column has fewer values than its row group has rows.
	errShort = errors.New("a column ends before its row group does")
	// errDamaged says that the bytes of a page are not what its header says.
	errDamaged = errors.New("a page of a column is damaged")
)

// plainDictionary is the former code of two encodings: that of dictionaries, and that of
// pages which refer to them. Files of parquet-mr have it, as those of AWS.
const plainDictionary = format.Encoding(2)

// group is a row group whose columns are being read.
type group struct {
	in     io.ReaderAt
	meta   *format.RowGroup
	packed *[]byte // buffer of the page that is being unpacked, the same for all columns
}

// chunk reads the values of one leaf column, page by page. Of a page only the bytes are
// unpacked; levels and codes are unpacked as far as they are asked for. Its buffers are
// used again for every page.
type chunk struct {
	typ    parquet.Type
	index  int
	maxDef int
	maxRep int

	in      io.ReaderAt
	packed  *[]byte
	codec   compress.Codec
	at, end int64 // of the pages that were not read
	values  int64 // in them

	page    []byte
	words   []byte // buffer of the dictionary page
	dict    dictionary
	hasDict bool
	dicts   int // dictionaries read so far: codes mean the same until it changes

	left   int // levels of the page that were not read
	reps   hybrid
	defs   hybrid
	coded  bool // the values of the page are codes of the dictionary
	codes  hybrid
	direct plain // the values, if they are no codes
}

func newChunk(c *parquet.Column) chunk {
	return chunk{typ: c.Type(), index: c.Index(), maxDef: c.MaxDefinitionLevel(), maxRep: c.MaxRepetitionLevel()}
}

func (c *chunk) open(g group) {
	m := &g.meta.Columns[c.index].MetaData
	c.in, c.packed, c.codec = g.in, g.packed, parquet.LookupCompressionCodec(m.Codec)
	c.at = m.DataPageOffset
	if m.DictionaryPageOffset != 0 {
		c.at = m.DictionaryPageOffset
	}
	c.end, c.values = c.at+m.TotalCompressedSize, m.NumValues
	c.hasDict, c.left = false, 0
}

// release gives up the buffers.
func (c *chunk) release() {
	*c = chunk{typ: c.typ, index: c.index, maxDef: c.maxDef, maxRep: c.maxRep, dicts: c.dicts}
}

// next reads the next page that has values. It answers io.EOF behind the last one.
func (c *chunk) next() error {
	for c.left == 0 {
		if c.at >= c.end || c.values <= 0 {
			return io.EOF
		}
		h, n, err := pageHeader(c.in, c.at, c.end)
		if err != nil {
			return err
		}
		start := c.at + n
		c.at = start + int64(h.CompressedPageSize)
		if h.CompressedPageSize < 0 || h.UncompressedPageSize < 0 || c.at > c.end || h.UncompressedPageSize > maxPage {
			return errDamaged
		}
		switch {
		case h.DictionaryPageHeader.Valid:
			err = c.readDictionary(h, start)
		case h.DataPageHeader.Valid:
			err = c.readV1(h, start)
		case h.DataPageHeaderV2.Valid:
			err = c.readV2(h, start)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// fetch reads a page as it is in the file.
func (c *chunk) fetch(dst []byte, h *format.PageHeader, start int64) ([]byte, error) {
	dst = sized(dst, int(h.CompressedPageSize))
	if _, err := c.in.ReadAt(dst, start); err != nil {
		return dst, fmt.Errorf("read page: %w", err)
	}
	if h.CRC != 0 && crc32.ChecksumIEEE(dst) != uint32(h.CRC) {
		return dst, fmt.Errorf("%w: its checksum differs", errDamaged)
	}
	return dst, nil
}

// sized returns a slice of n bytes, buf if that is large enough. Buffers grow to what is
// needed and little more: there is one for each column of the file.
func sized(buf []byte, n int) []byte {
	const slack = 64 // decoders that know no size look for more when there is no room
	if cap(buf) < n+slack {
		buf = make([]byte, n, (n+slack+4095)&^4095)
	}
	return buf[:n]
}

// unpacked reads a page whose first bytes, if any, are not compressed.
func (c *chunk) unpacked(buf []byte, h *format.PageHeader, start int64, bare int, compressed bool) ([]byte, error) {
	if !compressed || c.codec.CompressionCodec() == format.Uncompressed {
		return c.fetch(buf, h, start)
	}
	packed, err := c.fetch(*c.packed, h, start)
	if *c.packed = packed; err != nil {
		return nil, err
	}
	size := int(h.UncompressedPageSize)
	if bare > size || bare > len(packed) {
		return nil, errDamaged
	}
	buf = sized(buf, size)
	copy(buf, packed[:bare])
	if packed = packed[bare:]; len(packed) == 0 {
		return buf[:bare], nil
	}
	if c.codec.CompressionCodec() == format.Snappy {
		if n, _ := binary.Uvarint(packed); n > uint64(size) { // the decoder would believe it
			return nil, errDamaged
		}
	}
	out, err := c.codec.Decode(buf[bare:size:cap(buf)], packed)
	if err != nil {
		return nil, fmt.Errorf("unpack page: %w", err)
	}
	if bare == 0 {
		return out, nil
	}
	return append(buf[:bare], out...), nil // moves nothing where out has stayed in buf
}

func (c *chunk) readDictionary(h *format.PageHeader, start int64) (err error) {
	if c.words, err = c.unpacked(c.words, h, start, 0, true); err != nil {
		return err
	}
	encoding := h.DictionaryPageHeader.V.Encoding
	if encoding == plainDictionary {
		encoding = format.Plain
	}
	values, err := c.decode(c.words, encoding)
	if err != nil {
		return err
	}
	c.hasDict = true
	c.dicts++
	return c.dict.set(values, int(h.DictionaryPageHeader.V.NumValues))
}

func (c *chunk) readV1(h *format.PageHeader, start int64) (err error) {
	if c.page, err = c.unpacked(c.page, h, start, 0, true); err != nil {
		return err
	}
	header, data := &h.DataPageHeader.V, c.page
	if c.maxRep > 0 {
		if data, err = levelsV1(&c.reps, data, header.RepetitionLevelEncoding, c.maxRep); err != nil {
			return err
		}
	}
	if c.maxDef > 0 {
		if data, err = levelsV1(&c.defs, data, header.DefinitionLevelEncoding, c.maxDef); err != nil {
			return err
		}
	}
	return c.begin(data, header.Encoding, int(header.NumValues))
}

func levelsV1(h *hybrid, data []byte, encoding format.Encoding, most int) ([]byte, error) {
	if encoding != format.RLE {
		return nil, finops.Errorf(finops.CodeUnsupported, "it packs its levels as %s, which is no longer used. Write it anew with a current program", encoding)
	}
	if len(data) < 4 {
		return nil, errDamaged
	}
	end := 4 + uint64(binary.LittleEndian.Uint32(data))
	if end > uint64(len(data)) {
		return nil, errDamaged
	}
	h.reset(data[4:end], uint(bits.Len(uint(most))))
	return data[end:], nil
}

func (c *chunk) readV2(h *format.PageHeader, start int64) (err error) {
	header := &h.DataPageHeaderV2.V
	reps, defs := int(header.RepetitionLevelsByteLength), int(header.DefinitionLevelsByteLength)
	if reps < 0 || defs < 0 || reps+defs > int(h.CompressedPageSize) {
		return errDamaged
	}
	compressed := !header.IsCompressed.Valid || header.IsCompressed.V
	if c.page, err = c.unpacked(c.page, h, start, reps+defs, compressed); err != nil {
		return err
	}
	if reps+defs > len(c.page) {
		return errDamaged
	}
	c.reps.reset(c.page[:reps], uint(bits.Len(uint(c.maxRep))))
	c.defs.reset(c.page[reps:reps+defs], uint(bits.Len(uint(c.maxDef))))
	return c.begin(c.page[reps+defs:], header.Encoding, int(header.NumValues))
}

// begin settles how the values of a page are read.
func (c *chunk) begin(data []byte, encoding format.Encoding, count int) (err error) {
	if count < 0 {
		return errDamaged
	}
	c.left, c.coded = count, false
	c.values -= int64(count)
	if encoding == plainDictionary || encoding == format.RLEDictionary {
		if !c.hasDict {
			return errDamaged
		}
		if c.coded = true; len(data) == 0 { // a page of nulls
			c.codes.reset(nil, 1)
			return nil
		}
		c.codes.reset(data[1:], uint(data[0]))
		return nil
	}
	c.direct, err = c.decode(data, encoding)
	return err
}

// decode brings values of any encoding into the plain form.
func (c *chunk) decode(data []byte, encoding format.Encoding) (p plain, err error) {
	p = plain{kind: c.typ.Kind(), data: data}
	if p.kind == parquet.FixedLenByteArray {
		if p.size = c.typ.Length(); p.size <= 0 {
			return p, errDamaged
		}
	}
	if encoding == format.Plain || len(data) == 0 {
		return p, nil
	}
	values, err := c.typ.Decode(c.typ.NewValues(nil, nil), data, parquet.LookupEncoding(encoding))
	if err != nil {
		return p, fmt.Errorf("decode page: %w", err)
	}
	p.data, p.offsets = values.Data()
	if p.kind == parquet.ByteArray && p.offsets == nil {
		p.offsets = []uint32{}
	}
	return p, nil
}

// codesOf reads the codes of the next values and checks that the dictionary has them.
func (c *chunk) codesOf(dst []uint32) error {
	if len(dst) == 0 {
		return nil
	}
	if err := c.codes.read(dst); err != nil {
		return err
	}
	most := uint32(0)
	for _, code := range dst {
		most = max(most, code)
	}
	return c.known(most)
}

func (c *chunk) known(code uint32) error {
	if int64(code) >= int64(c.dict.count) {
		return errDamaged
	}
	return nil
}
