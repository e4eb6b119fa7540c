package filter

import "strings"

// Closest returns the name that a misspelt one most likely stands for, ignoring case; ""
// when none is near.
func Closest(name string, names []string) string {
	best, least := "", max(1, len(name)/3)+1
	for _, n := range names {
		if d := distance(strings.ToLower(name), strings.ToLower(n)); d < least {
			best, least = n, d
		}
	}
	return best
}

// distance counts the letters to insert, remove, change or swap with their neighbour to
// make b of a.
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := last[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			row[j] = min(last[j]+1, row[j-1]+1, change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// meant are operators as other languages write them.
var meant = map[string]string{
	"eq": "=", "equals": "=", "equal": "=", "ne": "!=", "neq": "!=", "like": "contains", "ilike": "contains", "has": "contains", "includes": "contains",
	"contain": "contains", "begins": "startswith", "beginswith": "startswith", "prefix": "startswith", "suffix": "endswith", "regex": "matches",
	"regexp": "matches", "match": "matches", "rlike": "matches", "lt": "<", "le": "<=", "lte": "<=", "gt": ">", "ge": ">=", "gte": ">=", "under": "<", "over": ">",
	"==": "=", "<>": "!=", "=>": ">=", "=<": "<=", "=~": "matches", "!~": "not contains", "&&": "and", "||": "or", "&": "and",
}

// operatorWords are the operators that are words.
var operatorWords = []string{"is", "in", "not", "contains", "startswith", "endswith", "matches"}

// suggestOperator returns the operator that a word stands for, or "".
func suggestOperator(word string) string {
	if op := meant[strings.ToLower(word)]; op != "" {
		return op
	}
	if len(word) < 4 {
		return ""
	}
	return Closest(word, operatorWords)
}
