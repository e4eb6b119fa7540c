// Command cloud-intelligence is one program with two faces. Started without arguments it opens the desktop window;
// any argument that is not a window flag makes it a command line program that needs no display.
//
// This file holds the process entry and the window's options, and no rule of the product. app.go wires the parts.
package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"

	"cloud-intelligence/backend/desktop"
)

const title = "Cloud Intelligence"

// version is set by the linker (build/build); a plain `go build` calls itself "dev".
var version = "dev"

//go:embed all:frontend/dist
var page embed.FS

//go:embed build/appicon.png
var icon []byte

// windowFlags are the arguments that still mean "open the window". The value says whether the flag takes one.
// The dev build adds the flags that Wails reads by itself.
var windowFlags = map[string]bool{"demo": false}

func main() {
	os.Exit(run(os.Args[1:]))
}

func run(args []string) int {
	demo, window := parseWindowFlags(args)
	if !window {
		return runCLI(context.Background(), args)
	}
	if !hasDisplay() {
		fmt.Fprintln(os.Stderr, "There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set). "+
			"Run `cloud-intelligence help` for the commands that work in a terminal.")
		return 1
	}
	if err := runWindow(context.Background(), demo); err != nil {
		fmt.Fprintln(os.Stderr, "The window could not be opened:", err)
		return 1
	}
	return 0
}

func runWindow(ctx context.Context, demo bool) error {
	app, err := newApp()
	if err != nil {
		return err
	}
	window := app.newWindow(ctx, demo)
	err = openWindow(window, func() { _ = app.stop() }) // asked for its error below
	return errors.Join(err, app.stop())
}

// parseWindowFlags reports whether every argument is a window flag, and whether --demo is among them.
func parseWindowFlags(args []string) (demo, window bool) {
	for i := 0; i < len(args); i++ {
		name, dashed := strings.CutPrefix(args[i], "-")
		if !dashed {
			return false, false
		}
		name, _, hasValue := strings.Cut(strings.TrimPrefix(name, "-"), "=")
		takesValue, known := windowFlags[name]
		if !known {
			return false, false
		}
		if takesValue && !hasValue {
			i++
		}
		demo = demo || name == "demo"
	}
	return demo, true
}

// hasDisplay is only a question on Unix desktops; Windows and macOS always have a window server.
func hasDisplay() bool {
	if slices.Contains([]string{"windows", "darwin"}, runtime.GOOS) {
		return true
	}
	return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

// openWindow returns when the window is closed; stop is called while it closes.
func openWindow(window *desktop.Desktop, stop func()) error {
	err := wails.Run(&options.App{
		Title:            title,
		Width:            1440,
		Height:           900,
		MinWidth:         1280,
		MinHeight:        800,
		BackgroundColour: options.NewRGB(250, 250, 252),
		AssetServer:      &assetserver.Options{Assets: page},
		OnStartup: func(ctx context.Context) {
			window.Start(desktop.WailsRuntime{Ctx: ctx}) //nolint:contextcheck // what runs belongs to the program, not to the window
		},
		OnBeforeClose:  func(context.Context) bool { window.BeforeClose(); return false },
		OnShutdown:     func(context.Context) { stop() },
		Bind:           window.Bindings(),
		ErrorFormatter: window.FormatError,
		// Without drops in the web view the paths would come through on macOS only; the page keeps it from opening files.
		DragAndDrop: &options.DragAndDrop{EnableFileDrop: true},
		Linux: &linux.Options{
			Icon:        icon,
			ProgramName: "cloud-intelligence",
			// Drivers in virtual machines and remote desktops often cannot composite; the page has no need to.
			WebviewGpuPolicy: linux.WebviewGpuPolicyNever,
		},
	})
	if err != nil {
		return fmt.Errorf("run window: %w", err)
	}
	return nil
}
