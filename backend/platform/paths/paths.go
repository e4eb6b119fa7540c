// Package paths says where the operating system wants a program to keep its files: the
// data folder (workspaces, log) and the configuration folder. It hides the conventions of
// Linux, macOS and Windows. Both folders are private to the person: made with mode 0700.
// It also says whether a file may be written, and keeps new files private.
package paths

import (
	"os"
	"path/filepath"
	"runtime"

	"cloud-intelligence/backend/finops"
)

// The name of the folder by convention of each system.
const (
	displayName = "Cloud Intelligence" // macOS, Windows
	plainName   = "cloud-intelligence" // elsewhere
)

// Data returns the folder for workspaces and the log, and makes it when it is missing:
// $XDG_DATA_HOME or ~/.local/share/cloud-intelligence, on macOS
// ~/Library/Application Support/Cloud Intelligence, on Windows %APPDATA%\Cloud Intelligence.
func Data() (string, error) {
	return made(place{goos: runtime.GOOS, getenv: os.Getenv, home: os.UserHomeDir}.data())
}

// Config returns the folder for settings of this computer, and makes it when it is
// missing: $XDG_CONFIG_HOME or ~/.config/cloud-intelligence; on macOS and Windows the
// folder that Data returns.
func Config() (string, error) {
	return made(place{goos: runtime.GOOS, getenv: os.Getenv, home: os.UserHomeDir}.config())
}

// place is what the answer depends on.
type place struct {
	goos   string
	getenv func(string) string
	home   func() (string, error)
}

func (p place) data() (string, error) { return p.find("XDG_DATA_HOME", ".local", "share") }

func (p place) config() (string, error) { return p.find("XDG_CONFIG_HOME", ".config") }

func (p place) find(variable string, below ...string) (string, error) {
	name := plainName
	switch p.goos {
	case "windows":
		if dir := p.getenv("APPDATA"); dir != "" {
			return filepath.Join(dir, displayName), nil
		}
		name, below = displayName, []string{"AppData", "Roaming"}
	case "darwin":
		name, below = displayName, []string{"Library", "Application Support"}
	default:
		// The XDG specification wants a relative value to be ignored.
		if dir := p.getenv(variable); filepath.IsAbs(dir) {
			return filepath.Join(dir, name), nil
		}
	}
	home, err := p.home()
	if err != nil {
		return "", finops.WrapError(finops.CodeUnavailable, err, "The home folder is not known. Set HOME (USERPROFILE on Windows) and start again.")
	}
	return filepath.Join(append(append([]string{home}, below...), name)...), nil
}

func made(dir string, err error) (string, error) {
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", finops.WrapError(finops.CodeDenied, err, "The folder %s cannot be made. Check that you may write there.", dir)
	}
	return dir, nil
}
