package mappedfile

import (
	"strings"
	"unicode"
)

// months are the names of the months in the languages that bills of Europe and America are
// written in, short and long, folded. No name is that of two months.
var months = map[string]string{
	"januar": "Jan", "jänner": "Jan", "jän": "Jan", "janvier": "Jan", "janv": "Jan", "enero": "Jan", "ene": "Jan", "gennaio": "Jan", "gen": "Jan", "januari": "Jan", "janeiro": "Jan",
	"februar": "Feb", "février": "Feb", "févr": "Feb", "fév": "Feb", "febrero": "Feb", "febbraio": "Feb", "februari": "Feb", "fevereiro": "Feb", "fev": "Feb",
	"märz": "Mar", "mär": "Mar", "mrz": "Mar", "mars": "Mar", "marzo": "Mar", "maart": "Mar", "mrt": "Mar", "março": "Mar",
	"avril": "Apr", "avr": "Apr", "abril": "Apr", "abr": "Apr", "aprile": "Apr",
	"mai": "May", "mayo": "May", "maggio": "May", "mag": "May", "mei": "May", "maio": "May",
	"juni": "Jun", "juin": "Jun", "junio": "Jun", "giugno": "Jun", "giu": "Jun", "junho": "Jun",
	"juli": "Jul", "juillet": "Jul", "juil": "Jul", "julio": "Jul", "luglio": "Jul", "lug": "Jul", "julho": "Jul",
	"août": "Aug", "aoû": "Aug", "agosto": "Aug", "ago": "Aug", "augustus": "Aug",
	"septembre": "Sep", "sept": "Sep", "septiembre": "Sep", "settembre": "Sep", "set": "Sep", "setembro": "Sep",
	"oktober": "Oct", "okt": "Oct", "octobre": "Oct", "octubre": "Oct", "ottobre": "Oct", "ott": "Oct", "outubro": "Oct", "out": "Oct",
	"novembre": "Nov", "noviembre": "Nov", "novembro": "Nov",
	"dezember": "Dec", "dez": "Dec", "décembre": "Dec", "déc": "Dec", "diciembre": "Dec", "dic": "Dec", "dicembre": "Dec", "dezembro": "Dec", "desember": "Dec",
}

// inEnglish writes the name of a month as Go reads it. The words that Spanish and Portuguese
// put between ("1 de octubre de 2026") go, as does the point behind a short name.
func inEnglish(s string) string {
	s = strings.ReplaceAll(s, " de ", " ")
	start := strings.IndexFunc(s, unicode.IsLetter)
	if start < 0 {
		return s
	}
	end := start
	for i, r := range s[start:] {
		if !unicode.IsLetter(r) {
			break
		}
		end = start + i + len(string(r))
	}
	word := strings.ToLower(s[start:end])
	english, foreign := months[word]
	if !foreign && len(word) != 3 {
		return s
	}
	if !foreign {
		english = s[start:end]
	}
	return s[:start] + english + strings.TrimPrefix(s[end:], ".")
}
