package ingest

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
)

// sketchSize is the number of hashes kept of the charges of a slice: of one day of a bill the
// share of common charges is estimated from them with a standard error of at most 6 %; of a bill,
// whose days are taken together, with a fraction of that.
const sketchSize = 64

// areaSize is the number of areas kept of a slice: pairs of a sub-account and a service.
const areaSize = 16

// sketch keeps the smallest distinct hashes of a set (bottom-k sketch; Cohen & Kaplan,
// "Summarizing data using bottom-k sketches", PODC 2007), each with a value: of charges, their
// identity with what they cost.
type sketch struct {
	marks []mark // sorted and distinct after shrink
	limit uint64 // hashes above are not known
}

type mark struct {
	hash  uint64
	value uint32 // of marks with one hash the values are added
}

func newSketch() *sketch { return &sketch{limit: math.MaxUint64} }

func (s *sketch) add(hash uint64, value uint32) {
	if hash > s.limit {
		return
	}
	s.marks = append(s.marks, mark{hash, value})
	if len(s.marks) >= 8*sketchSize {
		s.shrink(sketchSize)
	}
}

func (s *sketch) shrink(size int) {
	slices.SortFunc(s.marks, func(a, b mark) int { return cmp.Compare(a.hash, b.hash) })
	s.marks = compact(s.marks)
	if len(s.marks) >= size {
		s.marks = s.marks[:size]
		s.limit = s.marks[size-1].hash
	}
}

// compact adds marks with one hash to one.
func compact(sorted []mark) []mark {
	out := sorted[:0]
	for _, m := range sorted {
		if n := len(out); n > 0 && out[n-1].hash == m.hash {
			out[n-1].value += m.value
			continue
		}
		out = append(out, m)
	}
	return out
}

// encode keeps the smallest marks.
func (s *sketch) encode(size int) []byte {
	s.shrink(size)
	b := make([]byte, 0, len(s.marks)*markBytes)
	for _, m := range s.marks {
		b = binary.LittleEndian.AppendUint64(b, m.hash)
		b = binary.LittleEndian.AppendUint32(b, m.value)
	}
	return b
}

const markBytes = 12

func decodeSketch(b []byte, size int) *sketch {
	s := &sketch{limit: math.MaxUint64, marks: make([]mark, 0, len(b)/markBytes)}
	for ; len(b) >= markBytes; b = b[markBytes:] {
		s.marks = append(s.marks, mark{binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint32(b[8:])})
	}
	if len(s.marks) >= size {
		s.limit = s.marks[len(s.marks)-1].hash
	}
	return s
}

// union returns the sketch of several sets together. It keeps all that is known of it, not
// only the smallest hashes, and so estimates better than each of them.
func union(list []*sketch) *sketch {
	all := newSketch()
	n := 0
	for _, s := range list {
		all.limit = min(all.limit, s.limit)
		n += len(s.marks)
	}
	all.marks = make([]mark, 0, n)
	for _, s := range list {
		for _, m := range s.marks {
			if m.hash <= all.limit {
				all.marks = append(all.marks, m)
			}
		}
	}
	slices.SortFunc(all.marks, func(a, b mark) int { return cmp.Compare(a.hash, b.hash) })
	all.marks = compact(all.marks)
	return all
}

// containedIn estimates the share (0..1) of s that is in o too, and the share that is there with
// the same value. Both must have been encoded or made by union.
func (s *sketch) containedIn(o *sketch) (there, same float64) {
	limit := min(s.limit, o.limit)
	seen, common, equal, at := 0, 0, 0, 0
	for _, m := range s.marks {
		if m.hash > limit {
			break
		}
		seen++
		for at < len(o.marks) && o.marks[at].hash < m.hash {
			at++
		}
		if at < len(o.marks) && o.marks[at].hash == m.hash {
			common++
			if o.marks[at].value == m.value {
				equal++
			}
		}
	}
	if seen == 0 {
		return 0, 0
	}
	return float64(common) / float64(seen), float64(equal) / float64(seen)
}

// size estimates how many members the set has.
func (s *sketch) size() float64 {
	if s.limit == math.MaxUint64 || s.limit == 0 {
		return float64(len(s.marks))
	}
	return float64(len(s.marks)) * (math.MaxUint64 / float64(s.limit))
}
