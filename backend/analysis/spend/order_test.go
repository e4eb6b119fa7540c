package spend_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/spend"
)

func TestOrder_Rows(t *testing.T) {
	now := answer(t, map[string]string{"a": "6", "B": "3", "c": "1", "unknown": "?"})
	before := answer(t, map[string]string{"a": "5", "B": "9", "gone": "4", "unknown": "1"})
	named := func(key string) string { return map[string]string{"a": "Zephyr"}[key] }
	for name, c := range map[string]struct {
		order spend.Order
		want  string
	}{
		"highest cost": {spend.Order{}, "a B c unknown gone"},
		"lowest cost":  {spend.Order{Sort: spend.SortAmount, Up: true}, "c B a unknown gone"},
		"name":         {spend.Order{Sort: spend.SortName, Up: true}, "a B c unknown gone"},
		"name from Z":  {spend.Order{Sort: spend.SortName}, "unknown c B a gone"},
		"named":        {spend.Order{Sort: spend.SortName, Up: true, Name: named}, "B c unknown a gone"},
		"before":       {spend.Order{Sort: spend.SortBefore}, "B a gone unknown c"},
		"rose":         {spend.Order{Sort: spend.SortChange}, "a c gone B unknown"},
		"fell":         {spend.Order{Sort: spend.SortChange, Up: true}, "B gone a c unknown"},
		"share":        {spend.Order{Sort: spend.SortShare}, "a B c unknown gone"},
		"part":         {spend.Order{Sort: spend.SortPart}, "a B gone c unknown"},
		"lowest part":  {spend.Order{Sort: spend.SortPart, Up: true}, "gone B a c unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			var keys []string
			for _, r := range build(spend.Query{Currency: "USD", Order: c.order}, now, now, before).Rows {
				keys = append(keys, *r.Key)
			}
			assert.Equal(t, c.want, strings.Join(keys, " "))
		})
	}

	s := build(spend.Query{Currency: "USD", Top: 1, Order: spend.Order{Sort: spend.SortChange, Up: true}}, now, now, before)
	assert.Equal(t, []string{"B 3 (0.300000) 3 - 9 = -6"}, lines(s.Rows))
	alone := build(spend.Query{Currency: "USD", Top: 1, Order: spend.Order{Sort: spend.SortChange}}, now, nil, nil)
	assert.Equal(t, "a", *alone.Rows[0].Key, "without a comparison, by the cost")
	assert.Equal(t, "- 7 (0.700000) 7 - 10 = -2", line(s.Rest))
}

func TestParseSort(t *testing.T) {
	for text, want := range map[string]spend.Sort{"": spend.SortAmount, "Change": spend.SortChange} {
		got, err := spend.ParseSort(text)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	_, err := spend.ParseSort("size")
	require.Error(t, err)
}
