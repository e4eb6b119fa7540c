package finops_test

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"

	"cloud-intelligence/backend/finops"
)

func TestRoundHalfEven(t *testing.T) {
	for _, c := range []struct {
		r      *big.Rat
		places int
		want   string
	}{
		{big.NewRat(1, 8), 2, "0.12"}, {big.NewRat(3, 8), 2, "0.38"}, {big.NewRat(-1, 8), 2, "-0.12"}, {big.NewRat(-3, 8), 2, "-0.38"}, {big.NewRat(1, 3), 10, "0.3333333333"},
		{big.NewRat(2, 3), 4, "0.6667"}, {big.NewRat(5, 2), 0, "2"}, {big.NewRat(7, 2), 0, "4"}, {big.NewRat(100, 1), 2, "100"}, {big.NewRat(-1, 1000), 2, "0"}, {new(big.Rat), 3, "0"},
	} {
		assert.Equal(t, c.want, finops.RoundHalfEven(c.r, c.places), "%s at %d", c.r, c.places)
	}
}

func TestSum_Rat(t *testing.T) {
	var s finops.Sum
	for _, text := range []string{"1.5", "-0.000000000000000000001", "12345678901234567890"} {
		a, err := finops.ParseAmount([]byte(text))
		assert.NoError(t, err)
		s.Add(a)
	}
	want, _ := new(big.Rat).SetString("12345678901234567891.499999999999999999999")
	assert.Zero(t, want.Cmp(s.Rat()))
	_, ok := s.Units()
	assert.False(t, ok, "it has more decimals than units have")
	assert.Zero(t, new(big.Rat).Cmp(finops.Sum{}.Rat()))
}

func TestSum_Units(t *testing.T) {
	for _, text := range []string{"0", "1.5", "-12345678901.25", "0.000000000000000001"} {
		a, err := finops.ParseAmount([]byte(text))
		assert.NoError(t, err)
		var s finops.Sum
		s.Add(a)
		units, ok := s.Units()
		assert.True(t, ok, text)
		assert.Zero(t, s.Rat().Cmp(new(big.Rat).SetFrac(units, finops.UnitsPerOne())), text)
	}
}
