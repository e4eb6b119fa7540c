package engine

// TagNames returns the keys of a Tags text as the engine reads them; none means that a
// charge with that text counts as untagged.
func TagNames(text string) []string {
	var names []string
	for _, t := range parseTags(text) {
		names = append(names, t.key)
	}
	return names
}
