package savings

import (
	"strings"
	"sync"
	"sync/atomic"
)

// azure spells one id in different cases.
const azure = "Microsoft Azure"

// spellings give all spellings of an id of a resource one number.
type spellings struct {
	values []*string
	canon  []uint32 // by number of ResourceId: number + 1 of the one that stands for it; 0 = not asked yet

	folding sync.Mutex
	first   map[string]uint32 // ResourceId in lower case → the first number that was asked for
}

func newSpellings(t *Table) *spellings {
	return &spellings{values: t.Values[atResource], canon: make([]uint32, len(t.Values[atResource])), first: map[string]uint32{}}
}

// fold is the number that stands for all spellings of an id.
func (s *spellings) fold(resource uint32) uint32 {
	if n := atomic.LoadUint32(&s.canon[resource]); n != 0 {
		return n - 1
	}
	text := strings.ToLower(deref(s.values[resource]))
	s.folding.Lock()
	defer s.folding.Unlock()
	first, seen := s.first[text]
	if !seen {
		first, s.first[text] = resource, resource
	}
	atomic.StoreUint32(&s.canon[resource], first+1)
	return first
}
