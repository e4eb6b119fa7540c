package service

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// nameBytesMax leaves room for a number, the extension and the endings of side files in
// the 143 bytes that the strictest common file system (eCryptfs) allows.
const nameBytesMax = 112

// reservedName are the file names that Windows keeps for devices, with any extension.
var reservedName = regexp.MustCompile(`(?i)^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)`)

// NewPath returns the path of a file that does not exist yet for a workspace with this
// name, in Dir. Any name makes a file name that every system takes; two names may make
// the same one, and the later gets a number. It answers CodeInvalid for a blank name.
func (l *Library) NewPath(name string) (string, error) {
	if strings.TrimSpace(name) == "" {
		return "", finops.Errorf(finops.CodeInvalid, "A workspace needs a name.")
	}
	base := fileName(name)
	for n := 1; ; n++ {
		path := filepath.Join(l.Dir, base+store.Extension)
		if n > 1 {
			path = filepath.Join(l.Dir, base+" "+strconv.Itoa(n)+store.Extension)
		}
		// Side files count too: those of a lost workspace must not become part of a new one.
		if !exists(path) && !exists(path+"-wal") {
			return path, nil
		}
	}
}

// fileName makes a file name, without extension, of any text.
func fileName(name string) string {
	name = norm.NFC.String(strings.ToValidUTF8(name, "-"))
	if stem, ok := strings.CutSuffix(name, store.Extension); ok {
		name = stem
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`/\:*?"<>|`, r):
			return '-'
		case unicode.IsSpace(r):
			return ' '
		case r == '\u200c' || r == '\u200d': // joiners, which some scripts need
			return r
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
			return -1
		}
		return r
	}, name)
	name = cut(strings.Join(strings.Fields(name), " "), nameBytesMax)
	name = strings.Trim(name, ". ") // neither hidden nor "..", and Windows drops them at the end
	if strings.Trim(name, "-. ") == "" {
		return "Workspace"
	}
	if reservedName.MatchString(name) {
		return "_" + name
	}
	return name
}

// cut shortens text to at most so many bytes, between two characters.
func cut(text string, bytesMax int) string {
	if len(text) <= bytesMax {
		return text
	}
	for end := bytesMax; end > 0; end-- {
		if utf8.RuneStart(text[end]) && norm.NFC.PropertiesString(text[end:]).BoundaryBefore() {
			return text[:end]
		}
	}
	return strings.ToValidUTF8(text[:bytesMax], "") // one letter under a heap of accents
}
