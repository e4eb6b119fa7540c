package parquetfile

import (
	"encoding/binary"
	"math/big"
	"math/bits"
	"strconv"
	"strings"

	"cloud-intelligence/backend/finops"
)

// Fit finds the type that holds every value of a column exactly.
type Fit struct {
	spec   Spec
	whole  int // most digits before the point
	plain  []byte
	last   *string
	asText bool
	met    []bool // by place in the list of Cells
}

// NewFit begins for a column of the given name and kind.
func NewFit(name string, kind finops.Kind) *Fit {
	return &Fit{spec: Spec{Name: name, Kind: kind}, asText: kind != finops.KindDecimal && kind != finops.KindTime}
}

// Open reports whether more values can still change the answer.
func (f *Fit) Open() bool { return !f.asText }

// Add looks at a value. A nil, an empty text and words for "no value" are null, which fits
// every column.
func (f *Fit) Add(text *string) {
	if f.asText || text == nil || text == f.last {
		return
	}
	if f.last = text; isNull(*text) {
		return
	}
	if f.spec.Kind == finops.KindTime {
		_, ok := exactSecond(*text)
		f.asText = !ok
		return
	}
	f.plain = append(f.plain[:0], *text...)
	a, err := finops.ParseAmount(f.plain)
	if err != nil {
		f.asText = true
		return
	}
	f.addAmount(a)
}

// AddCells looks at the values of the rows of a column, whose Values are always the same list.
func (f *Fit) AddCells(rows int, cells Cells) {
	if len(f.met) < len(cells.Values) {
		f.met = make([]bool, len(cells.Values))
	}
	last := cells.None
	for row := range rows {
		if f.asText {
			return
		}
		if len(cells.Texts) > 0 {
			if text, ok := cells.Texts[row]; ok {
				f.Add(text)
				continue
			}
		}
		switch {
		case cells.Rows != nil:
			f.Add(cells.Rows[row])
		case cells.Amounts != nil:
			if v := cells.Amounts[row]; v != last && v != cells.None {
				last = v
				f.addAmount(finops.Unpack(v))
			}
		default:
			if id := cells.IDs[row]; !f.met[id] {
				f.met[id] = true
				f.Add(cells.Values[id])
			}
		}
	}
}

// Merge takes over what another Fit of the column has looked at.
func (f *Fit) Merge(other *Fit) {
	f.whole, f.spec.Scale = max(f.whole, other.whole), max(f.spec.Scale, other.spec.Scale)
	f.asText = f.asText || other.asText || (f.spec.Kind == finops.KindDecimal && f.whole+f.spec.Scale > Precision)
}

func isNull(text string) bool { return len(text) <= 4 && finops.IsNull([]byte(text)) }

func (f *Fit) addAmount(a finops.Amount) {
	f.whole = max(f.whole, digitsOf(a)-a.Scale())
	f.spec.Scale = max(f.spec.Scale, a.Scale())
	f.asText = f.whole+f.spec.Scale > Precision
}

// Spec returns the column with the type found.
func (f *Fit) Spec() Spec {
	if f.asText {
		return Spec{Name: f.spec.Name, Kind: finops.KindText}
	}
	return f.spec
}

func digitsOf(a finops.Amount) int {
	if coef, ok := a.Coef(); ok {
		var buf [20]byte
		return len(strconv.AppendUint(buf[:0], magnitude(coef), 10))
	}
	return len(strings.Trim(strings.Replace(a.String(), ".", "", 1), "-"))
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// tens are the powers of ten that fit into 64 bits.
var tens = func() (t [20]uint64) {
	t[0] = 1
	for i := 1; i < len(t); i++ {
		t[i] = t[i-1] * 10
	}
	return t
}()

// appendFixed appends an amount as a big-endian number of 16 bytes in two's complement;
// ok is false if it has more decimals or digits than the column.
func appendFixed(dst, text []byte, scale int) (_ []byte, ok bool) {
	coef, decimals, ok := finops.ParsePlain(text)
	var a finops.Amount
	if ok {
		a = finops.NewAmount(coef, int(decimals))
	} else {
		var err error
		if a, err = finops.ParseAmount(text); err != nil {
			return dst, false
		}
		coef, ok = a.Coef()
	}
	up := scale - a.Scale()
	if up < 0 {
		return dst, false
	}
	if !ok || up >= len(tens) {
		return appendFixedBig(dst, a, up)
	}
	hi, lo := bits.Mul64(magnitude(coef), tens[up])
	if hi > 1<<62 { // 2^126, below 10^38
		return appendFixedBig(dst, a, up)
	}
	if coef < 0 {
		var borrow uint64
		lo, borrow = bits.Sub64(0, lo, 0)
		hi = -hi - borrow
	}
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(dst, hi), lo), true
}

// appendFixedBig does the same for numbers that need more than 64 bits on the way.
func appendFixedBig(dst []byte, a finops.Amount, up int) ([]byte, bool) {
	n, ok := new(big.Int).SetString(strings.Replace(a.String(), ".", "", 1), 10)
	if !ok {
		return dst, false
	}
	n.Mul(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(up)), nil))
	if len(new(big.Int).Abs(n).String()) > Precision {
		return dst, false
	}
	if n.Sign() < 0 {
		n.Add(n, new(big.Int).Lsh(big.NewInt(1), 8*decimalBytes))
	}
	var fixed [decimalBytes]byte
	return append(dst, n.FillBytes(fixed[:])...), true
}

// exactSecond reads a time that a timestamp holds as well as its text does: no fraction
// of a second, and no name of a time zone that means different things in different
// places.
func exactSecond(text string) (seconds int64, ok bool) {
	if seconds, ok = finops.ParseTime([]byte(text)); !ok {
		return 0, false
	}
	for i := 0; i < len(text); {
		c := text[i]
		end := i + 1
		switch {
		case c == '.' || c == ',':
			for end < len(text) && isDigit(text[end]) {
				if text[end] != '0' {
					return 0, false
				}
				end++
			}
		case isLetter(c):
			for end < len(text) && isLetter(text[end]) {
				end++
			}
			switch text[i:end] {
			case "T", "Z", "UTC", "GMT", "AM", "PM":
			default:
				return 0, false
			}
		}
		i = end
	}
	return seconds, true
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isLetter(c byte) bool { return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }
