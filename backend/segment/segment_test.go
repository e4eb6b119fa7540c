package segment

import (
	"math"
	"runtime"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"cloud-intelligence/backend/finops"
)

// Ids are numbered as they are met, so most are near their neighbours; some are not.
func idsGenerator() *rapid.Generator[[]uint32] {
	return rapid.SliceOfN(rapid.OneOf(rapid.Uint32Range(0, 300), rapid.Uint32(), rapid.SampledFrom([]uint32{0, 1, math.MaxUint32, math.MaxUint32 - 1, 1 << 31})), 0, 600)
}

func TestIDs_DecodeWhatWasEncoded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ids := idsGenerator().Draw(t, "ids")
		data := EncodeIDs(ids)
		got := make([]uint32, len(ids))
		require.NoError(t, DecodeIDs(got, data))
		require.Equal(t, ids, got)

		for _, wrong := range []int{len(ids) - 1, len(ids) + 1} {
			if wrong >= 0 {
				require.Equal(t, finops.CodeCorrupt, finops.CodeOf(DecodeIDs(make([]uint32, wrong), data)), "%d rows", wrong)
			}
		}
	})
}

// cell is an amount or none.
type cell struct {
	amount finops.Amount
	known  bool
}

func cellGenerator() *rapid.Generator[cell] {
	return rapid.Custom(func(t *rapid.T) cell {
		switch rapid.IntRange(0, 5).Draw(t, "kind") {
		case 0:
			return cell{}
		case 1: // no int64 holds it
			text := rapid.StringMatching(`-?[1-9][0-9]{19,40}(\.[0-9]{1,40})?`).Draw(t, "text")
			a, err := finops.ParseAmount([]byte(text))
			require.NoError(t, err)
			return cell{a, true}
		case 2: // more decimals than a column has
			return cell{finops.NewAmount(rapid.Int64().Draw(t, "coefficient"), rapid.IntRange(19, 75).Draw(t, "scale")), true}
		case 3:
			return cell{finops.NewAmount(rapid.SampledFrom([]int64{None, Wide, Wide + 1, math.MaxInt64, 0}).Draw(t, "limit"), rapid.IntRange(0, 18).Draw(t, "scale")), true}
		default:
			return cell{finops.NewAmount(rapid.Int64Range(-1e9, 1e9).Draw(t, "coefficient"), rapid.IntRange(0, 12).Draw(t, "scale")), true}
		}
	})
}

func columnOf(cells []cell) *Amounts {
	return NewAmounts(len(cells), func(row int) (finops.Amount, bool) { return cells[row].amount, cells[row].known })
}

// given is a base column that is there already; nil = there is none.
func given(a *Amounts) func() (*Amounts, error) { return func() (*Amounts, error) { return a, nil } }

func requireCells(t require.TestingT, want []cell, got *Amounts) {
	require.Len(t, got.Values, len(want))
	for row, c := range want {
		amount, known := got.At(row)
		require.Equal(t, c.known, known, "row %d", row)
		if known {
			require.Zero(t, c.amount.Cmp(amount), "row %d: %s came back as %s", row, c.amount, amount)
		}
	}
}

func TestAmounts_DecodeWhatWasEncoded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(t, "rows")
		cells := rapid.SliceOfN(cellGenerator(), n, n).Draw(t, "cells")
		other := rapid.SliceOfN(cellGenerator(), n, n).Draw(t, "base")
		if rapid.Bool().Draw(t, "alike") { // like billed and effective cost
			copy(other, cells[:n/2])
		}
		column, base := columnOf(cells), columnOf(other)
		requireCells(t, cells, column)
		for _, b := range []*Amounts{nil, base, column} {
			data := EncodeAmounts(column, b)
			got, err := DecodeAmounts(make([]int64, n), data, given(b))
			require.NoError(t, err)
			require.Equal(t, column.Scale, got.Scale)
			requireCells(t, cells, got)
			_, err = DecodeAmounts(make([]int64, n+1), data, given(b))
			require.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
		}
	})
}

// TestAmounts_Scale leaves few amounts outside 64 bits, and none where there is a scale for all.
func TestAmounts_Scale(t *testing.T) {
	for name, c := range map[string]struct {
		texts []string
		scale int
		wide  int
	}{
		"Smallest":          {[]string{"1", "2.5", "0.125"}, 3, 0},
		"ZerosAreNoDigits":  {[]string{"9000000000000000000", "1.000"}, 0, 0},
		"OneDeepAmount":     {[]string{"744", "1000000", "0.5", "0.123456789012345678"}, 1, 1},
		"OneLargeAmount":    {[]string{"0.123456789012345678", "0.000000000000000001", "1000000"}, 18, 1},
		"LongZeros":         {[]string{"1.50000000000000000000", "0.00"}, 1, 0},
		"NothingFits":       {[]string{"0.1234567890123456789012345", "1e40"}, 18, 2},
		"NothingKnown":      {nil, 0, 0},
		"ClearOfTheMarkers": {[]string{"-9223372036854775806", "-9223372036854775807", "1"}, 0, 2},
	} {
		t.Run(name, func(t *testing.T) {
			cells := []cell{{}}
			for _, text := range c.texts {
				a, err := finops.ParseAmount([]byte(text))
				require.NoError(t, err)
				cells = append(cells, cell{a, true})
			}
			column := columnOf(cells)
			assert.Equal(t, c.scale, column.Scale)
			assert.Len(t, column.Wides, c.wide)
			requireCells(t, cells, column)
		})
	}
}

func TestJoin_KeepsEveryAmount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var parts []*Amounts
		var all []cell
		for range rapid.IntRange(0, 4).Draw(t, "parts") {
			cells := rapid.SliceOfN(cellGenerator(), 0, 20).Draw(t, "cells")
			part := columnOf(cells)
			if len(cells) > 0 && rapid.Bool().Draw(t, "word") {
				part.Values[0], cells[0] = Word, cell{}
				delete(part.Wides, 0)
			}
			parts, all = append(parts, part), append(all, cells...)
		}
		values := make([]int64, len(all))
		at := 0
		for _, part := range parts {
			into := values[at : at+len(part.Values)]
			copy(into, part.Values)
			part.Values = into
			at += len(into)
		}
		joined := Join(values, parts)
		requireCells(t, all, joined)
		for row, v := range joined.Values {
			_, wide := joined.Wides[row]
			require.Equal(t, v == Wide, wide)
		}
	})
}

func TestAmounts_Resemble(t *testing.T) {
	one := columnOf([]cell{{finops.NewAmount(1, 0), true}, {finops.NewAmount(2, 0), true}, {}})
	two := columnOf([]cell{{finops.NewAmount(1, 0), true}, {finops.NewAmount(3, 0), true}, {}})
	assert.True(t, one.Resemble(two))
	two.Values[2] = 7
	assert.False(t, one.Resemble(two), "one of three rows")
	assert.False(t, one.Resemble(columnOf([]cell{{finops.NewAmount(1, 0), true}, {finops.NewAmount(2, 0), true}, {finops.NewAmount(5, 1), true}})), "another scale")
	assert.False(t, one.Resemble(columnOf(nil)))
}

// TestAmounts_LongestAmounts keeps the longest amounts that a file may hold.
func TestAmounts_LongestAmounts(t *testing.T) {
	var cells []cell
	for _, text := range []string{"1e-96", "-1e96", "1e-76", "99999999999999999999999999999999999999999999999999e96"} {
		a, err := finops.ParseAmount([]byte(text))
		require.NoError(t, err)
		cells = append(cells, cell{a, true})
	}
	column := columnOf(cells)
	got, err := DecodeAmounts(make([]int64, len(cells)), EncodeAmounts(column, nil), nil)
	require.NoError(t, err)
	requireCells(t, cells, got)
}

func TestAmounts_BaseIsMissing(t *testing.T) {
	column := columnOf([]cell{{finops.NewAmount(15, 1), true}, {}})
	data := EncodeAmounts(column, column)
	_, err := DecodeAmounts(make([]int64, 2), data, nil)
	require.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
	_, err = DecodeAmounts(make([]int64, 2), data, given(columnOf([]cell{{}})))
	require.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
}

// TestDamage changes every byte of packed columns: what is read is an error or has the
// right number of rows.
func TestDamage(t *testing.T) {
	ids := EncodeIDs([]uint32{1, 2, 3, 500, 2, math.MaxUint32})
	wide, err := finops.ParseAmount([]byte("123456789012345678901234567890.5"))
	require.NoError(t, err)
	amounts := EncodeAmounts(columnOf([]cell{{wide, true}, {}, {finops.NewAmount(5, 3), true}}), nil)
	for _, data := range [][]byte{ids, amounts} {
		for i := range data {
			for bit := range 8 {
				broken := append([]byte(nil), data...)
				broken[i] ^= 1 << bit
				decodeAll(t, broken)
			}
			decodeAll(t, data[:i])
		}
	}
}

func decodeAll(t *testing.T, data []byte) {
	t.Helper()
	for _, n := range []int{0, 1, 3, 6} {
		if err := DecodeIDs(make([]uint32, n), data); err != nil {
			require.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
		}
		base := columnOf(make([]cell, n))
		for _, b := range []*Amounts{nil, base} {
			a, err := DecodeAmounts(make([]int64, n), data, given(b))
			if err != nil {
				require.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
				continue
			}
			require.Len(t, a.Values, n)
			for row := range n {
				amount, _ := a.At(row)
				_ = amount.String()
			}
		}
	}
}

// TestBomb decodes a blob that unpacks to more than the limit of 256 MiB: memory must stay bounded.
func TestBomb(t *testing.T) {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest))
	require.NoError(t, err)
	bomb := e.EncodeAll(make([]byte, 1<<28+1<<26), nil)
	require.NoError(t, e.Close())
	require.Less(t, len(bomb), 1<<20)
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(DecodeIDs(make([]uint32, 10), bomb)))
	_, err = DecodeAmounts(make([]int64, 10), bomb, nil)
	assert.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
	runtime.ReadMemStats(&after)
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(7<<28), "bytes allocated")
}

func FuzzDecodeIDs(f *testing.F) {
	f.Add(3, EncodeIDs([]uint32{7, 8, 900}), true)
	f.Add(0, EncodeIDs(nil), true)
	f.Add(2, []byte{2, 4}, false)
	f.Fuzz(func(t *testing.T, n int, data []byte, packed bool) {
		n &= 0xffff
		if !packed { // most changes to a packed blob only break its packing
			data = encoder().EncodeAll(data, nil)
		}
		ids := make([]uint32, n)
		if err := DecodeIDs(ids, data); err != nil {
			require.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
			return
		}
		again := make([]uint32, n)
		require.NoError(t, DecodeIDs(again, EncodeIDs(ids)))
		require.Equal(t, ids, again)
	})
}

func FuzzDecodeAmounts(f *testing.F) {
	wide, err := finops.ParseAmount([]byte("1234567890123456789012.75"))
	require.NoError(f, err)
	f.Add(2, EncodeAmounts(columnOf([]cell{{wide, true}, {}}), nil), true)
	f.Add(1, []byte{2, 0, 0, 8}, false)
	f.Add(1, []byte{2, 1, 1, 0, 3, '1', '.', '5', 8}, false)
	f.Fuzz(func(t *testing.T, n int, data []byte, packed bool) {
		n &= 0xffff
		if !packed {
			data = encoder().EncodeAll(data, nil)
		}
		for _, base := range []*Amounts{nil, columnOf(make([]cell, n))} {
			a, err := DecodeAmounts(make([]int64, n), data, given(base))
			if err != nil {
				require.Equal(t, finops.CodeCorrupt, finops.CodeOf(err))
				continue
			}
			cells := make([]cell, n)
			for row := range cells {
				cells[row].amount, cells[row].known = a.At(row)
			}
			got, err := DecodeAmounts(make([]int64, n), EncodeAmounts(a, base), given(base))
			require.NoError(t, err)
			requireCells(t, cells, got)
		}
	})
}
