package keychain

import (
	"errors"
	"os/exec"
)

const startIt = "Log in at this Mac once so that its login keychain exists, and try again."

// noKeychain is the exit code of /usr/bin/security for errSecNoDefaultKeychain: the lowest byte of the
// number of the error.
const noKeychain = 37

func reach() error { return nil }

// explainSystem reads the exit code of /usr/bin/security. What is not a missing keychain is a
// refusal: locked, no window to ask in, or the person said no.
func explainSystem(err error) error {
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok || exit.ExitCode() == noKeychain {
		return errAbsent(err)
	}
	return errLocked(err)
}
