package migration

import (
	"cmp"
	"math/big"
	"strconv"

	"cloud-intelligence/backend/finops"
)

// decimals is how many decimals an amount of a line and component is rounded to.
const decimals = 6

func whole(n int) *big.Rat { return new(big.Rat).SetInt64(int64(n)) }

func fraction(a, b int64) *big.Rat { return big.NewRat(a, b) }

var powers = func() (list [19]int64) {
	list[0] = 1
	for i := 1; i < len(list); i++ {
		list[i] = list[i-1] * 10
	}
	return list
}()

// rat is an amount as a fraction.
func rat(a finops.Amount) *big.Rat {
	if coef, ok := a.Coef(); ok && a.Scale() < len(powers) {
		return big.NewRat(coef, powers[a.Scale()])
	}
	var s finops.Sum
	s.Add(a)
	return s.Rat()
}

func add(list ...*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for _, r := range list {
		sum.Add(sum, r)
	}
	return sum
}

func sub(a, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }

func mul(list ...*big.Rat) *big.Rat {
	product := whole(1)
	for _, r := range list {
		product.Mul(product, r)
	}
	return product
}

// quo is a ÷ b; b is not 0.
func quo(a, b *big.Rat) *big.Rat { return new(big.Rat).Quo(a, b) }

func maxOf(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) < 0 {
		return b
	}
	return a
}

func minOf(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) > 0 {
		return b
	}
	return a
}

// percent is a percentage as a fraction.
func percent(a finops.Amount) *big.Rat { return quo(rat(a), whole(100)) }

// growthOf is 1 + a percentage.
func growthOf(a finops.Amount) *big.Rat { return add(whole(1), percent(a)) }

// rounded is a fraction as money: six decimals, half to even.
func rounded(r *big.Rat) finops.Amount {
	a, _ := finops.ParseAmount([]byte(finops.RoundHalfEven(r, decimals))) // what was printed can be read
	return a
}

func total(list ...finops.Amount) finops.Amount {
	var s finops.Sum
	for _, a := range list {
		s.Add(a)
	}
	return s.Amount()
}

// floor is the largest whole number that is not above r.
func floor(r *big.Rat) int {
	q := new(big.Int).Div(r.Num(), r.Denom()) // Euclidean: the denominator is positive
	return int(q.Int64())
}

func ceil(r *big.Rat) int { return -floor(new(big.Rat).Neg(r)) }

// Tenth is a number with one decimal: a part of a score or a number of months.
type Tenth int64

// tenth rounds half up.
func tenth(r *big.Rat) Tenth { return Tenth(floor(add(mul(r, whole(10)), fraction(1, 2)))) }

func (t Tenth) rat() *big.Rat { return big.NewRat(int64(t), 10) }

// String prints the one decimal.
func (t Tenth) String() string { return finops.NewAmount(int64(t), 1).String() }

// MarshalJSON prints a JSON number.
func (t Tenth) MarshalJSON() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalJSON reads what MarshalJSON printed.
func (t *Tenth) UnmarshalJSON(text []byte) error {
	a, err := finops.ParseAmount(text)
	if err != nil {
		return err
	}
	coef, ok := a.Rescale(1)
	if !ok {
		return finops.Errorf(finops.CodeInvalid, "%s has more than one decimal", text)
	}
	*t = Tenth(coef)
	return nil
}

// Decimal is a number that is no money, with at most four decimals.
type Decimal string

// decimalOf rounds half to even.
func decimalOf(r *big.Rat) Decimal { return Decimal(finops.RoundHalfEven(r, 4)) }

// MarshalJSON prints a JSON number.
func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(cmp.Or(d, "0")), nil }

// UnmarshalJSON reads what MarshalJSON printed.
func (d *Decimal) UnmarshalJSON(text []byte) error {
	*d = Decimal(text)
	return nil
}

// growthDecimals is how exact a factor is that is a root.
const growthDecimals = 40

// unit is 1 of a number with growthDecimals.
var unit = new(big.Int).Exp(big.NewInt(10), big.NewInt(growthDecimals), nil)

// monthly is yearly^(month/12) for the months 0 to n−1, in units of 10^−40; yearly is above 0.
func monthly(yearly *big.Rat, n int) []*big.Int {
	// The root has 20 decimals more than the result, so that 60 products do not lose any of it.
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(growthDecimals+20), nil)
	power := new(big.Int).Exp(scale, big.NewInt(12), nil)
	root := twelfthRoot(power.Div(power.Mul(power, yearly.Num()), yearly.Denom()))
	list := make([]*big.Int, n)
	factor := new(big.Int).Set(scale)
	extra := new(big.Int).Div(scale, unit)
	for m := range list {
		if m > 0 && m%12 == 0 { // whole years are exact
			exact := new(big.Rat).SetInt(scale)
			for range m / 12 {
				exact.Mul(exact, yearly)
			}
			factor.Div(exact.Num(), exact.Denom())
		}
		list[m] = new(big.Int).Div(factor, extra)
		factor.Div(factor.Mul(factor, root), scale)
	}
	return list
}

// twelfthRoot is the largest whole number whose twelfth power is not above v, by Newton's method.
func twelfthRoot(v *big.Int) *big.Int {
	twelve, eleven := big.NewInt(12), big.NewInt(11)
	x := new(big.Int).Lsh(big.NewInt(1), uint(v.BitLen()/12+1)) // not below the root
	for {
		y := new(big.Int).Exp(x, eleven, nil)
		y.Div(v, y)
		y.Add(y, new(big.Int).Mul(x, eleven)).Div(y, twelve)
		if y.Cmp(x) >= 0 {
			return x
		}
		x = y
	}
}

func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}
