package service

import (
	"testing"

	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/anomaly"
	"cloud-intelligence/backend/demo"
)

// TestAnomalies_FindsWhatIsPlantedInTheDemoClient asks for the place, the kind and the days of each story, and that none of them is found twice.
func TestAnomalies_FindsWhatIsPlantedInTheDemoClient(t *testing.T) {
	long(t)
	dir := t.TempDir()
	options := demo.Options{Lines: 10_000, Months: 8}
	_, err := demo.Write(t.Context(), dir, options)
	require.NoError(t, err)
	stories, err := demo.Stories(options)
	require.NoError(t, err)
	require.Len(t, stories, 2)
	w := newWorkspace(t)
	load(t, w, dir)
	found := findAnomalies(t, w, AnomalyQuestion{})
	for _, story := range stories {
		n := 0
		for i := range found {
			a := &found[i]
			node := a.Node
			if node.Values[0] != story.Provider || node.Values[1] != story.Account || node.Values[2] != story.Service || a.Off < 0 || a.Last.String() < story.First || a.First.String() > story.Last {
				continue
			}
			n++
			require.Equal(t, anomaly.Spike, a.Kind, "%+v", story)
			require.Equal(t, []string{story.First, story.Last}, []string{a.First.String(), a.Last.String()}, "%+v", story)
			if story.Region != "" {
				require.Equal(t, story.Region, node.Values[3], "%+v", story)
			}
		}
		require.Equal(t, 1, n, "%+v", story)
	}
}
