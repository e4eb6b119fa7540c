package heap_test

import (
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/assert"

	"cloud-intelligence/backend/platform/heap"
)

func TestSpare_HoldsUntilTheLastEnds(t *testing.T) {
	percent := func() int {
		now := debug.SetGCPercent(100)
		debug.SetGCPercent(now)
		return now
	}
	usual := percent()
	first := heap.Spare(heap.Tightly)
	second := heap.Spare(heap.Usual)
	spared := percent()
	assert.Equal(t, heap.Tightly, spared, "the smallest holds")
	first()
	first()
	assert.Equal(t, spared, percent())
	second()
	assert.Equal(t, usual, percent())
}
