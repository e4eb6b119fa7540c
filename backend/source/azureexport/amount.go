package azureexport

import (
	"bytes"
	"math/big"
	"math/bits"

	"cloud-intelligence/backend/finops"
)

// number is an amount that may be unknown.
type number struct {
	amount finops.Amount
	known  bool
}

// readNumber reads a field; what is empty or no number is unknown. Azure writes no commas
// between thousands, so a comma can only be a decimal comma that a spreadsheet made, and
// reading it as a separator would be wrong by a factor of a thousand.
func readNumber(text []byte) number {
	if finops.IsNull(text) || bytes.IndexByte(text, ',') >= 0 {
		return number{}
	}
	a, err := finops.ParseAmount(text)
	return number{amount: a, known: err == nil}
}

func (n number) zero() bool { return n.known && n.amount.Sign() == 0 }

// times multiplies exactly; unknown if a factor is, or if the product has more digits
// than an amount may have.
func (n number) times(o number) number {
	if !n.known || !o.known {
		return number{}
	}
	a, okA := n.amount.Coef()
	b, okB := o.amount.Coef()
	scale := n.amount.Scale() + o.amount.Scale()
	if okA && okB && scale <= finops.MaxScale {
		hi, lo := bits.Mul64(magnitude(a), magnitude(b))
		if hi == 0 && lo < 1<<63 {
			p := int64(lo)
			if (a < 0) != (b < 0) {
				p = -p
			}
			for scale > 0 && p%10 == 0 {
				p, scale = p/10, scale-1
			}
			return number{amount: finops.NewAmount(p, scale), known: true}
		}
	}
	return n.timesBig(o)
}

func magnitude(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}

func (n number) timesBig(o number) number {
	a, scaleA := coefficient(n.amount)
	b, scaleB := coefficient(o.amount)
	product := a.Mul(a, b)
	scale := scaleA + scaleB
	ten, quotient, rest := big.NewInt(10), new(big.Int), new(big.Int)
	for scale > 0 {
		if quotient.QuoRem(product, ten, rest); rest.Sign() != 0 {
			break
		}
		product.Set(quotient)
		scale--
	}
	text := product.Append(nil, 10)
	text = append(text, 'e', '-')
	text = big.NewInt(int64(scale)).Append(text, 10)
	amount, err := finops.ParseAmount(text)
	return number{amount: amount, known: err == nil}
}

// coefficient reads the digits of an amount of any size.
func coefficient(a finops.Amount) (*big.Int, int) {
	if c, ok := a.Coef(); ok {
		return big.NewInt(c), a.Scale()
	}
	digits := bytes.ReplaceAll(a.Append(nil), []byte("."), nil)
	c, _ := new(big.Int).SetString(string(digits), 10) // an amount prints digits only
	return c, a.Scale()
}
