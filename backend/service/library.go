package service

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/keychain"
	"cloud-intelligence/backend/platform/trash"
	"cloud-intelligence/backend/store"
)

// demoName is the file name of the demo workspace.
const demoName = "Demo - Harbour and Pine" + store.Extension

// recentName is the file, in the configuration folder, that remembers what was opened.
const recentName = "recent.json"

const recentMax = 50

// Library knows the workspaces of the person at this computer: where new ones go and
// which were opened lately. Its methods may be called from several goroutines; several
// windows may share the folders.
type Library struct {
	Dir       string           // where new workspaces go
	ConfigDir string           // where the list of recent workspaces is kept
	Now       func() time.Time // nil = time.Now
	// Keychain has the secrets of the workspaces, which go with them; nil = none has any.
	Keychain keychain.Keychain

	mu sync.Mutex // held while the list is read and written back
}

// RecentEntry is a workspace that was opened before. Name, Lines and, when the file is
// gone, SizeBytes are as of then.
type RecentEntry struct {
	Path      string
	Name      string
	OpenedAt  time.Time
	Exists    bool
	Demo      bool
	Lines     int64
	SizeBytes int64
}

// recentFile is the form of recent.json.
type recentFile struct {
	Workspaces []recentRecord `json:"workspaces"`
	// Open is the path of the workspace that is open, or was when the program ended.
	Open string `json:"open,omitempty"`
}

type recentRecord struct {
	Path      string    `json:"path"`
	Name      string    `json:"name"`
	OpenedAt  time.Time `json:"openedAt"`
	Lines     int64     `json:"lines"`
	SizeBytes int64     `json:"sizeBytes"`
}

// Recent returns the workspaces that were opened, the latest first. A list that is
// missing or damaged counts as empty: it is only a convenience.
func (l *Library) Recent() []RecentEntry {
	l.mu.Lock()
	records := l.read().Workspaces
	l.mu.Unlock()
	entries := make([]RecentEntry, len(records))
	for i, r := range records {
		e := RecentEntry{Path: r.Path, Name: r.Name, OpenedAt: r.OpenedAt, Demo: r.Path == l.DemoPath(), Lines: r.Lines, SizeBytes: r.SizeBytes}
		if info, err := os.Stat(r.Path); err == nil && info.Mode().IsRegular() {
			e.Exists, e.SizeBytes = true, info.Size()
		}
		entries[i] = e
	}
	return entries
}

// Remember puts the workspace that is open at the top of the recent list.
func (l *Library) Remember(info Info) error {
	now := time.Now
	if l.Now != nil {
		now = l.Now
	}
	path, err := filepath.Abs(info.Path)
	if err != nil {
		return fmt.Errorf("resolve %s: %w", info.Path, err)
	}
	entry := recentRecord{Path: path, Name: info.Name, OpenedAt: now().UTC(), Lines: info.Lines, SizeBytes: info.SizeBytes}
	return l.change(func(f *recentFile) {
		f.Workspaces, f.Open = append([]recentRecord{entry}, without(f.Workspaces, path)...), path
	})
}

// Closed remembers that a person closed the workspace at path, so that the next start does
// not open it again.
func (l *Library) Closed(path string) error {
	return l.change(func(f *recentFile) { f.leave(path) })
}

// LastOpen is the workspace that was open when the program ended; "" when there was none,
// or when its file is gone.
func (l *Library) LastOpen() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	path := l.read().Open
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return path
}

func (f *recentFile) leave(path string) {
	if f.Open == path {
		f.Open = ""
	}
}

// Forget takes a workspace off the recent list and leaves the file alone.
func (l *Library) Forget(path string) error {
	return l.change(func(f *recentFile) { f.Workspaces = without(f.Workspaces, path); f.leave(path) })
}

// DemoPath is where the demo workspace is made.
func (l *Library) DemoPath() string { return filepath.Join(l.Dir, demoName) }

// FirstStart reports whether nothing was ever opened or made here.
func (l *Library) FirstStart() bool {
	if _, err := os.Stat(filepath.Join(l.ConfigDir, recentName)); err == nil {
		return false
	}
	entries, err := os.ReadDir(l.Dir)
	return err != nil || !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return filepath.Ext(e.Name()) == store.Extension })
}

func without(records []recentRecord, path string) []recentRecord {
	return slices.DeleteFunc(records, func(r recentRecord) bool { return r.Path == path })
}

// change reads the list again before it is changed, since another window may have
// written it in the meantime.
func (l *Library) change(edit func(*recentFile)) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	file := l.read()
	edit(&file)
	file.Workspaces = file.Workspaces[:min(len(file.Workspaces), recentMax)]
	text, err := json.MarshalIndent(file, "", "  ")
	if err != nil {
		return fmt.Errorf("spell the list of recent workspaces: %w", err)
	}
	if err := replaceFile(filepath.Join(l.ConfigDir, recentName), append(text, '\n')); err != nil {
		return finops.WrapError(finops.CodeDenied, err, "The list of recent workspaces cannot be kept in %s. Check that you may write there.", l.ConfigDir)
	}
	return nil
}

func (l *Library) read() recentFile {
	text, err := os.ReadFile(filepath.Join(l.ConfigDir, recentName))
	if err != nil {
		return recentFile{}
	}
	var file recentFile
	if json.Unmarshal(text, &file) != nil {
		return recentFile{}
	}
	seen := map[string]bool{}
	file.Workspaces = slices.DeleteFunc(file.Workspaces, func(r recentRecord) bool {
		bad := !filepath.IsAbs(r.Path) || seen[r.Path]
		seen[r.Path] = true
		return bad
	})
	if !filepath.IsAbs(file.Open) {
		file.Open = ""
	}
	return file
}

// replaceFile writes a private file so that it is there whole, or as it was before.
func replaceFile(path string, text []byte) (err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*") // mode 0600
	if err != nil {
		return fmt.Errorf("make a file: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // best effort: the first error is the one to report
		}
	}()
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write the file: %w", err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("keep the list of workspaces: %w", err)
	}
	return nil
}

// Trash moves a workspace, with the files that belong to it, to the system's trash, removes its secrets from the
// keychain and takes it off the recent list. It answers CodeUnavailable while the workspace is open,
// here or in another program; CodeNotFound when there is none at path; CodeInvalid when
// the file is something else.
func (l *Library) Trash(ctx context.Context, path string) error {
	abs, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("resolve %s: %w", path, err)
	}
	if _, err := os.Lstat(abs); errors.Is(err, fs.ErrNotExist) {
		return finops.WrapError(finops.CodeNotFound, err, "There is no workspace at %s. It may have been moved, or its drive is not connected.", path)
	}
	secrets, err := settleFiles(ctx, abs)
	if err != nil {
		return err
	}
	if err := trash.Move(abs); err != nil {
		return err
	}
	for _, suffix := range []string{"-wal", "-shm", "-reserve", "-lock"} {
		if err := dropSideFile(abs+suffix, suffix == "-wal"); err != nil {
			return err
		}
	}
	store.RemoveLeftovers(abs)
	return errors.Join(l.Forget(abs), l.dropSecrets(ctx, secrets))
}

// workspaceSecrets names what the keychain has of a workspace.
type workspaceSecrets struct {
	workspace string // its id
	names     []string
}

// secretsOf finds the secrets of the connections and of the channels of alerts.
func secretsOf(ctx context.Context, db *store.DB) (s workspaceSecrets, err error) {
	connections, err := db.Connections(ctx)
	if err != nil {
		return s, err
	}
	for _, n := range connections {
		content, _ := contentOf(n) // one that is damaged names none
		for _, option := range content.Secrets {
			s.names = append(s.names, secretName(content.ID, option))
		}
	}
	channels, err := db.Channels(ctx)
	if err != nil {
		return s, err
	}
	for _, c := range channels {
		s.names = append(s.names, channelSecret(c.ID))
	}
	if len(s.names) > 0 {
		s.workspace, err = db.ID(ctx, "", time.Time{}) // there is one: secrets were kept under it
	}
	return s, err
}

// dropSecrets removes secrets of a workspace that is in the trash.
func (l *Library) dropSecrets(ctx context.Context, s workspaceSecrets) error {
	if l.Keychain == nil {
		return nil
	}
	for _, name := range s.names {
		if err := l.Keychain.Delete(ctx, s.workspace, name); err != nil {
			return finops.WrapError(finops.CodeOf(err), err, "The workspace is in the trash, but the passwords and keys of its connections are still in the keychain: %s", finops.MessageOf(err))
		}
	}
	return nil
}

// settleFiles makes sure that nobody uses the workspace and, where it can, that all of it
// is in one file: the last one to close a workspace folds its side files into it. Side
// files that are still there after that belong to somebody who has it open. It returns what the keychain has of it, as
// far as it can be opened.
func settleFiles(ctx context.Context, path string) (secrets workspaceSecrets, err error) {
	name := filepath.Base(path)
	db, err := store.Open(ctx, path)
	switch code := finops.CodeOf(err); {
	case err == nil:
		if secrets, err = secretsOf(ctx, db); finops.CodeOf(err) == finops.CodeCorrupt {
			err = nil // it may be thrown away all the same
		}
		if err := errors.Join(err, db.Close()); err != nil {
			return secrets, err
		}
		if exists(path+"-shm") || exists(path+"-wal") {
			return secrets, finops.Errorf(finops.CodeUnavailable, "%s is open in a window or a command. Close it there and try again.", name)
		}
		return secrets, nil
	case code == finops.CodeCorrupt, code == finops.CodeUnsupported, code == finops.CodeInvalid && filepath.Ext(path) == store.Extension:
		// It cannot be opened, and may be thrown away all the same; the lock still shows a writer.
		lock := flock.New(path+"-lock", flock.SetPermissions(0o600))
		locked, err := lock.TryLock()
		if err == nil && !locked {
			return secrets, finops.Errorf(finops.CodeUnavailable, "Another program is writing to %s. Try again when it has finished.", name)
		}
		if err := errors.Join(err, lock.Close()); err != nil {
			return secrets, finops.WrapError(finops.CodeDenied, err, "%s cannot be moved to the trash: its folder is read-only for you.", name)
		}
		return secrets, nil
	}
	return secrets, err
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// dropSideFile removes a file that belonged to a workspace; one with content goes to the
// trash, so that a workspace brought back by hand is whole.
func dropSideFile(path string, content bool) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil && content && info.Size() > 0 {
		return trash.Move(path)
	}
	if err == nil {
		err = os.Remove(path)
	}
	if err != nil {
		return finops.WrapError(finops.CodeDenied, err, "The workspace is in the trash, but its file %s cannot be removed.", filepath.Base(path))
	}
	return nil
}
