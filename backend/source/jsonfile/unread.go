package jsonfile

import "fmt"

// UnreadTags is the beginning of the key under which tags that cannot be read are kept whole.
const UnreadTags = "unread:"

// Unread counts the spellings of tags that cannot be read, for a warning.
type Unread struct {
	texts   int
	example string
}

// Add counts a text.
func (u *Unread) Add(text []byte) {
	const most = 80
	if u.texts++; u.texts == 1 {
		u.example = string(text[:min(len(text), most)])
	}
}

// Warnings says what could not be read, if there was something.
func (u *Unread) Warnings() []string {
	if u.texts == 0 {
		return nil
	}
	return []string{fmt.Sprintf("The tags of some lines could not be read, and these lines count as untagged: %d different texts such as %.80q. Write tags as JSON, for instance {\"team\":\"web\"}.", u.texts, u.example)}
}
