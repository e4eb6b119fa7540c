package source

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"cloud-intelligence/backend/finops"
)

// Option is something that a connector must be told before it can connect. Forms, flags and
// documents are made from options, so that window and command line ask the same.
type Option struct {
	Name     string // identifier: "folder"
	Label    string // "Folder"
	Help     string // one sentence
	Example  string
	Required bool
	Secret   bool // is kept in the keychain only, and never shown or logged
}

// Connector knows one place where export files appear by themselves: a folder, a bucket. It
// lists and fetches; files come into the ledger on the same path as those of a person.
type Connector interface {
	// Name is the stable identifier: "folder".
	Name() string
	// Options lists what Connect wants to be told. Names are unique.
	Options() []Option
	// Connect prepares a connection from the values by the names of the options. It calls
	// nobody. It answers CodeInvalid, with the label of the option, for a value that is missing,
	// not known or of the wrong form.
	Connect(values map[string]string) (Connection, error)
}

// Connection is a place that is reached with the values of a person. It belongs to one
// goroutine, and never repeats a call that failed: its caller decides that. An error that is
// worth another try has the code unavailable or throttled; denied is a refused credential.
// Cancelling ctx ends a call with the cause.
type Connection interface {
	// Test goes through what List and Fetch will need, step by step, and stops behind the first
	// step that fails. It changes nothing.
	Test(ctx context.Context) []Step
	// List calls found for each object, in the goroutine of the caller and each key once. It
	// ends with the error of found.
	List(ctx context.Context, found func(Object) error) error
	// Fetch writes an object to w. It answers CodeNotFound for one that has gone, and
	// CodeConflict for one that is not the version that was listed: then what was written is of
	// no use. It may be called again for the same object.
	Fetch(ctx context.Context, o Object, w io.Writer) error
	// Close ends the connection; it may be called more than once.
	Close() error
}

// Step is one thing that Test has tried.
type Step struct {
	Name   string // "Read the folder"
	OK     bool
	Detail string // a sentence: what was found, or what is missing and what to do
}

// Object is a file at the place of a connection.
type Object struct {
	Key     string // path below the place, with slashes; it never leads out of it
	Size    int64  // bytes
	Version string // changes whenever the content does
}

// Checkpoint says which version of each object was fetched. It is JSON between two runs.
type Checkpoint map[string]string

// ParseCheckpoint reads a checkpoint; "" is the one of a connection that has fetched nothing.
func ParseCheckpoint(text string) (Checkpoint, error) {
	c := Checkpoint{}
	if text == "" {
		return c, nil
	}
	if err := json.Unmarshal([]byte(text), &c); err != nil || c == nil {
		return nil, finops.Errorf(finops.CodeCorrupt, "The record of what was fetched is damaged.")
	}
	return c, nil
}

// String is the checkpoint as ParseCheckpoint reads it.
func (c Checkpoint) String() string {
	text, err := json.Marshal(c)
	if err != nil {
		return "" // texts always marshal
	}
	return string(text)
}

// FetchNew fetches what is new or changed since a checkpoint into a folder, under the keys of
// the objects. After each file it calls done with its path; since then holds the object, too,
// and is to be kept before anything else happens: a run that was killed goes on from there. A
// file appears under its name only when it is whole. FetchNew ends with the first error.
func FetchNew(ctx context.Context, c Connection, since Checkpoint, folder string, done func(path string) error) error {
	var fresh []Object
	err := c.List(ctx, func(o Object) error {
		if !filepath.IsLocal(filepath.FromSlash(o.Key)) {
			return finops.Errorf(finops.CodeInvalid, "The name %q leads out of the folder.", o.Key)
		}
		if since[o.Key] != o.Version {
			fresh = append(fresh, o)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, o := range fresh {
		path := filepath.Join(folder, filepath.FromSlash(o.Key))
		if err := fetchWhole(ctx, c, o, path); err != nil {
			return fmt.Errorf("fetch %s: %w", o.Key, err)
		}
		since[o.Key] = o.Version
		if err := done(path); err != nil {
			return err
		}
	}
	return nil
}

// fetchWhole writes an object beside its path and renames it when it is whole.
func fetchWhole(ctx context.Context, c Connection, o Object, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return finops.WrapError(finops.CodeUnavailable, err, "The folder %s cannot be written", filepath.Dir(path))
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".fetch-*") // mode 0600; hidden, so that Expand passes over it
	if err != nil {
		return finops.WrapError(finops.CodeUnavailable, err, "The folder %s cannot be written", filepath.Dir(path))
	}
	err = errors.Join(c.Fetch(ctx, o, f), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// CheckOptions compares values with the options that a connector declares. It answers
// CodeInvalid for a value that is missing or not known.
func CheckOptions(options []Option, values map[string]string) error {
	known := map[string]bool{}
	for _, o := range options {
		known[o.Name] = true
		if o.Required && strings.TrimSpace(values[o.Name]) == "" {
			return finops.Errorf(finops.CodeInvalid, "%s is missing.", o.Label)
		}
	}
	for name := range values {
		if !known[name] {
			return finops.Errorf(finops.CodeInvalid, "There is no option %q.", name)
		}
	}
	return nil
}
