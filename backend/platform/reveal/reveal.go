// Package reveal shows a file in the file manager of the system. It hides which program does
// that: Explorer, Finder, or what the desktop of a Unix opens folders with.
package reveal

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"runtime"
)

// File opens the folder of a file, with the file selected where the system can. It does not
// wait for the file manager. The error is that of a system without one.
func File(path string) error {
	name, args := command(runtime.GOOS, path)
	cmd := exec.Command(name, args...) //nolint:noctx // the file manager lives longer than the call
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start the file manager: %w", err)
	}
	if err := cmd.Process.Release(); err != nil {
		return fmt.Errorf("leave the file manager running: %w", err)
	}
	return nil
}

// command is what shows a file on an operating system.
func command(system, path string) (name string, args []string) {
	switch system {
	case "windows":
		return "explorer.exe", []string{"/select,", path}
	case "darwin":
		return "open", []string{"-R", path}
	}
	return "xdg-open", []string{filepath.Dir(path)}
}
