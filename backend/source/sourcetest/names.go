package sourcetest

import (
	"context"
	"errors"
	"io"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// RunNames checks that c can be asked what accounts are called, at a place that knows them as want, and asks only where a person has switched that
// on. Without files of the place Test is left out.
func RunNames(t *testing.T, c source.Connector, p Place, want []source.Account) {
	t.Helper()
	off := p
	p.Values = maps.Clone(p.Values)
	p.Values["account_names"] = "on"
	put(t, p, p.Files)
	names := func(p Place) (source.Connection, []source.Group) {
		connection := connect(t, c, p)
		groups, err := source.Groups(t.Context(), connection)
		require.NoError(t, err)
		var list []source.Group
		for _, g := range groups {
			if g.Holds == source.Names {
				list = append(list, g)
			}
		}
		return connection, list
	}
	_, none := names(off)
	assert.Empty(t, none, "nobody has switched the names on")
	assert.Greater(t, len(policyText(c, p)), len(policyText(c, off)), "asking for names must be allowed, too")

	now := p.Reach.Now()
	p.Reach.Now = func() time.Time { return now }
	connection, list := names(p)
	require.Len(t, list, 1)
	require.Len(t, list[0].Objects, 1)
	before := connection.Usage().Calls
	var text strings.Builder
	require.NoError(t, connection.Fetch(t.Context(), list[0].Objects[0], &text))
	assert.Greater(t, connection.Usage().Calls, before, "the calls must be counted")
	got, err := source.ReadNames(strings.NewReader(text.String()))
	require.NoError(t, err)
	assert.ElementsMatch(t, want, got)
	if len(p.Files) > 0 {
		steps := connection.Test(t.Context())
		assert.Contains(t, steps[len(steps)-1].Detail, "Names of "+source.Things(len(want), "account"))
	}
	_, same := names(p)
	p.Reach.Now = func() time.Time { return now.AddDate(0, 0, 1) }
	_, later := names(p)
	assert.Equal(t, list[0].State(), same[0].State(), "once a day")
	assert.NotEqual(t, list[0].State(), later[0].State())

	stop := errors.New("stopped")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(stop)
	assert.ErrorIs(t, connection.Fetch(ctx, list[0].Objects[0], io.Discard), stop)
	p.Values["account_names"] = "perhaps"
	_, err = c.Connect(p.Values, p.Reach)
	assert.Equal(t, finops.CodeInvalid, finops.CodeOf(err))
	assert.Contains(t, finops.MessageOf(err), "on or off")
}

func policyText(c source.Connector, p Place) string {
	var text strings.Builder
	for _, policy := range c.Policies(p.Values) {
		text.WriteString(policy.Text)
	}
	return text.String()
}
