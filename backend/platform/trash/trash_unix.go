//go:build unix && !darwin

package trash

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// namesMax bounds the search for a free name in a trash folder.
const namesMax = 10_000

func move(path string, info fs.FileInfo) error {
	home, err := homeTrash(os.Getenv("XDG_DATA_HOME"), os.UserHomeDir)
	if err != nil {
		return err
	}
	return bin{home: home, uid: os.Getuid(), now: time.Now()}.move(path, info)
}

// homeTrash is the trash of the person's own disk.
func homeTrash(dataHome string, home func() (string, error)) (string, error) {
	if filepath.IsAbs(dataHome) {
		return filepath.Join(dataHome, "Trash"), nil
	}
	dir, err := home()
	if err != nil {
		return "", fmt.Errorf("find the home folder: %w", err)
	}
	return filepath.Join(dir, ".local", "share", "Trash"), nil
}

// bin is the trash of one person.
type bin struct {
	home string // trash folder in the person's home
	uid  int
	now  time.Time
}

// move puts the file into the home trash when that is on the same device, else into the
// trash of the file's own mount, and where there can be none it is copied to the home trash.
func (b bin) move(path string, info fs.FileInfo) error {
	if err := makeTrash(b.home); err != nil {
		return err
	}
	device, err := deviceOf(filepath.Dir(path))
	if err != nil {
		return err
	}
	homeDevice, err := deviceOf(b.home)
	if err != nil {
		return err
	}
	if device == homeDevice {
		// Two mounts of one device (bind mounts, overlays) still refuse a rename.
		if err := b.put(b.home, path, path, os.Rename); !errors.Is(err, syscall.EXDEV) {
			return err
		}
	}
	if top, trash, ok := b.mountTrash(path, device); ok {
		relative, err := filepath.Rel(top, path)
		if err != nil {
			return fmt.Errorf("place the file below %s: %w", top, err)
		}
		if b.put(trash, path, relative, os.Rename) == nil {
			return nil
		}
	}
	return b.put(b.home, path, path, func(from, to string) error { return copyOver(from, to, info) })
}

// mountTrash finds or makes the trash folder at the top of the mount that holds the file:
// .Trash/UID where an administrator has made .Trash, .Trash-UID otherwise.
func (b bin) mountTrash(path string, device uint64) (top, trash string, ok bool) {
	top, err := topOf(filepath.Dir(path), device)
	if err != nil {
		return "", "", false
	}
	uid := strconv.Itoa(b.uid)
	shared := filepath.Join(top, ".Trash")
	// The specification demands both checks: without them another person could read along.
	if info, err := os.Lstat(shared); err == nil && info.IsDir() && info.Mode()&fs.ModeSticky != 0 {
		if trash = filepath.Join(shared, uid); makeTrash(trash) == nil {
			return top, trash, true
		}
	}
	trash = filepath.Join(top, ".Trash-"+uid)
	if info, err := os.Lstat(trash); err == nil && !info.IsDir() {
		return "", "", false // a link planted there would lead the file elsewhere
	}
	return top, trash, makeTrash(trash) == nil
}

func topOf(dir string, device uint64) (string, error) {
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return "", fmt.Errorf("resolve the folder: %w", err)
	}
	for {
		parent := filepath.Dir(dir)
		d, err := deviceOf(parent)
		if err != nil {
			return "", err
		}
		if d != device || parent == dir {
			return dir, nil
		}
		dir = parent
	}
}

func deviceOf(path string) (uint64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, fmt.Errorf("look at the folder: %w", err)
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, errors.ErrUnsupported
	}
	return uint64(st.Dev), nil //nolint:unconvert // an int32 on some systems
}

func makeTrash(dir string) error {
	for _, name := range []string{"files", "info"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o700); err != nil {
			return fmt.Errorf("make the trash: %w", err)
		}
	}
	return nil
}

// put moves the file under a free name. The info file is made first and exclusively, as
// the specification says: it is what reserves the name.
func (b bin) put(trash, path, noted string, transfer func(from, to string) error) error {
	text := "[Trash Info]\nPath=" + escape(noted) + "\nDeletionDate=" + b.now.Format("2006-01-02T15:04:05") + "\n"
	base := filepath.Base(path)
	for n := 1; n <= namesMax; n++ {
		name := numbered(base, n)
		info, target := filepath.Join(trash, "info", name+".trashinfo"), filepath.Join(trash, "files", name)
		err := writeNew(info, text)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		if _, err := os.Lstat(target); err == nil { // left behind without its info file
			if err := os.Remove(info); err != nil {
				return fmt.Errorf("give the name back: %w", err)
			}
			continue
		}
		if err := transfer(path, target); err != nil {
			return errors.Join(err, os.Remove(info))
		}
		return nil
	}
	return fmt.Errorf("the trash holds %d files named %s", namesMax, base)
}

// numbered returns "name.ext", "name.2.ext" and so on. The name is cut where the system
// would not take it with the ending of its info file.
func numbered(base string, n int) string {
	const most = 255 - len(".trashinfo") - len(".10000")
	ext := filepath.Ext(base)
	stem := strings.TrimSuffix(base, ext)
	if len(ext) > 32 || stem == "" {
		stem, ext = base, ""
	}
	if len(stem)+len(ext) > most {
		stem = strings.ToValidUTF8(stem[:most-len(ext)], "")
	}
	if n == 1 {
		return stem + ext
	}
	return stem + "." + strconv.Itoa(n) + ext
}

func writeNew(path, text string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("reserve a name in the trash: %w", err)
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(fmt.Errorf("note the file in the trash: %w", err), os.Remove(path))
	}
	return nil
}

// escape writes a path as the specification wants it: as in a URL, with its slashes.
func escape(path string) string {
	parts := strings.Split(filepath.ToSlash(path), "/")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	return strings.Join(parts, "/")
}
