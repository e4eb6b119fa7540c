// Package logging writes the program's log: a structured file in the data folder that
// takes at most 15 MB (three files of 5 MB), is readable by its owner only, and never
// holds a secret. It hides the rotation and the redaction.
//
// An error that a person cannot do anything about is shown with a reference (Ref) and
// logged with the same one, so that the entry can be found.
package logging

import (
	"crypto/rand"
	"encoding/base32"
	"io"
	"log/slog"
)

// FileName is the name of the newest file of the log; older ones end in ".1" and ".2".
const FileName = "cloud-intelligence.log"

// Open opens the log in dir, which must exist. The caller closes it at the end of the
// program; entries after that are lost without an error.
func Open(dir string) (*slog.Logger, io.Closer, error) {
	f, err := openRotating(dir, FileName, fileBytesMax, filesMax)
	if err != nil {
		return nil, nil, err
	}
	return New(f), f, nil
}

// New returns a logger that writes redacted entries as JSON, one per line, to w.
func New(w io.Writer) *slog.Logger {
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: slog.LevelInfo, ReplaceAttr: redact}))
}

// Ref returns a new reference: eight letters and digits that are easy to read out.
func Ref() string {
	var raw [5]byte
	_, _ = rand.Read(raw[:]) // crypto/rand never returns an error
	return base32.StdEncoding.EncodeToString(raw[:])
}
