package ingest

import (
	"encoding/binary"
	"slices"
)

// sketchSize is the number of hashes kept of a bill. The share of common charges of two
// bills is estimated from them with a standard error of about 1/√512 = 4 %.
const sketchSize = 512

// sketch keeps the smallest distinct hashes of the charges of a bill (bottom-k sketch;
// Cohen & Kaplan, "Summarizing data using bottom-k sketches", PODC 2007).
type sketch struct {
	hashes []uint64 // sorted once full
	limit  uint64   // hashes above cannot enter
}

func newSketch() *sketch { return &sketch{limit: 1<<64 - 1} }

func (s *sketch) add(h uint64) {
	if h > s.limit {
		return
	}
	s.hashes = append(s.hashes, h)
	if len(s.hashes) >= 4*sketchSize {
		s.shrink()
	}
}

func (s *sketch) shrink() {
	slices.Sort(s.hashes)
	s.hashes = slices.Compact(s.hashes)
	if len(s.hashes) >= sketchSize {
		s.hashes = s.hashes[:sketchSize]
		s.limit = s.hashes[sketchSize-1]
	}
}

func (s *sketch) merge(o *sketch) {
	for _, h := range o.hashes {
		s.add(h)
	}
}

func (s *sketch) encode() []byte {
	s.shrink()
	b := make([]byte, 0, len(s.hashes)*8)
	for _, h := range s.hashes {
		b = binary.LittleEndian.AppendUint64(b, h)
	}
	return b
}

func decodeSketch(b []byte) *sketch {
	s := newSketch()
	for ; len(b) >= 8; b = b[8:] {
		s.hashes = append(s.hashes, binary.LittleEndian.Uint64(b))
	}
	s.shrink()
	return s
}

// containedIn estimates the share (0..1) of the charges of s that o has too.
func (s *sketch) containedIn(o *sketch) float64 {
	s.shrink()
	o.shrink()
	seen, common := 0, 0
	for _, h := range s.hashes {
		if h > o.limit {
			break
		}
		seen++
		if _, ok := slices.BinarySearch(o.hashes, h); ok {
			common++
		}
	}
	if seen == 0 {
		return 0
	}
	return float64(common) / float64(seen)
}
