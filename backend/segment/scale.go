package segment

import (
	"math"
	"math/bits"
	"slices"

	"cloud-intelligence/backend/finops"
)

// maxScale is the largest scale of a column; amounts with more decimals are Wide.
const maxScale = 18

var pow10 = func() (p [maxScale + 1]uint64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = 10 * p[i-1]
	}
	return p
}()

// extent is the largest coefficient of a column by scale: enough to see whether every amount
// fits one scale, as nearly always.
type extent struct {
	most  [maxScale + 1]uint64
	scale int  // the largest
	long  bool // of an amount no coefficient of 64 bits is known
}

func (e *extent) add(coef int64, scale int) {
	size := uint64(coef)
	if coef < 0 {
		size = -size
	}
	e.most[scale] = max(e.most[scale], size)
	e.scale = max(e.scale, scale)
}

// fits reports whether every amount is a number of 64 bits at the largest scale.
func (e *extent) fits() bool {
	if e.long {
		return false
	}
	for scale, most := range e.most[:e.scale+1] {
		if hi, lo := bits.Mul64(most, pow10[e.scale-scale]); hi != 0 || lo >= math.MaxInt64-1 { // clear of the markers
			return false
		}
	}
	return true
}

// votes count, by scale, how many amounts begin and cease to fit it.
type votes [maxScale + 2]int

// add votes for all scales at which an amount fits into 64 bits.
func (v *votes) add(coef int64, scale int) {
	for scale > 0 && coef%10 == 0 {
		coef /= 10
		scale--
	}
	last := scale
	for last < maxScale && coef <= math.MaxInt64/10 && coef >= -math.MaxInt64/10 {
		coef *= 10
		last++
	}
	v[scale]++
	v[last+1]--
}

// best is the smallest scale that most amounts fit.
func (v *votes) best() (scale int) {
	fit, most := 0, 0
	for s, n := range v[:maxScale+1] {
		if fit += n; fit > most {
			scale, most = s, fit
		}
	}
	if most == 0 {
		return maxScale
	}
	return scale
}

// scaleOf chooses the scale of a column.
func scaleOf(n int, at func(row int) (finops.Amount, bool)) int {
	var e extent
	for row := range n {
		a, known := at(row)
		if !known {
			continue
		}
		coef, ok := a.Coef()
		if !ok || a.Scale() > maxScale {
			e.long = true
			continue
		}
		e.add(coef, a.Scale())
	}
	if e.fits() {
		return e.scale
	}
	var v votes
	for row := range n {
		a, known := at(row)
		if !known {
			continue
		}
		if coef, ok := a.Coef(); ok && a.Scale() <= maxScale {
			v.add(coef, a.Scale())
		} else if coef, ok := a.Rescale(maxScale); ok {
			v.add(coef, maxScale)
		}
	}
	return v.best()
}

// Join makes one column of columns that were unpacked into values, one behind the other, at a
// scale that leaves few amounts Wide. The columns are of no use any more.
func Join(values []int64, parts []*Amounts) *Amounts {
	scale, fits := joinedScale(parts)
	all := &Amounts{Scale: scale, Values: values}
	at := 0
	for _, p := range parts {
		all.join(at, p, fits)
		at += len(p.Values)
	}
	return all
}

// joinedScale chooses the scale of a joined column; fits says that every number of the columns
// is one of 64 bits at that scale, too.
func joinedScale(parts []*Amounts) (scale int, fits bool) {
	if !slices.ContainsFunc(parts, func(p *Amounts) bool { return p.Scale != parts[0].Scale }) {
		if len(parts) > 0 {
			scale = parts[0].Scale
		}
		return scale, true
	}
	var e extent
	for _, p := range parts {
		for _, v := range p.Values {
			if v > Word {
				e.add(v, p.Scale)
			}
		}
	}
	if e.fits() {
		return e.scale, true
	}
	var v votes
	for _, p := range parts {
		for _, coef := range p.Values {
			if coef > Word {
				v.add(coef, p.Scale)
			}
		}
	}
	return v.best(), false
}

// join brings the rows of a part, the first of which is at, to the scale of the column.
func (a *Amounts) join(at int, p *Amounts, fits bool) {
	if p.Scale != a.Scale {
		a.rescale(at, p, fits)
	}
	for row, w := range p.Wides {
		a.set(at+row, w)
	}
}

func (a *Amounts) rescale(at int, p *Amounts, fits bool) {
	for row, v := range p.Values {
		switch {
		case v <= Word:
		case fits:
			p.Values[row] = v * int64(pow10[a.Scale-p.Scale])
		default:
			a.set(at+row, finops.NewAmount(v, p.Scale))
		}
	}
}
