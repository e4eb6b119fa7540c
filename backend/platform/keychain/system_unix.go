//go:build unix && !darwin

package keychain

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

const startIt = "Start one, such as GNOME Keyring or KWallet, in your desktop session, and try again."

// reach answers an error where there is no session bus: the library would start a bus of its
// own then, on which there is no keychain.
func reach() error {
	if address := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); address != "" && address != "autolaunch:" {
		return nil
	}
	for _, name := range []string{"bus", "dbus-session"} {
		if _, err := os.Stat(fmt.Sprintf("/run/user/%d/%s", os.Getuid(), name)); err == nil {
			return nil
		}
	}
	return errAbsent(errors.New("no session bus"))
}

// locked are the beginnings of what the library and a Secret Service say of a keychain that was not
// unlocked; their errors have no type or name that says so.
var locked = []string{"failed to unlock", "org.freedesktop.Secret.Error.IsLocked", "Cannot create an item in a locked collection"}

// explainSystem distinguishes a keychain that is locked from one that nobody can reach.
func explainSystem(err error) error {
	for _, text := range locked {
		if strings.Contains(err.Error(), text) {
			return errLocked(err)
		}
	}
	return errAbsent(err)
}
