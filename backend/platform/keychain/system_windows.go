package keychain

import (
	"errors"

	"golang.org/x/sys/windows"
)

const startIt = "The Credential Manager works for a person who is logged in; run Cloud Intelligence as such a person."

func reach() error { return nil }

// explainSystem distinguishes a refusal from a session without a Credential Manager, as services have.
func explainSystem(err error) error {
	if errors.Is(err, windows.ERROR_ACCESS_DENIED) {
		return errLocked(err)
	}
	return errAbsent(err)
}
