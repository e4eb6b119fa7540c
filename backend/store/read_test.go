package store_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/store"
)

func TestEachRollup_PartsAreTheWholeInOrder(t *testing.T) {
	db := create(t)
	t.Cleanup(func() { closed(t, db) })
	read := func(parts int) [][]int64 {
		lists := make([][]int64, parts)
		require.NoError(t, db.EachRollup(t.Context(), parts, 0, func(part int, r store.RollupRow, amounts *[store.CostCount]int64, _ *[store.CostCount]string) {
			if r.Bill != 1 || amounts[1] != store.NoAmount {
				t.Errorf("the cell is of bill %d and has a second amount of %d", r.Bill, amounts[1])
			}
			lists[part] = append(lists[part], amounts[0])
		}))
		return lists
	}
	require.Empty(t, slices.Concat(read(3)...))
	const cells = 210_000 // what two readers are not enough for
	require.NoError(t, db.FillRollup(t.Context(), cells))
	for _, parts := range []int{1, 2, 3} {
		lists := read(parts)
		for _, list := range lists {
			require.NotEmpty(t, list)
		}
		all := slices.Concat(lists...)
		require.Len(t, all, cells)
		for i, v := range all {
			if v != int64(i) {
				require.Equal(t, i, v, "in the order in which they were written")
			}
		}
	}
}
