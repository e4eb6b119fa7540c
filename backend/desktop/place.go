package desktop

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// placeName is the file, in the configuration folder, that remembers the window.
const placeName = "window.json"

// Place is where the window is and how large.
type Place struct {
	X         int  `json:"x"`
	Y         int  `json:"y"`
	Width     int  `json:"width"`
	Height    int  `json:"height"`
	Maximised bool `json:"maximised"`
}

// readPlace returns the place of the last window; not ok when there is none to be had,
// which is no loss worth a word.
func readPlace(dir string) (p Place, ok bool) {
	text, err := os.ReadFile(filepath.Join(dir, placeName))
	if err != nil || json.Unmarshal(text, &p) != nil || p.Width <= 0 || p.Height <= 0 {
		return Place{}, false
	}
	return p, true
}

func (p Place) write(dir string) error {
	if p.Width <= 0 || p.Height <= 0 {
		return nil // minimised: the place before that stays
	}
	if old, ok := readPlace(dir); ok && p.Maximised {
		p.X, p.Y, p.Width, p.Height = old.X, old.Y, old.Width, old.Height // for when it is restored
	}
	text, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("spell the place of the window: %w", err)
	}
	// Half a file reads as none, so this one needs no care.
	if err := os.WriteFile(filepath.Join(dir, placeName), text, 0o600); err != nil {
		return fmt.Errorf("write the place of the window: %w", err)
	}
	return nil
}
