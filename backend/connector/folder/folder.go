// Package folder is the connector of a folder into which exports are delivered: on this
// machine, on a network drive, or one that another program keeps in step with a bucket. It
// hides how files are found there and distinguished from those that were fetched before.
package folder

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// optionFolder is the name of the only option.
const optionFolder = "folder"

// Connector connects to folders. The zero value is ready to use.
type Connector struct{}

var _ source.Connector = Connector{}

// Name is "folder".
func (Connector) Name() string { return "folder" }

// Label is "Folder".
func (Connector) Label() string { return "Folder" }

// Policies is empty: the permissions of the file system are those of the person.
func (Connector) Policies(map[string]string) []source.Policy { return nil }

// Options asks for the folder.
func (Connector) Options() []source.Option {
	return []source.Option{{
		Name: optionFolder, Label: "Folder", Required: true, Folder: true, Example: "/mnt/exports",
		Help: "The folder with the export files, on this computer or a network drive; folders in it are searched as well.",
	}}
}

// Connect wants the full path of the folder.
func (c Connector) Connect(values map[string]string, _ source.Reach) (source.Connection, error) {
	if err := source.CheckOptions(c.Options(), values); err != nil {
		return nil, err
	}
	root := filepath.Clean(strings.TrimSpace(values[optionFolder]))
	if !filepath.IsAbs(root) {
		return nil, finops.Errorf(finops.CodeInvalid, "Folder must be a full path, such as /mnt/exports.")
	}
	return connection{root}, nil
}

type connection struct{ root string }

// Test looks whether the folder is there and may be read.
func (c connection) Test(ctx context.Context) []source.Step {
	files, bytes := 0, int64(0)
	err := c.List(ctx, func(o source.Object) error {
		files++
		bytes += o.Size
		return nil
	})
	if err != nil {
		return []source.Step{{Name: "Read the folder", Detail: finops.MessageOf(err)}}
	}
	return []source.Step{{Name: "Read the folder", OK: true, Detail: fmt.Sprintf("Files found: %d (%d bytes).", files, bytes)}}
}

// List finds the files at any depth, also the manifests beside exports. Hidden files and
// folders and links are passed over.
func (c connection) List(ctx context.Context, found func(source.Object) error) error {
	err := filepath.WalkDir(c.root, func(path string, entry fs.DirEntry, err error) error {
		if cause := context.Cause(ctx); cause != nil {
			return cause
		}
		switch {
		case err != nil && path != c.root && errors.Is(err, fs.ErrNotExist):
			return nil // it went while the folder was read
		case err != nil:
			return readError(path, err)
		case path != c.root && strings.HasPrefix(entry.Name(), "."):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case path == c.root && !entry.IsDir():
			return finops.Errorf(finops.CodeInvalid, "%s is not a folder.", path)
		case !entry.Type().IsRegular():
			return nil
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return readError(path, err)
		}
		key, err := filepath.Rel(c.root, path)
		if err != nil {
			return readError(path, err)
		}
		return found(source.Object{Key: filepath.ToSlash(key), Size: info.Size(), Version: versionOf(info)})
	})
	return err //nolint:wrapcheck // each error of the walk is made above
}

// versionOf distinguishes two states of a file by what every file system keeps.
func versionOf(info fs.FileInfo) string {
	return fmt.Sprintf("%s %d", info.ModTime().UTC().Format(time.RFC3339Nano), info.Size())
}

// Fetch copies a file. A file that changes meanwhile is answered with CodeConflict.
func (c connection) Fetch(ctx context.Context, o source.Object, w io.Writer) (err error) {
	path := filepath.Join(c.root, filepath.FromSlash(o.Key))
	f, err := os.Open(path)
	if err != nil {
		return readError(path, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := unchanged(f, o); err != nil {
		return err
	}
	if _, err := io.Copy(w, cancellable{ctx, f}); err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return cause
		}
		return finops.WrapError(finops.CodeUnavailable, err, "%s cannot be copied", path)
	}
	return unchanged(f, o)
}

func unchanged(f *os.File, o source.Object) error {
	info, err := f.Stat()
	if err != nil {
		return readError(f.Name(), err)
	}
	if versionOf(info) != o.Version {
		return finops.Errorf(finops.CodeConflict, "%s changed after it was listed.", f.Name())
	}
	return nil
}

// cancellable ends reading when ctx is cancelled.
type cancellable struct {
	ctx context.Context
	r   io.Reader
}

func (c cancellable) Read(p []byte) (int, error) {
	if err := context.Cause(c.ctx); err != nil {
		return 0, err
	}
	return c.r.Read(p) //nolint:wrapcheck // io.EOF must stay as it is
}

func readError(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return finops.WrapError(finops.CodeNotFound, err, "%s is not there; check the path, and whether the drive is connected", path)
	case errors.Is(err, fs.ErrPermission):
		return finops.WrapError(finops.CodeDenied, err, "%s may not be read; check its permissions", path)
	}
	return finops.WrapError(finops.CodeUnavailable, err, "%s cannot be read; check whether the drive is connected", path)
}

// Usage is empty: no network is used that the program knows of.
func (connection) Usage() network.Usage { return network.Usage{} }

// Close does nothing: nothing is held open between two calls.
func (connection) Close() error { return nil }
