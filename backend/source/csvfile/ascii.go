package csvfile

import (
	"encoding/binary"
	"unicode/utf8"
)

// asciiPrefix returns how many bytes at the start of text are ASCII.
func asciiPrefix(text []byte) int {
	i := 0
	for ; i+32 <= len(text); i += 32 {
		t := text[i : i+32]
		if (binary.LittleEndian.Uint64(t)|binary.LittleEndian.Uint64(t[8:])|binary.LittleEndian.Uint64(t[16:])|binary.LittleEndian.Uint64(t[24:]))&high != 0 {
			break
		}
	}
	for i < len(text) && text[i] < utf8.RuneSelf {
		i++
	}
	return i
}
