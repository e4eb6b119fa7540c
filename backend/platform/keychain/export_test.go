package keychain

import "time"

// Hanging returns a keychain that answers nothing before answer is closed.
func Hanging(patience time.Duration, answer <-chan struct{}) Keychain {
	return &system{
		reach:    func() error { return nil },
		get:      func(string, string) (string, error) { <-answer; return "late", nil },
		patience: patience,
		turn:     make(chan struct{}, 1),
	}
}
