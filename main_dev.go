//go:build dev

package main

// Wails reads these flags itself in a dev build; they must not be taken for a command.
func init() {
	for _, name := range []string{"assetdir", "devserver", "frontenddevserverurl", "loglevel"} {
		windowFlags[name] = true
	}
}
