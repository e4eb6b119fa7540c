package desktop

import (
	"context"
	"os"

	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// WailsRuntime is the real window. Ctx must be the one that Wails hands to OnStartup: its
// runtime ends the process over any other.
type WailsRuntime struct{ Ctx context.Context }

// EventsEmit implements Runtime.
func (w WailsRuntime) EventsEmit(event string, payload any) {
	runtime.EventsEmit(w.Ctx, event, payload)
}

// OpenFileDialog implements Runtime.
func (w WailsRuntime) OpenFileDialog(d Dialog) (string, error) {
	return runtime.OpenFileDialog(w.Ctx, openOptions(d)) //nolint:wrapcheck // the caller makes the sentence
}

// OpenFilesDialog implements Runtime.
func (w WailsRuntime) OpenFilesDialog(d Dialog) ([]string, error) {
	return runtime.OpenMultipleFilesDialog(w.Ctx, openOptions(d)) //nolint:wrapcheck // the caller makes the sentence
}

// OpenDirectoryDialog implements Runtime.
func (w WailsRuntime) OpenDirectoryDialog(d Dialog) (string, error) {
	return runtime.OpenDirectoryDialog(w.Ctx, openOptions(d)) //nolint:wrapcheck // the caller makes the sentence
}

// SaveFileDialog implements Runtime.
func (w WailsRuntime) SaveFileDialog(d Dialog) (string, error) {
	return runtime.SaveFileDialog(w.Ctx, runtime.SaveDialogOptions{ //nolint:wrapcheck // the caller makes the sentence
		Title: d.Title, DefaultDirectory: existing(d.Folder), DefaultFilename: d.Name, Filters: filters(d), CanCreateDirectories: true,
	})
}

// OnFileDrop implements Runtime.
func (w WailsRuntime) OnFileDrop(fn func(paths []string)) {
	runtime.OnFileDrop(w.Ctx, func(_, _ int, paths []string) { fn(paths) })
}

// Print implements Runtime. The web view of macOS has no window.print; Wails asks the system.
func (w WailsRuntime) Print() { runtime.WindowPrint(w.Ctx) }

// Place implements Runtime.
func (w WailsRuntime) Place() Place {
	p := Place{Maximised: runtime.WindowIsMaximised(w.Ctx)}
	p.Width, p.Height = runtime.WindowGetSize(w.Ctx)
	p.X, p.Y = runtime.WindowGetPosition(w.Ctx)
	return p
}

// SetPlace implements Runtime. A position on a screen that is no longer there is left out.
func (w WailsRuntime) SetPlace(p Place) {
	if p.Maximised {
		runtime.WindowMaximise(w.Ctx)
		return
	}
	screens, err := runtime.ScreenGetAll(w.Ctx)
	if err != nil {
		return // the window stays where the system put it
	}
	width, height := 0, 0
	for _, s := range screens {
		width += s.Size.Width
		height = max(height, s.Size.Height)
	}
	if p.Width <= width && p.Height <= height {
		runtime.WindowSetSize(w.Ctx, p.Width, p.Height)
	}
	if p.X >= 0 && p.Y >= 0 && p.X+p.Width <= width && p.Y+p.Height <= height {
		runtime.WindowSetPosition(w.Ctx, p.X, p.Y)
	}
}

func openOptions(d Dialog) runtime.OpenDialogOptions {
	return runtime.OpenDialogOptions{Title: d.Title, DefaultDirectory: existing(d.Folder), DefaultFilename: d.Name, Filters: filters(d)}
}

// existing leaves out a folder that is not there, which Wails would take for an error.
func existing(folder string) string {
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return ""
	}
	return folder
}

func filters(d Dialog) []runtime.FileFilter {
	all := make([]runtime.FileFilter, len(d.Filters))
	for i, f := range d.Filters {
		all[i] = runtime.FileFilter{DisplayName: f.Name, Pattern: f.Pattern}
	}
	return all
}
