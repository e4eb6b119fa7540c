package engine

import (
	"maps"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestScanAll_ByPeriod: rows that come period by period are added in a flat array for each period, on all cores, and give what hashing gives.
func TestScanAll_ByPeriod(t *testing.T) {
	const rows, periods, groups = 1 << 17, 300, 500
	random := rand.New(rand.NewPCG(7, 1))
	day := keyPlan{ids: make([]uint32, rows), part: make([]uint32, periods), size: periods, whole: true, rises: true}
	for i := range day.part {
		day.part[i] = uint32(i)
	}
	other := keyPlan{ids: make([]uint32, rows), part: make([]uint32, groups), size: groups}
	for i := range other.part {
		other.part[i] = uint32(i)
	}
	other.part[3] = skip
	cost := &column{values: make([]int64, rows)}
	for row := range rows {
		day.ids[row] = uint32(row * (periods - 1) / rows)
		if row > rows/3 && row < 2*rows/3 {
			day.ids[row] = day.ids[rows/3] // a long period over the boundary of two parts
		}
		other.ids[row] = uint32(random.IntN(groups))
		cost.values[row] = int64(random.IntN(2000) - 1000)
	}
	p := &plan{n: rows, to: rows, keys: []keyPlan{day, other}, amounts: []*column{cost}, product: periods * groups}
	require.NotZero(t, p.span())
	near := sumsByNumber(t, p)

	p.keys[0].rises = false
	require.Zero(t, p.span())
	require.True(t, maps.Equal(sumsByNumber(t, p), near))
}

// sumsByNumber lists lines and sums of each group, each of which may be there only once.
func sumsByNumber(t *testing.T, p *plan) map[uint64][2]any {
	t.Helper()
	sums, err := scanAll(t.Context(), p)
	require.NoError(t, err)
	require.False(t, sums.dense)
	list := map[uint64][2]any{}
	for slot := range sums.slots() {
		n := sums.number(slot)
		_, twice := list[n]
		require.False(t, twice, n)
		list[n] = [2]any{sums.lines[slot], sums.sum(0, uint32(slot)).String()}
	}
	return list
}
