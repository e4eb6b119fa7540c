package mappedfile

import (
	"slices"
	"strings"
	"unicode"
)

// fold brings the name of a column to one spelling: letters and digits in lower case.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// foldAll folds names, sorts them and drops what comes twice.
func foldAll(names []string) []string {
	folded := make([]string, 0, len(names))
	for _, name := range names {
		folded = append(folded, fold(name))
	}
	slices.Sort(folded)
	return slices.Compact(folded)
}

// place finds a column of the mapping in a header: by its exact name, else by its folded one.
type place struct {
	exact, folded map[string]int
}

func newPlace(names []string) place {
	p := place{make(map[string]int, len(names)), make(map[string]int, len(names))}
	for i, name := range names {
		if _, taken := p.exact[name]; !taken {
			p.exact[name] = i
		}
		if _, taken := p.folded[fold(name)]; !taken {
			p.folded[fold(name)] = i
		}
	}
	return p
}

func (p place) of(name string) (int, bool) {
	if i, ok := p.exact[name]; ok {
		return i, true
	}
	if fold(name) == "" {
		return 0, false
	}
	i, ok := p.folded[fold(name)]
	return i, ok
}
