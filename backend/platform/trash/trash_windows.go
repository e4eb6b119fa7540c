package trash

import (
	"errors"
	"fmt"
	"io/fs"
	"unsafe"

	"golang.org/x/sys/windows"
)

var shFileOperation = windows.NewLazySystemDLL("shell32.dll").NewProc("SHFileOperationW")

// Constants of shellapi.h.
const (
	foDelete           = 3
	fofSilent          = 0x0004
	fofNoConfirmation  = 0x0010
	fofAllowUndo       = 0x0040
	fofNoErrorUI       = 0x0400
	fofWantNukeWarning = 0x4000 // ask before a drive without a recycle bin deletes for good
)

// fileOperation is SHFILEOPSTRUCTW as 64-bit Windows lays it out.
type fileOperation struct {
	window        uintptr
	operation     uint32
	from, to      *uint16
	flags         uint16
	aborted       int32
	nameMappings  uintptr
	progressTitle *uint16
}

func move(path string, _ fs.FileInfo) error {
	text, err := windows.UTF16FromString(path)
	if err != nil {
		return fmt.Errorf("spell the path for Windows: %w", err)
	}
	text = append(text, 0) // the list of paths ends with an empty one
	op := fileOperation{operation: foDelete, from: &text[0], flags: fofAllowUndo | fofNoConfirmation | fofSilent | fofNoErrorUI | fofWantNukeWarning}
	code, _, _ := shFileOperation.Call(uintptr(unsafe.Pointer(&op)))
	if code != 0 {
		return fmt.Errorf("the shell answered with code %#x", code)
	}
	if op.aborted != 0 {
		return errors.New("the shell did not move the file")
	}
	return nil
}
