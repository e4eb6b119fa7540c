// Package heap keeps the memory of long work small.
package heap

import (
	"runtime/debug"
	"sync"
)

// By how many percent the heap may grow before garbage is collected.
const (
	Usual   = 50 // of work that makes much garbage, such as an import
	Tightly = 25 // of work that holds much and makes little
)

var (
	mu     sync.Mutex
	users  int
	before int // what held without them
)

// Spare collects garbage as soon as the heap has grown by so many percent, until the function that it returns is called, which may
// be called again. Of several at a time the smallest percentage holds until the last has ended. It is for work of whose memory
// little stays: collecting sooner costs little time then, and takes a third off the peak.
func Spare(percent int) (end func()) {
	mu.Lock()
	defer mu.Unlock()
	now := debug.SetGCPercent(percent)
	if users == 0 {
		before = now
	} else if now < percent {
		debug.SetGCPercent(now)
	}
	users++
	return sync.OnceFunc(func() {
		mu.Lock()
		defer mu.Unlock()
		if users--; users == 0 {
			debug.SetGCPercent(before)
		}
	})
}
