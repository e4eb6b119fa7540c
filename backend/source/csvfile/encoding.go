package csvfile

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// reading is how the bytes of a field were made text.
type reading uint8

const (
	readUTF8   reading = iota
	readANSI           // as Windows-1252
	readBroken         // as UTF-8, with U+FFFD for what is cut off
)

// ansi is Windows-1252, in which Excel writes its "CSV" in Western Europe and America.
var ansi = func() (table [256]rune) {
	for c := range table {
		table[c] = charmap.Windows1252.DecodeByte(byte(c))
	}
	return table
}()

// appendText appends a field as UTF-8. One that is not valid UTF-8 is read as Windows-1252
// as a whole: that decides field by field, so it needs no look at the rest of the file, and
// text of that encoding is hardly ever valid UTF-8 by chance. Only where valid characters
// are followed by the beginning of one more the text was UTF-8 that a program cut at a
// number of bytes.
func appendText(dst, text []byte) ([]byte, reading) {
	if utf8.Valid(text) {
		return append(dst, text...), readUTF8
	}
	if whole, ok := cutOff(text); ok {
		return append(append(dst, whole...), "\ufffd"...), readBroken
	}
	for _, c := range text {
		dst = utf8.AppendRune(dst, ansi[c])
	}
	return dst, readANSI
}

// cutOff finds text that is UTF-8 with characters beyond ASCII but for the first bytes of a
// character at its end.
func cutOff(text []byte) (whole []byte, ok bool) {
	for n := 1; n < utf8.UTFMax && n < len(text); n++ {
		at := len(text) - n
		if c := text[at]; c >= 0xc2 && c <= 0xf4 && !utf8.FullRune(text[at:]) {
			whole = text[:at]
			return whole, utf8.Valid(whole) && asciiPrefix(whole) < len(whole)
		}
	}
	return nil, false
}

// toText is appendText for a text by itself.
func toText(text []byte) string {
	out, _ := appendText(nil, text)
	return string(out)
}

// guessUTF16 finds UTF-16 without a byte order mark: a header has the letters of ASCII, of
// which every other byte is zero. "" if it is none.
func guessUTF16(head []byte) string {
	var zero [2]int
	for i, c := range head[:len(head)&^1] {
		if c == 0 {
			zero[i&1]++
		}
	}
	pairs := len(head) / 2
	switch {
	case pairs < 2 || bytes.HasPrefix(head, []byte{0, 0}):
		return ""
	case zero[0] == 0 && zero[1]*4 >= pairs*3:
		return encodingUTF16LE
	case zero[1] == 0 && zero[0]*4 >= pairs*3:
		return encodingUTF16BE
	}
	return ""
}

// Decode makes UTF-8 of the beginning of a file, as a reader of it would.
func Decode(head []byte) []byte {
	t := &textReader{raw: head}
	t.settle()
	if t.encoding == encodingUTF16LE || t.encoding == encodingUTF16BE {
		t.decode(t.raw, false)
		return t.decoded
	}
	return t.raw
}
