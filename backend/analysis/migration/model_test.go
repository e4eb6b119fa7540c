package migration_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/analysis/migration"
	"cloud-intelligence/backend/finops"
)

func modelOf(t testing.TB, text []byte) *migration.Model {
	t.Helper()
	p, err := migration.Decode(text, builtIn(t), today)
	require.NoError(t, err)
	m, err := migration.NewModel(t.Context(), p, builtIn(t), today, nil)
	require.NoError(t, err)
	return m
}

// asAssessed are the assumptions of a result.
func asAssessed(r *migration.Result) migration.Assumptions {
	w := r.Basis.Weights
	return migration.Assumptions{
		Weights: map[string]int{"cost": w.Cost, "services": w.Services, "compliance": w.Compliance, "performance": w.Performance}, Egress: 100, Labour: 100, Capital: r.Basis.WACCPct,
	}
}

func TestModel_WhatIfWithoutAChangeIsTheResult(t *testing.T) {
	for _, name := range profiles {
		m := modelOf(t, []byte(profileText(t, name)))
		r := m.Result()
		for _, o := range m.WhatIf(asAssessed(r)) {
			p := provider(t, r, o.Provider)
			assert.Equal(t, p.Monthly.Total.String(), o.Monthly.String(), "%s on %s", name, o.Provider)
			assert.Equal(t, p.OneOff.String(), o.OneOff.String())
			assert.Equal(t, p.NPV, o.NPV)
			assert.Equal(t, p.PaybackMonth, o.PaybackMonth)
			assert.Equal(t, p.Score.Total, o.Score)
		}
	}
}

func TestModel_WhatIfFollowsItsAssumptions(t *testing.T) {
	m := modelOf(t, []byte(profileText(t, "shop")))
	r := m.Result()
	base := asAssessed(r)
	before := m.WhatIf(base)
	require.NotEmpty(t, before)
	with := func(change func(a *migration.Assumptions)) []migration.Outcome {
		a := base
		change(&a)
		return m.WhatIf(a)
	}
	discounted := with(func(a *migration.Assumptions) { a.Discount = 10 })
	labour := with(func(a *migration.Assumptions) { a.Labour = 200 })
	egress := with(func(a *migration.Assumptions) { a.Egress = 0 })
	capital := with(func(a *migration.Assumptions) { a.Capital = finops.NewAmount(25, 0) })
	services := with(func(a *migration.Assumptions) {
		a.Weights = map[string]int{"cost": 0, "services": 100, "compliance": 0, "performance": 0}
	})
	for i, o := range before {
		assert.Negative(t, discounted[i].Monthly.Cmp(o.Monthly))
		assert.Equal(t, o.OneOff, discounted[i].OneOff, "a discount of the destination does not touch the move")
		if o.OneOff.Sign() > 0 { // the estate is not there today
			assert.Positive(t, labour[i].OneOff.Cmp(o.OneOff))
		}
		assert.Equal(t, o.Monthly, labour[i].Monthly)
		assert.LessOrEqual(t, egress[i].Monthly.Cmp(o.Monthly), 0)
		assert.NotEqual(t, o.NPV, capital[i].NPV)
		assert.Equal(t, provider(t, r, o.Provider).Score.Services, services[i].Score)
	}
	again := m.WhatIf(base)
	assert.Equal(t, before, again, "a question leaves nothing behind")
}

func TestModel_SaysHowFarItIsAndStops(t *testing.T) {
	p, err := migration.Decode(estate(100), builtIn(t), today)
	require.NoError(t, err)
	var progress []int
	ctx, cancel := context.WithCancel(t.Context())
	_, err = migration.NewModel(ctx, p, builtIn(t), today, func(done, all int) {
		require.Equal(t, 300, all)
		if progress = append(progress, done); done == 128 {
			cancel()
		}
	})
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, []int{64, 128}, progress)
}

// To reach: a slider answers in 100 ms.
func BenchmarkWhatIf500(b *testing.B) {
	m := modelOf(b, estate(500))
	a := asAssessed(m.Result())
	for n := 0; b.Loop(); n++ {
		a.Capital = finops.NewAmount(int64(n%30), 0)
		m.WhatIf(a)
	}
}
