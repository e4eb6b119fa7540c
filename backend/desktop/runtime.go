package desktop

// Runtime is what the window can do outside the page. Wails implements it, and a fake in
// tests. Dialogs answer "" or no path when the person cancels.
type Runtime interface {
	// EventsEmit sends an event to the page; payload must marshal to JSON.
	EventsEmit(event string, payload any)
	OpenFileDialog(d Dialog) (string, error)
	OpenFilesDialog(d Dialog) ([]string, error)
	OpenDirectoryDialog(d Dialog) (string, error)
	SaveFileDialog(d Dialog) (string, error)
	// OnFileDrop calls fn with the paths of files that are dropped on the window.
	OnFileDrop(fn func(paths []string))
	// Print opens the print dialog of the system for the page as it is.
	Print()
	Place() Place
	SetPlace(p Place)
}

// Dialog describes a file dialog of the system.
type Dialog struct {
	Title   string
	Folder  string // where it opens; "" = where the system wants
	Name    string // suggested file name
	Filters []Filter
}

// Filter is a choice of file types in a dialog.
type Filter struct{ Name, Pattern string }
