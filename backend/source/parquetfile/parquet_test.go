package parquetfile_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/parquetfile"
)

func save(t testing.TB, data []byte) source.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "f.parquet")
	require.NoError(t, os.WriteFile(path, data, 0o600))
	return source.File{Path: path, Size: int64(len(data))}
}

// all reads every record; a null is "∅".
func all(t testing.TB, f source.File) (names []string, rows [][]string) {
	t.Helper()
	r, err := parquetfile.Open(t.Context(), f)
	require.NoError(t, err)
	defer func() { require.NoError(t, r.Close()) }()
	for {
		b, err := r.Next(t.Context())
		if errors.Is(err, io.EOF) {
			require.Equal(t, f.Size, r.Progress())
			require.Len(t, r.SHA256(), 64)
			return r.Layout().Names, rows
		}
		require.NoError(t, err)
		for row := range b.Rows {
			require.Equal(t, int64(len(rows)+1), b.Lines[row])
			var fields []string
			for c := range b.Columns {
				if v := b.Field(row, c); v == nil {
					fields = append(fields, "∅")
				} else {
					fields = append(fields, string(v))
				}
			}
			rows = append(rows, fields)
		}
		b.Release()
	}
}

type inner struct {
	City string  `parquet:"city"`
	Size *int64  `parquet:"size,optional"`
	Tags []int32 `parquet:"tags,list"`
}

type charge struct {
	Text    string            `parquet:"a_text"`
	Dict    string            `parquet:"b_dict,dict"`
	Maybe   *string           `parquet:"c_maybe,optional"`
	Int     int64             `parquet:"d_int"`
	Uint    uint64            `parquet:"e_uint"`
	Double  float64           `parquet:"f_double"`
	Float   float32           `parquet:"g_float"`
	Bool    bool              `parquet:"h_bool"`
	Money   int64             `parquet:"i_money,decimal(4:18)"`
	Fixed   [16]byte          `parquet:"j_fixed,decimal(10:38)"`
	Date    int32             `parquet:"k_date,date"`
	Milli   int64             `parquet:"l_milli,timestamp(millisecond)"`
	Micro   int64             `parquet:"m_micro,timestamp(microsecond)"`
	Nano    int64             `parquet:"n_nano,timestamp(nanosecond)"`
	Old     deprecated.Int96  `parquet:"o_int96"`
	Tags    map[string]string `parquet:"p_tags"`
	List    []string          `parquet:"q_list,list"`
	Repeat  []int64           `parquet:"r_repeat"`
	Struct  inner             `parquet:"s_struct"`
	Structs []inner           `parquet:"t_structs,list"`
	Pointer *inner            `parquet:"u_pointer,optional"`
}

func int96(t time.Time) deprecated.Int96 {
	days := uint32(t.Unix()/86400) + 2440588
	nanos := uint64(t.Unix()%86400*1e9) + uint64(t.Nanosecond())
	return deprecated.Int96{uint32(nanos), uint32(nanos >> 32), days}
}

func charges() []charge {
	text, size := "x", int64(7)
	at := time.Date(2026, 9, 1, 13, 5, 9, 120_000_000, time.UTC)
	minusOne := [16]byte{}
	for i := range minusOne {
		minusOne[i] = 0xff
	}
	return []charge{
		{
			Text: "Zürich", Dict: "d", Maybe: &text, Int: -5, Uint: math.MaxUint64, Double: 0.1, Float: 0.1, Bool: true, Money: -12345, Fixed: minusOne,
			Date: 20697, Milli: at.UnixMilli(), Micro: at.Truncate(time.Second).UnixMicro(), Nano: at.UnixNano() + 5, Old: int96(at),
			Tags: map[string]string{"k\"": "v\n\x01ü"}, List: []string{"a", ""}, Repeat: []int64{1, 2}, Struct: inner{City: "B", Size: &size, Tags: []int32{1, 2}},
			Structs: []inner{{City: "C"}, {City: "D", Tags: []int32{3}}}, Pointer: &inner{City: "E"},
		},
		{Dict: "d", Double: 1e-30, Float: 1e20, Fixed: [16]byte{15: 5}, Milli: -1, Old: int96(at.Truncate(time.Second)), Money: 5},
	}
}

var printed = [][]string{
	{
		"Zürich", "d", "x", "-5", "18446744073709551615", "0.1", "0.1", "true", "-1.2345", "-0.0000000001", "2026-09-01T00:00:00Z",
		"2026-09-01T13:05:09.12Z", "2026-09-01T13:05:09Z", "2026-09-01T13:05:09.120000005Z", "2026-09-01T13:05:09.12Z", `{"k\"":"v\n\u0001ü"}`, `["a",""]`, "[1,2]",
		`{"city":"B","size":7,"tags":[1,2]}`, `[{"city":"C","size":null,"tags":[]},{"city":"D","size":null,"tags":[3]}]`, `{"city":"E","size":null,"tags":[]}`,
	},
	{
		"", "d", "∅", "0", "0", "1e-30", "100000000000000000000", "false", "0.0005", "0.0000000005", "1970-01-01T00:00:00Z",
		"1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2026-09-01T13:05:09Z", "{}", "[]", "[]",
		`{"city":"","size":null,"tags":[]}`, "[]", "∅",
	},
}

func TestReader_Types(t *testing.T) {
	for _, codec := range []compress.Codec{&parquet.Uncompressed, &parquet.Snappy, &parquet.Gzip, &parquet.Zstd, &parquet.Brotli, &parquet.Lz4Raw} {
		for _, version := range []int{1, 2} {
			t.Run(fmt.Sprintf("%s v%d", codec, version), func(t *testing.T) {
				var b bytes.Buffer
				w := parquet.NewGenericWriter[charge](&b, parquet.Compression(codec), parquet.DataPageVersion(version))
				_, err := w.Write(charges())
				require.NoError(t, err)
				require.NoError(t, w.Close())
				names, rows := all(t, save(t, b.Bytes()))
				assert.Equal(t, "a_text", names[0])
				assert.Len(t, names, 21)
				assert.Equal(t, printed, rows)
			})
		}
	}
}

// TestReader_ManyPagesAndGroups meets the borders of pages, row groups and batches.
func TestReader_ManyPagesAndGroups(t *testing.T) {
	const n = 20_000
	var b bytes.Buffer
	w := parquet.NewGenericWriter[charge](&b, parquet.PageBufferSize(2000), parquet.MaxRowsPerRowGroup(7001), parquet.Compression(&parquet.Snappy))
	two := charges()
	for i := range n {
		c := two[i%2]
		c.Text, c.Int, c.Repeat = fmt.Sprintf("row %d", i), int64(i), make([]int64, i%5)
		_, err := w.Write([]charge{c})
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	_, rows := all(t, save(t, b.Bytes()))
	require.Len(t, rows, n)
	zeros := []string{"[]", "[0]", "[0,0]", "[0,0,0]", "[0,0,0,0]"}
	for i, row := range rows {
		want := append([]string(nil), printed[i%2]...)
		want[0], want[3], want[17] = fmt.Sprintf("row %d", i), fmt.Sprint(i), zeros[i%5]
		require.Equal(t, want, row, "row %d", i)
	}
}

func TestReader_DamagedFiles(t *testing.T) {
	var b bytes.Buffer
	w := parquet.NewGenericWriter[charge](&b)
	_, err := w.Write(charges())
	require.NoError(t, err)
	require.NoError(t, w.Close())
	good := b.Bytes()
	for name, data := range map[string][]byte{
		"empty": nil, "magic only": []byte("PAR1"), "cut off": good[:len(good)-100], "no end": good[:len(good)/2],
		"footer beyond the file": append(append([]byte(nil), good[:len(good)-8]...), "\xff\xff\xff\x7fPAR1"...),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := parquetfile.Open(t.Context(), save(t, data))
			assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
			assert.Contains(t, err.Error(), "f.parquet")
		})
	}
	t.Run("pages overwritten", func(t *testing.T) {
		data := append([]byte(nil), good...)
		for i := 4; i < 600; i++ {
			data[i] = 0xff
		}
		r, err := parquetfile.Open(t.Context(), save(t, data))
		require.NoError(t, err)
		_, err = r.Next(t.Context())
		assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
		require.NoError(t, r.Close())
	})
}

func TestReader_SharedFiles(t *testing.T) {
	folder := "../../../../shared/data/real/aws-cur-legacy-parquet"
	if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the shared sample files are not on this machine")
	}
	path := filepath.Join(folder, "Oct2018-WorkshopCUR-00001.snappy.parquet")
	info, err := os.Stat(path)
	require.NoError(t, err)
	start := time.Now()
	names, rows := all(t, source.File{Path: path, Size: info.Size()})
	t.Logf("%d rows of %d columns in %v", len(rows), len(names), time.Since(start))
	require.Len(t, rows, 119_307)
	require.Len(t, names, 124)
	var sum finops.Sum
	for i, name := range names {
		if name != "line_item_unblended_cost" {
			continue
		}
		for _, row := range rows {
			a, err := finops.ParseAmount([]byte(row[i]))
			require.NoError(t, err)
			sum.Add(a)
		}
	}
	assert.Equal(t, "4064.4831315379", sum.String())
}

func FuzzParquet(f *testing.F) {
	for _, codec := range []compress.Codec{&parquet.Uncompressed, &parquet.Snappy} {
		var b bytes.Buffer
		w := parquet.NewGenericWriter[charge](&b, parquet.Compression(codec))
		_, _ = w.Write(charges())
		_ = w.Close()
		f.Add(b.Bytes())
	}
	type small struct {
		A string  `parquet:"a,dict"`
		B float64 `parquet:"b,optional"`
	}
	var b bytes.Buffer
	w := parquet.NewGenericWriter[small](&b)
	_, _ = w.Write([]small{{"x", 1}, {"y", 2}})
	_ = w.Close()
	f.Add(b.Bytes())
	path := filepath.Join(f.TempDir(), "f")
	f.Fuzz(func(t *testing.T, data []byte) {
		require.NoError(t, os.WriteFile(path, data, 0o600))
		r, err := parquetfile.Open(t.Context(), source.File{Path: path, Size: int64(len(data))})
		if err != nil {
			if finops.CodeOf(err) == finops.CodeInternal {
				t.Fatalf("error without a code: %v", err)
			}
			return
		}
		for range 1000 {
			batch, err := r.Next(t.Context())
			if err != nil {
				if !errors.Is(err, io.EOF) && finops.CodeOf(err) == finops.CodeInternal {
					t.Fatalf("error without a code: %v", err)
				}
				break
			}
			batch.Release()
		}
		require.NoError(t, r.Close())
	})
}
