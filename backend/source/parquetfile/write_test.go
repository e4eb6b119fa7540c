package parquetfile_test

import (
	"bytes"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source/parquetfile"
)

func text(s string) *string { return &s }

// fitted writes rows with the types that fit them and reads them again.
func fitted(t testing.TB, names []string, kinds []finops.Kind, rows [][]*string) (specs []parquetfile.Spec, back [][]string) {
	t.Helper()
	for i, name := range names {
		f := parquetfile.NewFit(name, kinds[i])
		for _, row := range rows {
			f.Add(row[i])
		}
		specs = append(specs, f.Spec())
	}
	var b bytes.Buffer
	w, err := parquetfile.NewWriter(&b, specs, "test")
	require.NoError(t, err)
	for _, row := range rows {
		require.NoError(t, w.Write(row))
	}
	require.NoError(t, w.Close())
	got, back := all(t, save(t, b.Bytes()))
	require.Equal(t, names, got)
	return specs, back
}

func TestWriter_Types(t *testing.T) {
	names := []string{"z text", "Amount", "At, UTC", "Long", "Zone", "Fraction", "Word", "Nothing", "Tags"}
	kinds := []finops.Kind{
		finops.KindText, finops.KindDecimal, finops.KindTime, finops.KindDecimal, finops.KindTime, finops.KindTime, finops.KindDecimal,
		finops.KindDecimal, finops.KindJSON,
	}
	long := "12345678901234567890123456789012345678" // 38 digits
	specs, back := fitted(t, names, kinds, [][]*string{
		{text("a,\"b\"\n"), text("-1.5"), text("2026-09-01 00:00:00"), text(long), text("2026-09-01 10:00:00 EST"), text("2026-09-01T00:00:00.001Z"), text("n/a"), nil, text("{}")},
		{text(""), text("($1,234.125)"), text("2026-09-01T02:00:00.000+02:00"), text("-" + long), text("2026-09-01T00:00:00Z"), nil, text("1"), nil, nil},
		{nil, text("1e-3"), nil, nil, nil, nil, nil, nil, nil},
	})
	assert.Equal(t, []parquetfile.Spec{
		{Name: "z text"}, {Name: "Amount", Kind: finops.KindDecimal, Scale: 3}, {Name: "At, UTC", Kind: finops.KindTime}, {Name: "Long", Kind: finops.KindDecimal},
		{Name: "Zone"}, {Name: "Fraction"}, {Name: "Word"}, {Name: "Nothing", Kind: finops.KindDecimal}, {Name: "Tags"},
	}, specs)
	assert.Equal(t, [][]string{
		{"a,\"b\"\n", "-1.5", "2026-09-01T00:00:00Z", long, "2026-09-01 10:00:00 EST", "2026-09-01T00:00:00.001Z", "n/a", "∅", "{}"},
		{"∅", "-1234.125", "2026-09-01T00:00:00Z", "-" + long, "2026-09-01T00:00:00Z", "∅", "1", "∅", "∅"},
		{"∅", "0.001", "∅", "∅", "∅", "∅", "∅", "∅", "∅"},
	}, back)
}

func TestFit_TooManyDigits(t *testing.T) {
	for _, values := range [][]string{
		{strings.Repeat("9", 39)}, {"1e-39"}, {strings.Repeat("9", 30), "0.123456789"}, {"100000000000000000000", "0.0000000000000000001"},
	} {
		f := parquetfile.NewFit("Cost", finops.KindDecimal)
		for _, v := range values {
			f.Add(&v)
		}
		assert.Equal(t, parquetfile.Spec{Name: "Cost"}, f.Spec(), values)
		assert.False(t, f.Open())
	}
}

func TestWriter_ValueThatDoesNotFit(t *testing.T) {
	for _, c := range []struct {
		spec  parquetfile.Spec
		value string
	}{
		{parquetfile.Spec{Name: "Cost", Kind: finops.KindDecimal, Scale: 2}, "0.001"},
		{parquetfile.Spec{Name: "Cost", Kind: finops.KindDecimal, Scale: 30}, "123456789"},
		{parquetfile.Spec{Name: "Cost", Kind: finops.KindDecimal}, "x"},
		{parquetfile.Spec{Name: "At", Kind: finops.KindTime}, "2026-09-01T00:00:00.5Z"},
	} {
		w, err := parquetfile.NewWriter(&bytes.Buffer{}, []parquetfile.Spec{c.spec}, "test")
		require.NoError(t, err)
		require.NoError(t, w.Write([]*string{&c.value}))
		err = w.Close()
		assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err), c.value)
		assert.ErrorContains(t, err, c.spec.Name)
	}
	_, err := parquetfile.NewWriter(&bytes.Buffer{}, nil, "test")
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	_, err = parquetfile.NewWriter(&bytes.Buffer{}, []parquetfile.Spec{{Name: "a"}, {Name: "a"}}, "test")
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
}

// TestWriter_ManyRows meets the borders of row groups, and a dictionary that outgrows its limit.
func TestWriter_ManyRows(t *testing.T) {
	const n = 140_000
	var b bytes.Buffer
	w, err := parquetfile.NewWriter(&b, []parquetfile.Spec{{Name: "Id"}, {Name: "Cost", Kind: finops.KindDecimal, Scale: 4}, {Name: "Few"}}, "test")
	require.NoError(t, err)
	few := []*string{text("a"), text("b"), nil}
	for i := range n {
		require.NoError(t, w.Write([]*string{text(fmt.Sprintf("resource/%020d", i)), text(fmt.Sprintf("%d.%03d1", i, i%1000)), few[i/100%3]}))
	}
	require.NoError(t, w.Close())
	f := save(t, b.Bytes())
	r, err := parquetfile.Open(t.Context(), f)
	require.NoError(t, err)
	assert.Equal(t, 3, r.Layout().Groups)
	assert.Equal(t, "ZSTD", r.Layout().Codec)
	require.NoError(t, r.Close())
	_, rows := all(t, f)
	require.Len(t, rows, n)
	for i, row := range rows {
		want := []string{fmt.Sprintf("resource/%020d", i), fmt.Sprintf("%d.%03d1", i, i%1000), "∅"}
		if p := few[i/100%3]; p != nil {
			want[2] = *p
		}
		require.Equal(t, want, row)
	}
}

// TestReader_DecimalsAtTheirBorders has numbers where the short way of reading ends, and
// zeros that only the type adds.
func TestReader_DecimalsAtTheirBorders(t *testing.T) {
	want := []string{
		"0", "-0.01", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "-9223372036854775809", "92233720368547758.07",
		"-92233720368547758.08", "92233720368547758.08", "-92233720368547758.09", "1", "-1", "1.5", "100", "-12345678901234567890123.5", "255.99",
	}
	rows := make([][]*string, len(want))
	for i := range want {
		rows[i] = []*string{&want[i]}
	}
	_, back := fitted(t, []string{"Cost"}, []finops.Kind{finops.KindDecimal}, rows)
	for i, row := range back {
		assert.Equal(t, want[i], row[0])
	}
}

// TestWriter_DecimalsStayEqual compares with an independent decimal library.
func TestWriter_DecimalsStayEqual(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		values := rapid.SliceOfN(rapid.StringMatching(`-?[0-9]{1,22}(\.[0-9]{1,16})?`), 1, 20).Draw(rt, "values")
		rows := make([][]*string, len(values))
		for i := range values {
			rows[i] = []*string{&values[i]}
		}
		specs, back := fitted(t, []string{"Cost"}, []finops.Kind{finops.KindDecimal}, rows)
		for i, v := range values {
			want := decimal.RequireFromString(v)
			if got := decimal.RequireFromString(back[i][0]); !got.Equal(want) {
				rt.Fatalf("%s at scale %d became %s", v, specs[0].Scale, got)
			}
		}
		if digits := new(big.Int).Exp(big.NewInt(10), big.NewInt(parquetfile.Precision), nil); decimal.RequireFromString(values[0]).Coefficient().CmpAbs(digits) < 0 && specs[0].Kind != finops.KindDecimal && len(values) == 1 {
			rt.Fatalf("%s is kept as text", values[0])
		}
	})
}

// TestEncoder_EveryFormIsTheSameFile packs the same values as texts, as numbers of a list and as amounts, in several row
// groups by one encoder, and reads them again.
func TestEncoder_EveryFormIsTheSameFile(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		scale := rapid.IntRange(0, 6).Draw(rt, "scale")
		specs := []parquetfile.Spec{{Name: "Word"}, {Name: "Cost", Kind: finops.KindDecimal, Scale: scale}}
		pool := rapid.SliceOfN(rapid.StringMatching(`[a-zé",\n]{1,9}`), 1, 12).Draw(rt, "words")
		values := []*string{nil}
		for i := range pool {
			values = append(values, &pool[i])
		}
		encoder := parquetfile.NewEncoder(specs)
		var want [][]string
		files := make([]bytes.Buffer, 2)
		writers := make([]*parquetfile.Writer, len(files))
		for i := range files {
			var err error
			writers[i], err = parquetfile.NewWriter(&files[i], specs, "test")
			require.NoError(rt, err)
		}
		for range rapid.IntRange(1, 3).Draw(rt, "groups") {
			ids := rapid.SliceOfN(rapid.Custom(func(rt *rapid.T) uint32 { return uint32(rapid.IntRange(0, len(pool)).Draw(rt, "id")) }), 1, 80).Draw(rt, "ids")
			amounts, words, costs, odd := make([]int64, len(ids)), make([]*string, len(ids)), make([]*string, len(ids)), map[int]*string{}
			for row, id := range ids {
				a := finops.NewAmount(rapid.Int64Range(-1_000_000, 1_000_000).Draw(rt, "units"), scale)
				packed, ok := a.Pack()
				require.True(rt, ok)
				amounts[row], words[row], costs[row] = packed, values[id], text(a.String())
				switch rapid.IntRange(0, 5).Draw(rt, "kind") {
				case 0:
					amounts[row], costs[row] = -1<<63, nil
				case 1:
					odd[row] = text("7")
					costs[row] = odd[row]
				}
				line := []string{"∅", "∅"}
				if words[row] != nil {
					line[0] = *words[row]
				}
				if costs[row] != nil {
					line[1] = decimal.RequireFromString(*costs[row]).String()
				}
				want = append(want, line)
			}
			for i, forms := range [][]parquetfile.Cells{
				{{Rows: words}, {Rows: costs}},
				{{IDs: ids, Values: values}, {Amounts: amounts, None: -1 << 63, Texts: odd}},
			} {
				g, err := encoder.Encode(len(ids), func(column int) parquetfile.Cells { return forms[column] })
				require.NoError(rt, err)
				require.NoError(rt, writers[i].Append(g))
			}
		}
		for i := range files {
			require.NoError(rt, writers[i].Close())
			_, back := all(t, save(t, files[i].Bytes()))
			require.Len(rt, back, len(want))
			for row := range want {
				if want[row][1] != "∅" {
					back[row][1] = decimal.RequireFromString(back[row][1]).String()
				}
				require.Equal(rt, want[row], back[row])
			}
		}
	})
}
