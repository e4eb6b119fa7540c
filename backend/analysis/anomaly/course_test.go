package anomaly

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

// TestCourse_EndsWithItsData asks for the course of a leaf whose data set ended long before the newest one: no days without data are drawn as free of cost.
func TestCourse_EndsWithItsData(t *testing.T) {
	const days, ended = 200, 80
	in := Input{First: finops.NewDay(2026, 1, 1), Sensitivity: Sensitivities["medium"]}
	in.AsOf = in.First + days - 1
	in.Sets = []DataSet{{Last: in.First + ended - 1}, {Last: in.AsOf}}
	for set, n := range []int{ended, days} {
		l := Leaf{Values: [4]string{"AWS", "1", "Functions", []string{"eu", "us"}[set]}, Currency: "USD", Set: set, Cost: make([]float64, n)}
		for day := range l.Cost {
			l.Cost[day] = 10
		}
		in.Leaves = append(in.Leaves, l)
	}
	last := func(node Node) finops.Day {
		course := Course(in, node, "USD")
		require.NotEmpty(t, course)
		return course[len(course)-1].Day
	}
	require.Equal(t, in.Sets[0].Last, last(LeafNode(in.Leaves[0].Values)))
	require.Equal(t, in.AsOf, last(LeafNode(in.Leaves[1].Values)))
	require.Equal(t, in.AsOf, last(LeafNode(in.Leaves[0].Values).up(subtrees[0])), "of a subtree, those of the data set that goes on")
}
