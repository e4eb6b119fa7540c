package source

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mark reports whether a character is invisible and no part of a value at whose beginning or
// end it stands: the byte order mark, which programs also write in the middle of files, the
// characters without width, the word joiner and the blank that does not break.
func mark(r rune) bool {
	switch r {
	case '\ufeff', '\u200b', '\u200c', '\u200d', '\u2060', '\u00a0':
		return true
	}
	return false
}

// TrimMarks takes invisible marks, and blanks beside them, off the ends of the fields. They
// come from joined files, editors and web pages: an account with a mark in front would be
// another account. Text without marks costs a search for their bytes in the whole batch.
func (b *Batch) TrimMarks() {
	if !hasMark(b.Buf) {
		return
	}
	for i := range b.Bounds {
		f := &b.Bounds[i]
		if f.End <= f.Start {
			continue
		}
		text := b.Buf[f.Start:f.End]
		if text[0] < utf8.RuneSelf && text[len(text)-1] < utf8.RuneSelf && text[0] > ' ' && text[len(text)-1] > ' ' {
			continue
		}
		left := bytes.TrimLeftFunc(text, markOrBlank)
		if end := bytes.TrimRightFunc(left, markOrBlank); len(end) < len(text) && (hasMark(text[:len(text)-len(left)]) || hasMark(left[len(end):])) {
			f.Start += uint32(len(text) - len(left))
			f.End = f.Start + uint32(len(end))
		}
	}
}

// hasMark looks for a mark, 32 bytes at a time where all of them are ASCII.
func hasMark(text []byte) bool {
	const high = 0x8080808080808080
	for i := 0; i < len(text); {
		for ; i+32 <= len(text); i += 32 {
			t := text[i : i+32]
			if (binary.LittleEndian.Uint64(t)|binary.LittleEndian.Uint64(t[8:])|binary.LittleEndian.Uint64(t[16:])|binary.LittleEndian.Uint64(t[24:]))&high != 0 {
				break
			}
		}
		for end := min(i+32, len(text)); i < end; i++ {
			if c := text[i]; c == 0xc2 || c == 0xe2 || c == 0xef { // what the marks begin with
				if r, _ := utf8.DecodeRune(text[i:]); mark(r) {
					return true
				}
			}
		}
	}
	return false
}

func markOrBlank(r rune) bool { return mark(r) || unicode.IsSpace(r) }

// TrimName takes blanks and invisible marks off the ends of the name of a column.
func TrimName(name string) string { return strings.TrimFunc(name, markOrBlank) }
