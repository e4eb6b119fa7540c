package service

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// windowFile writes hourly charges of one resource, from one hour of May to another.
func windowFile(t *testing.T, name string, from, to int, cost string) string {
	t.Helper()
	table := newTable("SkuId")
	at := func(hour int) string { return fmt.Sprintf("2026-05-%02dT%02d:00:00Z", 1+hour/24, hour%24) }
	for hour := from; hour < to; hour++ {
		table.line("ResourceId", "i-1", "SkuId", "sku-1", "ChargePeriodStart", at(hour), "ChargePeriodEnd", at(hour+1), "BilledCost", cost, "EffectiveCost", cost)
	}
	return table.file(t, name)
}

// TestWindows_ThatShareAPartOfADay imports windows of which one begins in the middle of the last
// day of the other.
func TestWindows_ThatShareAPartOfADay(t *testing.T) {
	first, second := windowFile(t, "first week.csv", 0, 120, "1"), windowFile(t, "second week.csv", 110, 240, "1")
	for _, order := range [][]string{{first, second}, {second, first}} {
		w := newWorkspace(t)
		load(t, w, order[0])
		load(t, w, order[1])
		require.Equal(t, "240 240", billed(t, w))
	}
	w := newWorkspace(t)
	load(t, w, first, second)
	require.Equal(t, "240 240", billed(t, w))
}
