package parquetfile_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source/parquetfile"
)

// encoded has every physical type in every encoding that the format has for it.
type encoded struct {
	Plain      string           `parquet:"a,plain"`
	Dict       *string          `parquet:"b,dict,optional"`
	Lengths    string           `parquet:"c,delta"`
	Prefixes   *string          `parquet:"d,optional"`
	Long       *int64           `parquet:"e,optional"`
	LongDict   int64            `parquet:"f,dict"`
	LongDelta  int64            `parquet:"g,delta"`
	Short      int32            `parquet:"h"`
	ShortDelta int32            `parquet:"i,delta"`
	ShortDict  *int32           `parquet:"j,dict,optional"`
	Double     *float64         `parquet:"k,optional"`
	Split      float64          `parquet:"l,split"`
	DoubleDict float64          `parquet:"m,dict"`
	Float      float32          `parquet:"n"`
	FloatDict  *float32         `parquet:"o,dict,optional"`
	Bool       *bool            `parquet:"p,optional"`
	Bits       bool             `parquet:"q"`
	Fixed      [16]byte         `parquet:"r,uuid"`
	FixedDict  [16]byte         `parquet:"s,uuid,dict"`
	Old        deprecated.Int96 `parquet:"t"`
	OldDict    deprecated.Int96 `parquet:"u,dict"`
	Nothing    *string          `parquet:"v,dict,optional"`
	Always     string           `parquet:"w,dict"`
	List       []encodedItem    `parquet:"x,list"`
	Map        map[string]int64 `parquet:"y"`
	Words      []string         `parquet:"z,dict"`
}

type encodedItem struct {
	Key   string   `parquet:"key,dict"`
	Value *float64 `parquet:"value,optional"`
	Deep  []int64  `parquet:"deep,list"`
}

func randomRow(r *rand.Rand, n int) encoded {
	some := func(text string) *string {
		if r.IntN(3) == 0 {
			return nil
		}
		return &text
	}
	long, short, double, float, yes := r.Int64()>>r.IntN(60), r.Int32()>>r.IntN(30), r.Float64(), r.Float32(), r.IntN(2) == 0
	e := encoded{
		Plain: fmt.Sprint("row ", n), Dict: some(fmt.Sprint("word ", r.IntN(700))), Lengths: fmt.Sprint("x", long), Prefixes: some(fmt.Sprintf("prefix/%08d", n)),
		LongDict: long % 5, LongDelta: long, Short: short, ShortDelta: short, Split: double, DoubleDict: float64(r.IntN(9)) / 8, Float: float, Bits: yes,
		Old: int96(time.Unix(1_790_000_000+int64(n), 0)), OldDict: int96(time.Unix(1_790_000_000+int64(n/1000)*3600, 0)), Always: "always",
	}
	if n/3000%2 == 0 { // long runs of nulls and of values
		e.Long, e.ShortDict, e.Double, e.FloatDict, e.Bool = &long, &short, &double, &float, &yes
	}
	e.Fixed[3], e.FixedDict[15] = byte(n), byte(n%3)
	for range r.IntN(4) {
		item := encodedItem{Key: fmt.Sprint("k", r.IntN(5))}
		if yes {
			item.Value = &double
		}
		for range r.IntN(3) {
			item.Deep = append(item.Deep, long%7)
		}
		e.List = append(e.List, item)
		e.Words = append(e.Words, item.Key)
	}
	if r.IntN(2) == 0 {
		e.Map = map[string]int64{fmt.Sprint("m", r.IntN(4)): long % 3}
	}
	return e
}

// TestReader_Encodings compares files in every encoding, with small and large pages and of
// both versions, with what the same rows are in a file without any.
func TestReader_Encodings(t *testing.T) {
	rows := 5000
	if testing.Short() {
		rows = 2500
	}
	var want [][]string
	for _, c := range []struct{ version, page, group int }{{1, 1 << 20, rows}, {1, 700, 2001}, {2, 5000, 1250}, {2, 1 << 20, rows}} {
		var b bytes.Buffer
		w := parquet.NewGenericWriter[encoded](&b, parquet.PageBufferSize(c.page), parquet.DataPageVersion(c.version), parquet.MaxRowsPerRowGroup(int64(c.group)), parquet.Compression(&parquet.Zstd))
		r := rand.New(rand.NewPCG(1, 2))
		var texts [][]string
		for n := range rows {
			e := randomRow(r, n)
			_, err := w.Write([]encoded{e})
			require.NoError(t, err)
			texts = append(texts, textsOf(e))
		}
		require.NoError(t, w.Close())
		_, got := all(t, save(t, b.Bytes()))
		require.Len(t, got, rows)
		for i, row := range got {
			for column, text := range texts[i] {
				require.Equal(t, text, row[column], "row %d, column %d of %+v", i, column, c)
			}
		}
		if want == nil {
			want = got
		}
		require.Equal(t, want, got)
	}
}

// textsOf prints the columns a to q in Go's own way.
func textsOf(e encoded) []string {
	return []string{
		e.Plain, textOr(e.Dict), e.Lengths, textOr(e.Prefixes), textOr(e.Long), fmt.Sprint(e.LongDict), fmt.Sprint(e.LongDelta), fmt.Sprint(e.Short), fmt.Sprint(e.ShortDelta),
		textOr(e.ShortDict), decimals(e.Double), decimals(&e.Split), decimals(&e.DoubleDict),
	}
}

func textOr[T any](v *T) string {
	if v == nil {
		return "∅"
	}
	return fmt.Sprint(*v)
}

func decimals(v *float64) string {
	if v == nil {
		return "∅"
	}
	return string(bytes.TrimSuffix(fmt.Appendf(nil, "%v", finopsText(*v)), []byte(".0")))
}

func finopsText(v float64) string {
	a, err := finops.ParseAmount([]byte(fmt.Sprint(v)))
	if err != nil {
		return err.Error()
	}
	return a.String()
}

type splitInner struct {
	ID     *string           `parquet:"id,optional,dict"`
	Share  *float64          `parquet:"Share,optional"`
	Labels []encodedItem     `parquet:"labels,list"`
	Tier   *string           `parquet:"tier,optional"`
	More   map[string]string `parquet:"more"`
}

type splitRow struct {
	A      string      `parquet:"a"`
	Struct *splitInner `parquet:"b_struct,optional"`
	List   []string    `parquet:"c_list,list"`
}

func TestReader_Split(t *testing.T) {
	id, share, nan, tier := "one", 1.5, 0.0, "gold"
	nan /= nan
	var b bytes.Buffer
	w := parquet.NewGenericWriter[splitRow](&b)
	_, err := w.Write([]splitRow{
		{A: "1", Struct: &splitInner{ID: &id, Share: &share, Labels: []encodedItem{{Key: "k"}}, Tier: &tier}},
		{A: "2"},
		{A: "3", Struct: &splitInner{Share: &nan}},
		{A: "4", Struct: &splitInner{ID: &id, More: map[string]string{"x": "y"}}},
	})
	require.NoError(t, err)
	require.NoError(t, w.Close())
	read := func(split func(r *parquetfile.Reader)) (rows [][]string) {
		r, err := parquetfile.Open(t.Context(), save(t, b.Bytes()))
		require.NoError(t, err)
		defer func() { require.NoError(t, r.Close()) }()
		split(r)
		batch, err := r.Next(t.Context())
		require.NoError(t, err)
		for row := range batch.Rows {
			var fields []string
			for c := range batch.Columns {
				v := batch.Field(row, c)
				fields = append(fields, string(v))
				if v == nil {
					fields[c] = "∅"
				}
			}
			rows = append(rows, fields)
		}
		_, err = r.Next(t.Context())
		require.ErrorIs(t, err, io.EOF)
		return rows
	}
	want := [][]string{
		{"1", `{"tier":"gold","more":{}}`, "[]", "one", "1.5", `[{"key":"k","value":null,"deep":[]}]`},
		{"2", "∅", "[]", "∅", "∅", "∅"},
		{"3", `{"tier":null,"more":{}}`, "[]", "∅", "∅", "[]"},
		{"4", `{"tier":null,"more":{"x":"y"}}`, "[]", "one", "∅", "[]"},
	}
	assert.Equal(t, want, read(func(r *parquetfile.Reader) {
		assert.Equal(t, []int{-1, -1, -1}, r.Split(0, []string{"id", "x", "y"}), "no structure")
		assert.Equal(t, []int{-1}, r.Split(2, []string{"element"}), "a list")
		at := r.Split(1, []string{"labels", "absent", "share", "id"})
		assert.Equal(t, []int{5, -1, 4, 3}, at)
		assert.Equal(t, []int{-1}, r.Split(1, []string{"id"}), "it has gone already")
	}))
	whole := read(func(r *parquetfile.Reader) { r.Split(1, []string{"id", "share", "labels", "tier", "more"}) })
	for _, row := range whole {
		assert.Equal(t, "∅", row[1], "nothing is left")
	}
}

// TestReader_PrefixEncoding has texts of which only what differs from the one before is kept.
func TestReader_PrefixEncoding(t *testing.T) {
	for name, encoding := range map[string]parquet.Node{
		"prefixes": parquet.Encoded(parquet.String(), &parquet.DeltaByteArray), "lengths": parquet.Optional(parquet.Encoded(parquet.String(), &parquet.DeltaLengthByteArray)),
		"fixed": parquet.Encoded(parquet.Decimal(2, 18, parquet.FixedLenByteArrayType(8)), &parquet.DeltaByteArray),
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			w := parquet.NewWriter(&b, parquet.NewSchema("one", parquet.Group{"a": encoding}), parquet.PageBufferSize(4000))
			const rows = 5000
			for n := range rows {
				v := parquet.ByteArrayValue(fmt.Appendf(nil, "//compute.googleapis.com/instances/%d", n))
				if name == "fixed" {
					v = parquet.FixedLenByteArrayValue([]byte{7: byte(n % 100), 6: byte(n / 100)})
				}
				def := 0
				if name == "lengths" {
					def = 1
				}
				_, err := w.WriteRows([]parquet.Row{{v.Level(0, def, 0)}})
				require.NoError(t, err)
			}
			require.NoError(t, w.Close())
			_, got := all(t, save(t, b.Bytes()))
			require.Len(t, got, rows)
			for n, row := range got {
				want := fmt.Sprintf("//compute.googleapis.com/instances/%d", n)
				if name == "fixed" {
					want = finops.NewAmount(int64(n/100<<8+n%100), 2).String()
					want = string(bytes.TrimSuffix(bytes.TrimSuffix(bytes.TrimSuffix([]byte(want), []byte("0")), []byte("0")), []byte(".")))
					if n == 0 {
						want = "0"
					}
				}
				require.Equal(t, want, row[0])
			}
		})
	}
}

// TestReader_PagesThatLie has a page whose levels and codes are overwritten byte by byte:
// every answer is rows or an error, and no answer is the process's end.
func TestReader_PagesThatLie(t *testing.T) {
	var b bytes.Buffer
	w := parquet.NewGenericWriter[encoded](&b, parquet.PageBufferSize(300), parquet.Compression(&parquet.Uncompressed))
	r := rand.New(rand.NewPCG(3, 4))
	for n := range 60 {
		_, err := w.Write([]encoded{randomRow(r, n)})
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	good := b.Bytes()
	end := len(good) - 12000
	require.Positive(t, end)
	refused, step := 0, 29
	if testing.Short() {
		step = 293
	}
	for at := 4; at < end; at += step {
		data := bytes.Clone(good)
		data[at] ^= byte(1 + at%255)
		reader, err := parquetfile.Open(t.Context(), save(t, data))
		if err != nil {
			require.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
			continue
		}
		for err == nil {
			_, err = reader.Next(t.Context())
		}
		if !errors.Is(err, io.EOF) {
			require.NotEqual(t, finops.CodeInternal, finops.CodeOf(err), err)
			refused++
		}
		require.NoError(t, reader.Close())
	}
	assert.Positive(t, refused)
}
