package demo

import (
	"hash/fnv"
	"math/rand/v2"
)

// newChance returns the random source of one named thing. Every resource has its own, so that a larger fleet keeps
// the resources of the smaller one unchanged.
func newChance(seed uint64, name string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(name))
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// noise returns a per-mille factor within 1000 ± spread that depends on the resource and the day alone (splitmix64:
// a stored sequence per resource would cost memory for millions of lines).
func noise(seed uint64, day int, spread int64) int64 {
	if spread == 0 {
		return 1000
	}
	x := seed + uint64(day+1)*0x9E3779B97F4A7C15
	x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9
	x = (x ^ (x >> 27)) * 0x94D049BB133111EB
	x ^= x >> 31
	return 1000 - spread + int64(x%uint64(2*spread+1))
}

const hexDigits = "0123456789abcdef"
const skuDigits = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

func randomText(r *rand.Rand, digits string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = digits[r.IntN(len(digits))]
	}
	return string(b)
}

func randomHex(r *rand.Rand, n int) string { return randomText(r, hexDigits, n) }

// fixedText derives an identifier that belongs to the catalogue and not to the seed, such as a SKU id.
func fixedText(name, digits string, n int) string {
	return randomText(newChance(1, name), digits, n)
}
