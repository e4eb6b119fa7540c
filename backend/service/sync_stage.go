package service

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/gofrs/flock"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/store"
)

// stage is the folder beside the workspace into which a connection fetches files until they are imported. It has
// a folder for each state of each month; what is in it when a run is killed is not fetched again.
type stage string

func (w *workspace) stage(connection string) stage {
	return stage(filepath.Join(store.StagePath(w.db.Path()), connection))
}

// lock keeps other processes from syncing the same connection meanwhile, with other parameters. It answers CodeUnavailable
// when one does.
func (s stage) lock() (release func(), err error) {
	if err := os.MkdirAll(filepath.Dir(string(s)), 0o700); err != nil {
		return nil, finops.WrapError(finops.CodeUnavailable, err, "No file can be fetched: the folder of the workspace cannot be written")
	}
	l := flock.New(string(s)+".lock", flock.SetPermissions(0o600))
	switch ok, err := l.TryLock(); {
	case err != nil:
		return nil, finops.WrapError(finops.CodeUnavailable, err, "No file can be fetched: the folder of the workspace cannot be written")
	case !ok || !inPlace(l):
		_ = l.Unlock() // closes the file
		return nil, finops.Errorf(finops.CodeUnavailable, "Another program syncs this connection now. Try again when it is done.")
	}
	return func() {
		_ = os.Remove(l.Path())
		_ = l.Unlock() // closes the file, which ends the lock at the latest
		_ = os.Remove(l.Path())
		_ = os.Remove(filepath.Dir(string(s))) // has files of others in it otherwise
	}, nil
}

// inPlace says that the file of a lock is still the one at its path: whoever has given it up has removed it.
func inPlace(l *flock.Flock) bool {
	at, err := os.Stat(l.Path())
	if err != nil {
		return false
	}
	held, err := l.Stat()
	return err == nil && os.SameFile(at, held)
}

func (s stage) folder(state string) string { return filepath.Join(string(s), state) }

// keepOnly removes what was fetched of other states: the place has changed since.
func (s stage) keepOnly(states []string) error {
	entries, err := os.ReadDir(string(s))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return stageError(err)
	}
	for _, e := range entries {
		if !slices.Contains(states, e.Name()) {
			if err := s.drop(e.Name()); err != nil {
				return err
			}
		}
	}
	return nil
}

// drop removes what was fetched of a state, and the folders above when they are empty.
func (s stage) drop(state string) error {
	if err := os.RemoveAll(s.folder(state)); err != nil {
		return stageError(err)
	}
	if os.Remove(string(s)) == nil { // has others in it otherwise
		_ = os.Remove(filepath.Dir(string(s)))
	}
	return nil
}

// remove removes all that was fetched.
func (s stage) remove() error {
	if err := os.RemoveAll(string(s)); err != nil {
		return stageError(err)
	}
	_ = os.Remove(filepath.Dir(string(s))) // has others in it, or was never made
	return nil
}

func stageError(err error) error {
	return finops.WrapError(finops.CodeUnavailable, err, "The files that were fetched cannot be removed from beside the workspace")
}
