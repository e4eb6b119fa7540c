package parquetfile

import (
	"bytes"
	"encoding/hex"
	"math"
	"math/big"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"cloud-intelligence/backend/finops"
)

// appender prints a value that is not null.
type appender func(dst []byte, v parquet.Value) []byte

// leafFormat is how the values of a leaf column are printed. quoted says that JSON
// needs quotes around the text, raw that it is JSON already.
type leafFormat struct {
	append appender
	quoted bool
	raw    bool
}

const maxDecimalBytes = 40 // 96 digits

func formatOf(t parquet.Type) (leafFormat, error) {
	var logical format.LogicalTypeValue
	if l := t.LogicalType(); l != nil {
		logical = l.Value
	}
	switch l := logical.(type) {
	case *format.DecimalType:
		return decimalFormat(t.Kind(), l.Scale)
	case *format.DateType:
		return leafFormat{append: appendDate, quoted: true}, nil
	case *format.TimestampType:
		per := unitsPerSecond(l.Unit)
		return leafFormat{append: func(dst []byte, v parquet.Value) []byte {
			return appendUnits(dst, v.Int64(), per)
		}, quoted: true}, nil
	case *format.TimeType:
		per := unitsPerSecond(l.Unit)
		return leafFormat{append: func(dst []byte, v parquet.Value) []byte {
			return appendClock(dst, integer(v), per)
		}, quoted: true}, nil
	case *format.IntType:
		if !l.IsSigned {
			return leafFormat{append: appendUnsigned}, nil
		}
	case *format.UUIDType:
		return leafFormat{append: appendUUID, quoted: true}, nil
	case *format.JsonType:
		return leafFormat{append: appendBytes, raw: true}, nil
	case *format.Float16Type:
		return leafFormat{append: appendFloat16}, nil
	}
	return physicalFormat(t.Kind()), nil
}

func physicalFormat(k parquet.Kind) leafFormat {
	switch k {
	case parquet.Boolean:
		return leafFormat{append: func(dst []byte, v parquet.Value) []byte { return strconv.AppendBool(dst, v.Boolean()) }}
	case parquet.Int32, parquet.Int64:
		return leafFormat{append: func(dst []byte, v parquet.Value) []byte { return strconv.AppendInt(dst, integer(v), 10) }}
	case parquet.Int96:
		return leafFormat{append: appendInt96, quoted: true}
	case parquet.Float:
		return leafFormat{append: func(dst []byte, v parquet.Value) []byte { return appendFloat(dst, float64(v.Float()), 32) }}
	case parquet.Double:
		return leafFormat{append: func(dst []byte, v parquet.Value) []byte { return appendFloat(dst, v.Double(), 64) }}
	}
	return leafFormat{append: appendBytes, quoted: true}
}

func integer(v parquet.Value) int64 {
	if v.Kind() == parquet.Int32 {
		return int64(v.Int32())
	}
	return v.Int64()
}

func appendUnsigned(dst []byte, v parquet.Value) []byte {
	if v.Kind() == parquet.Int32 {
		return strconv.AppendUint(dst, uint64(v.Uint32()), 10)
	}
	return strconv.AppendUint(dst, v.Uint64(), 10)
}

func appendBytes(dst []byte, v parquet.Value) []byte {
	b := v.ByteArray()
	if utf8.Valid(b) {
		return append(dst, b...)
	}
	return append(dst, bytes.ToValidUTF8(b, []byte("\ufffd"))...)
}

func appendUUID(dst []byte, v parquet.Value) []byte {
	b := v.ByteArray()
	if len(b) != 16 {
		return hex.AppendEncode(dst, b)
	}
	for i, part := range [][]byte{b[:4], b[4:6], b[6:8], b[8:10], b[10:]} {
		if i > 0 {
			dst = append(dst, '-')
		}
		dst = hex.AppendEncode(dst, part)
	}
	return dst
}

// appendFloat prints the shortest text that reads back as f: without an exponent
// unless it would add more than 20 zeros.
func appendFloat(dst []byte, f float64, bits int) []byte {
	verb := byte('f')
	if a := math.Abs(f); a != 0 && (a < 1e-20 || a >= 1e21) && !math.IsInf(f, 0) {
		verb = 'e'
	}
	return strconv.AppendFloat(dst, f, verb, -1, bits)
}

func appendFloat16(dst []byte, v parquet.Value) []byte {
	b := v.ByteArray()
	if len(b) != 2 {
		return hex.AppendEncode(dst, b)
	}
	u := uint16(b[0]) | uint16(b[1])<<8
	exponent, fraction := int(u>>10&31), float64(u&1023)
	f := math.Ldexp(fraction, -24)
	switch {
	case exponent == 31 && fraction != 0:
		f = math.NaN()
	case exponent == 31:
		f = math.Inf(1)
	case exponent > 0:
		f = math.Ldexp(1024+fraction, exponent-25)
	}
	if u>>15 != 0 {
		f = -f
	}
	return appendFloat(dst, f, 32)
}

func decimalFormat(k parquet.Kind, scale int32) (leafFormat, error) {
	if scale < 0 || scale > finops.MaxScale {
		return leafFormat{}, finops.Errorf(finops.CodeInvalid, "a decimal column claims %d decimals", scale)
	}
	if k == parquet.Int32 || k == parquet.Int64 {
		return leafFormat{append: func(dst []byte, v parquet.Value) []byte {
			return appendScaled(dst, integer(v), int(scale))
		}}, nil
	}
	return leafFormat{append: func(dst []byte, v parquet.Value) []byte {
		return appendDecimal(dst, v.ByteArray(), int(scale))
	}}, nil
}

// appendScaled prints coef × 10^−scale without the zeros that only the type of the column
// adds: the ledger packs a short number, and 1.5 is 1.5 in a column of 15 decimals.
func appendScaled(dst []byte, coef int64, scale int) []byte {
	for scale > 0 && coef%10 == 0 {
		coef, scale = coef/10, scale-1
		if coef == 0 {
			scale = 0
		}
	}
	return finops.NewAmount(coef, scale).Append(dst)
}

// small reads a big-endian number in two's complement, if it fits into 64 bits.
func small(b []byte) (n int64, ok bool) {
	if len(b) == 0 {
		return 0, true
	}
	sign := int64(int8(b[0])) >> 7
	for ; len(b) > 8; b = b[1:] {
		if b[0] != byte(sign) {
			return 0, false
		}
	}
	n = int64(int8(b[0]))
	for _, c := range b[1:] {
		n = n<<8 | int64(c)
	}
	return n, n>>63 == sign
}

// appendDecimal prints a big-endian number in two's complement.
func appendDecimal(dst, b []byte, scale int) []byte {
	if n, ok := small(b); ok {
		return appendScaled(dst, n, scale)
	}
	if len(b) > maxDecimalBytes {
		if c := b[0]; c == 0 || c == 0xff {
			for len(b) > 1 && b[0] == c && b[1]>>7 == c>>7 {
				b = b[1:]
			}
		}
		if len(b) > maxDecimalBytes {
			return hex.AppendEncode(append(dst, "0x"...), b)
		}
	}
	n := new(big.Int).SetBytes(b)
	if b[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	if n.Sign() < 0 {
		dst = append(dst, '-')
		n.Neg(n)
	}
	digits := n.Append(nil, 10)
	for scale > 0 && digits[len(digits)-1] == '0' { // not zero: that is small
		digits, scale = digits[:len(digits)-1], scale-1
	}
	for len(digits) <= scale {
		digits = append([]byte{'0'}, digits...)
	}
	whole := len(digits) - scale
	dst = append(dst, digits[:whole]...)
	if scale > 0 {
		dst = append(append(dst, '.'), digits[whole:]...)
	}
	return dst
}

func unitsPerSecond(u format.TimeUnit) int64 {
	switch u.Value.(type) {
	case *format.MilliSeconds:
		return 1e3
	case *format.MicroSeconds:
		return 1e6
	}
	return 1e9
}

// split divides n units into whole seconds, rounded down, and nanoseconds.
func split(n, perSecond int64) (seconds, nanos int64) {
	seconds, rest := n/perSecond, n%perSecond
	if rest < 0 {
		seconds, rest = seconds-1, rest+perSecond
	}
	return seconds, rest * (1e9 / perSecond)
}

func appendUnits(dst []byte, n, perSecond int64) []byte {
	seconds, nanos := split(n, perSecond)
	return appendTime(dst, seconds, nanos)
}

func appendDate(dst []byte, v parquet.Value) []byte {
	return appendTime(dst, integer(v)*86400, 0)
}

const julianUnixEpoch = 2440588 // the Julian day of 1970-01-01

func appendInt96(dst []byte, v parquet.Value) []byte {
	n := v.Int96()
	seconds, nanos := split(int64(uint64(n[1])<<32|uint64(n[0])), 1e9)
	return appendTime(dst, (int64(n[2])-julianUnixEpoch)*86400+seconds, nanos)
}

// appendTime prints a time in UTC, with a fraction only where it is not zero.
func appendTime(dst []byte, seconds, nanos int64) []byte {
	t := time.Unix(seconds, 0).UTC()
	year, month, day := t.Date()
	if year < 0 || year > 9999 {
		return strconv.AppendInt(dst, seconds, 10)
	}
	dst = append(appendPair(appendPair(dst, year/100), year%100), '-')
	dst = append(appendPair(dst, int(month)), '-')
	dst = append(appendPair(dst, day), 'T')
	h, m, s := t.Clock()
	dst = append(appendPair(dst, h), ':')
	dst = append(appendPair(dst, m), ':')
	return append(appendFraction(appendPair(dst, s), nanos), 'Z')
}

func appendPair(dst []byte, n int) []byte { return append(dst, byte('0'+n/10), byte('0'+n%10)) }

func appendFraction(dst []byte, nanos int64) []byte {
	if nanos == 0 {
		return dst
	}
	dst = append(dst, '.')
	for unit := int64(1e8); nanos > 0; unit /= 10 {
		dst = append(dst, byte('0'+nanos/unit))
		nanos %= unit
	}
	return dst
}

// appendClock prints a time of day.
func appendClock(dst []byte, n, perSecond int64) []byte {
	seconds, nanos := split(n, perSecond)
	if seconds < 0 || seconds >= 86400 {
		return strconv.AppendInt(dst, n, 10)
	}
	dst = append(appendPair(dst, int(seconds/3600)), ':')
	dst = append(appendPair(dst, int(seconds/60%60)), ':')
	return appendFraction(appendPair(dst, int(seconds%60)), nanos)
}
