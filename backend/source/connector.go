package source

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
)

// Option is something that a connector must know before it can connect. Forms, flags and
// documents are made from options, so that window and command line ask the same.
type Option struct {
	Name     string // identifier: "folder"
	Label    string // "Folder"
	Help     string // one sentence
	Example  string
	Required bool
	Secret   bool   // is kept in the keychain only, and never shown or logged
	Folder   bool   // is the path of a folder on this computer
	Switch   bool   // is "on" or "off"; off where nothing is said
	Beside   bool   // is about what is read beside bills; a form keeps these together
	Rare     bool   // few need it: a form shows it when it is asked to show more
	Charge   string // one sentence on what the provider charges for it: "CloudWatch charges $0.01 for each 1,000 metrics."; "" = nothing
}

// Connector knows one kind of place where export files appear by themselves: a folder, a bucket. It
// lists and fetches; files come into the ledger on the same path as those of a person.
type Connector interface {
	// Name is the stable identifier: "folder".
	Name() string
	// Label says in words what it connects to: "Folder".
	Label() string
	// Options lists what Connect needs to know. Names are unique.
	Options() []Option
	// Policies returns the least that a connection with these values must be allowed, made from the
	// connector's own list of calls, in each form that the provider takes. Values may be missing. nil = there is
	// nothing to allow.
	Policies(values map[string]string) []Policy
	// Connect prepares a connection from the values by the names of the options. It calls
	// nobody. It answers CodeInvalid, with the label of the option, for a value that is missing,
	// not known or of the wrong form.
	Connect(values map[string]string, via Reach) (Connection, error)
}

// Policy is what a connection must be allowed, to copy.
type Policy struct {
	Name string // "IAM policy"; unique
	Form string // "json" or "terraform"
	Text string
	Note string // a sentence on where it belongs; "" = nothing
}

// Reach is how a connection reaches a place on the network. Whatever a connector calls goes through
// lanes of the door, which alone repeat what failed.
type Reach struct {
	Door    *network.Door
	Purpose string             // what the calls are for, in words: "bills of Production"
	Waiting func(network.Wait) // hears of each call that will be repeated; may be nil
	Notice  func(string)       // receives what a call that follows will be charged, as a sentence; may be nil
	From    string             // first month that is wanted, YYYY-MM; what is older need not be looked at. "" = all
	Now     func() time.Time
	// Prompt has a person do what a sign-in needs, see Ask; nil = nobody is there.
	Prompt func(context.Context, Prompt) (string, error)
	SignIn *Kept // what an earlier sign-in of this connection left; may be nil
}

// Announce says what a call that follows will be charged, where somebody listens.
func (r Reach) Announce(charge string) {
	if r.Notice != nil {
		r.Notice(charge)
	}
}

// Connection is a place that is reached with the values of a person. It belongs to one
// goroutine. Calls over the network are repeated by the lanes of its Reach only; an error that comes
// back with the code unavailable or throttled is worth another run, denied is a refused credential or permission.
// Cancelling ctx ends a call with the cause.
type Connection interface {
	// Test goes through what List and Fetch will need, step by step, and stops behind the first
	// step that fails. It changes nothing.
	Test(ctx context.Context) []Step
	// List calls found for each object, in the goroutine of the caller and each key once. It
	// ends with the error of found. Of objects that are complete together only, as the parts of an export
	// and its manifest, it lists all or none; the one that says that they are complete comes last.
	List(ctx context.Context, found func(Object) error) error
	// Fetch writes an object to w. It answers CodeNotFound for one that has gone, and
	// CodeConflict for one that is not the version that was listed: then what was written is of
	// no use. It may be called again for the same object. What it asks for page by page it may keep in PagesOf(w).
	Fetch(ctx context.Context, o Object, w io.Writer) error
	// Usage says what was called so far.
	Usage() network.Usage
	// Close ends the connection; it may be called more than once.
	Close() error
}

// Charged is a connection whose calls are charged by what they read, beside their number.
type Charged interface {
	// Charges says in a few words what the provider charges for the calls so far: "$0.03 for 3 pages"; "" = nothing.
	Charges() string
}

// Noting is a connection that may have read in another way than it could, which is no failure.
type Noting interface {
	// Note says in a sentence why; "" = it did not. The history of syncs keeps it.
	Note() string
}

// Step is one thing that Test has tried.
type Step struct {
	Name   string // "Read the folder"
	OK     bool
	Detail string // a sentence: what was found, or what is missing and what to do
	Beside bool   // is about what is read beside bills, which are synced also where it fails
}

// Object is a file at the place of a connection.
type Object struct {
	Key     string // path below the place, with slashes; it never leads out of it
	Size    int64  // bytes; -1 = it is known only when it is fetched
	Version string // changes whenever the content does
	DataSet string // of the export that it belongs to; "" = the place distinguishes none
	Month   string // billing month YYYY-MM; "" = the place distinguishes none
	Holds   Holds  // the same for all objects of a data set
}

// MonthWords is the billing month as a person reads it: "Nov 2026".
func (o Object) MonthWords() string {
	month, err := finops.ParseMonth(o.Month)
	if err != nil {
		return o.Month
	}
	return month.Words()
}

// Group is what of a place comes into the ledger together: a month of a data set.
type Group struct {
	DataSet string
	Month   string
	Holds   Holds
	Objects []Object
}

// Groups lists what a place has: newest months first, then by data set.
func Groups(ctx context.Context, c Connection) ([]Group, error) {
	byName := map[[2]string]*Group{}
	err := c.List(ctx, func(o Object) error {
		if !filepath.IsLocal(filepath.FromSlash(o.Key)) {
			return finops.Errorf(finops.CodeInvalid, "The name %q leads out of the folder.", o.Key)
		}
		key := [2]string{o.DataSet, o.Month}
		if byName[key] == nil {
			byName[key] = &Group{DataSet: o.DataSet, Month: o.Month, Holds: o.Holds}
		}
		byName[key].Objects = append(byName[key].Objects, o)
		return nil
	})
	if err != nil {
		return nil, err
	}
	groups := make([]Group, 0, len(byName))
	for _, g := range byName {
		groups = append(groups, *g)
	}
	slices.SortFunc(groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Month, a.Month), cmp.Compare(a.DataSet, b.DataSet))
	})
	return groups, nil
}

// State changes whenever an object of the group does, or another comes or goes.
func (g Group) State() string {
	lines := make([]string, len(g.Objects))
	for i, o := range g.Objects {
		lines[i] = fmt.Sprintf("%q %q\n", o.Key, o.Version)
	}
	slices.Sort(lines)
	sum := sha256.Sum256([]byte(strings.Join(lines, "")))
	return hex.EncodeToString(sum[:16])
}

// Size is that of all objects together of which it is known, in bytes.
func (g Group) Size() int64 {
	var bytes int64
	for _, o := range g.Objects {
		bytes += max(o.Size, 0)
	}
	return bytes
}

// Fetch brings the objects of a group into a folder, under their keys. The folder must be kept for
// this state of this group: a file appears in it only when it is whole, and one that is there is not fetched again, so
// that a run that was killed goes on where it was. fetched is called for each object, also for those that were
// there, with its size. It ends with the first error.
func (g Group) Fetch(ctx context.Context, c Connection, folder string, fetched func(Object) error) error {
	for _, o := range g.Objects {
		path := filepath.Join(folder, filepath.FromSlash(localName(o.Key)))
		info, err := os.Stat(path)
		if err != nil || (o.Size >= 0 && info.Size() != o.Size) {
			if err := fetchWhole(ctx, c, o, path); err != nil {
				return fmt.Errorf("fetch %s: %w", o.Key, err)
			}
			if info, err = os.Stat(path); err != nil {
				return finops.WrapError(finops.CodeUnavailable, err, "A file that was fetched is not there any more")
			}
		}
		o.Size = info.Size()
		if err := fetched(o); err != nil {
			return err
		}
	}
	return nil
}

// localName is a key as a name that every file system takes: Windows has no colons, which AWS writes
// into the folders of its exports.
func localName(key string) string {
	if runtime.GOOS != "windows" {
		return key
	}
	return strings.NewReplacer(":", "%3A", "<", "%3C", ">", "%3E", `"`, "%22", "|", "%7C", "?", "%3F", "*", "%2A").Replace(key)
}

// fetchWhole writes an object beside its path and renames it when it is whole. A run that was killed left at most that one file, which is
// written anew.
func fetchWhole(ctx context.Context, c Connection, o Object, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return finops.WrapError(finops.CodeUnavailable, err, "The folder %s cannot be written", filepath.Dir(path))
	}
	beside := filepath.Join(filepath.Dir(path), ".fetch-"+filepath.Base(path)) // hidden, so that Expand passes over it
	f, err := os.OpenFile(beside, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return finops.WrapError(finops.CodeUnavailable, err, "The folder %s cannot be written", filepath.Dir(path))
	}
	pages := pagesAt(path, f)
	err = errors.Join(c.Fetch(ctx, o, staged{f, pages}), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if code := finops.CodeOf(err); err == nil || code == finops.CodeConflict || code == finops.CodeNotFound {
		err = errors.Join(err, pages.Forget()) // they are in the file, or not of this version
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// What a switch says.
const (
	switchOn  = "on"
	switchOff = "off"
)

// SwitchedOn says that the switch of a name is on.
func SwitchedOn(values map[string]string, name string) bool {
	return strings.TrimSpace(values[name]) == switchOn
}

// CheckOptions compares values with the options that a connector declares. It answers
// CodeInvalid for a value that is missing or not known, and for a switch that is neither on nor off.
func CheckOptions(options []Option, values map[string]string) error {
	known := map[string]bool{}
	for _, o := range options {
		known[o.Name] = true
		if o.Required && strings.TrimSpace(values[o.Name]) == "" {
			return finops.Errorf(finops.CodeInvalid, "%s is missing.", o.Label)
		}
		if text := strings.TrimSpace(values[o.Name]); o.Switch && text != "" && text != switchOn && text != switchOff {
			return finops.Errorf(finops.CodeInvalid, "%s is on or off.", o.Label)
		}
	}
	for name := range values {
		if !known[name] {
			return finops.Errorf(finops.CodeInvalid, "There is no option %q.", name)
		}
	}
	return nil
}
