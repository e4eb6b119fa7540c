package desktop

import (
	"io"
	"runtime"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/logging"
)

// textMax bounds what the page may put into the log at once.
const textMax = 8 << 10

// AppInfo says what the program is and where it runs.
type AppInfo struct {
	Version string `json:"version"`
	// OfferDemo is true where nothing was ever opened or made.
	OfferDemo bool   `json:"offerDemo"`
	Platform  string `json:"platform"`
}

// App lets the page use the program itself.
type App struct{ d *Desktop }

// Info says what the program is and where it runs.
func (a *App) Info() (info AppInfo, err error) {
	defer caught(&err)
	return AppInfo{Version: a.d.opts.Version, OfferDemo: a.d.opts.Library.FirstStart(), Platform: runtime.GOOS}, nil
}

// SaveText writes a text to a file that the person chooses; "" when the person cancelled.
func (a *App) SaveText(suggestedName, text string) (path string, err error) {
	defer caught(&err)
	r, err := a.d.window()
	if err != nil {
		return "", err
	}
	path, err = r.SaveFileDialog(saveDialog("Save", suggestedName))
	if err != nil {
		return "", errDialog(err)
	}
	if path == "" {
		return "", nil
	}
	path = withExtension(path, suggestedName)
	err = saveFile(path, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err //nolint:wrapcheck // saveFile makes the sentence of what its writer says
	})
	if err != nil {
		return "", err
	}
	return path, nil
}

// Print opens the print dialog of the system. What is printed is what the page shows to a
// printer at that moment.
func (a *App) Print() (err error) {
	defer caught(&err)
	r, err := a.d.window()
	if err != nil {
		return err
	}
	r.Print()
	return nil
}

// LogError puts a failure of the page into the log and returns the reference that finds it there.
func (a *App) LogError(message, detail string) (ref string, err error) {
	defer caught(&err)
	ref = logging.Ref()
	a.d.opts.Log.Error("failure of the page", "ref", ref, "message", clipped(message), "detail", clipped(detail))
	return ref, nil
}

// OpenLog shows the log in the file manager of the system. CodeUnavailable where there is none;
// the message then says where the log is.
func (a *App) OpenLog() (err error) {
	defer caught(&err)
	file := a.d.opts.LogFile
	if file == "" || a.d.opts.Reveal == nil {
		return finops.Errorf(finops.CodeUnavailable, "This program writes no log.")
	}
	if err := a.d.opts.Reveal(file); err != nil {
		return finops.WrapError(finops.CodeUnavailable, err, "The file manager could not be opened. The log is at %s.", file)
	}
	return nil
}

func clipped(text string) string {
	if len(text) > textMax {
		return text[:textMax] + "…"
	}
	return text
}
