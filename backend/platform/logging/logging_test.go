package logging

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

func TestLog_HoldsNoSecret(t *testing.T) {
	const secret = "hunter2hunter2"
	type login struct{ User, Password string }
	for name, write := range map[string]func(*slog.Logger){
		"Key":           func(l *slog.Logger) { l.Info("x", "password", secret) },
		"KeyInside":     func(l *slog.Logger) { l.Info("x", "dbPassword", secret) },
		"AccessKey":     func(l *slog.Logger) { l.Info("x", "access_key", secret) },
		"Authorization": func(l *slog.Logger) { l.Info("x", "Authorization", secret) },
		"Number":        func(l *slog.Logger) { l.Info("x", "token", []byte(secret)) },
		"Group":         func(l *slog.Logger) { l.WithGroup("secret").Info("x", "value", secret) },
		"GroupAttr":     func(l *slog.Logger) { l.Info("x", slog.Group("credentials", "value", secret)) },
		"With":          func(l *slog.Logger) { l.With("token", secret).Info("x") },
		"Struct":        func(l *slog.Logger) { l.Info("x", "login", login{"ann", secret}) },
		"Message":       func(l *slog.Logger) { l.Info("sent Authorization: Bearer " + secret) },
		"Error":         func(l *slog.Logger) { l.Error("x", "err", errors.New("GET https://ann:"+secret+"@example.com failed")) },
		"Link":          func(l *slog.Logger) { l.Info("x", "url", "https://h/x?a=1&sig="+secret+"&b=2") },
		"AWS": func(l *slog.Logger) {
			l.Info("x", "text", "key AKIA"+"ABCDEFGHIJKLMNOP"+" aws_secret_access_key="+secret)
		},
		"JSON":       func(l *slog.Logger) { l.Info("x", "body", `{"client_secret": "`+secret+`"}`) },
		"PrivateKey": func(l *slog.Logger) { l.Info("x", "pem", "-----BEGIN RSA PRIVATE KEY-----\n"+secret) },
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			write(New(&out))
			assert.NotContains(t, out.String(), "hunter2")
			assert.NotContains(t, out.String(), "AKIA")
			assert.Contains(t, out.String(), hidden)
		})
	}
}

func TestLog_KeepsTheRest(t *testing.T) {
	var out bytes.Buffer
	New(&out).Warn("import done", "lines", 12, "file", "/bills/aws 2026-10.csv", "err", errors.New("line 7: no amount"))
	for _, want := range []string{`"level":"WARN"`, `"msg":"import done"`, `"lines":12`, `"file":"/bills/aws 2026-10.csv"`, `"err":"line 7: no amount"`, `"time":"20`} {
		assert.Contains(t, out.String(), want)
	}
	assert.NotContains(t, out.String(), hidden)
}

func TestLog_Rotates(t *testing.T) {
	dir := t.TempDir()
	r, err := openRotating(dir, "log", 100, 3)
	require.NoError(t, err)
	var done sync.WaitGroup
	for range 4 {
		done.Go(func() {
			for range 25 {
				_, err := r.Write([]byte(strings.Repeat("x", 29) + "\n"))
				assert.NoError(t, err)
			}
		})
	}
	done.Wait()
	require.NoError(t, r.Close())
	require.NoError(t, r.Close())
	_, err = r.Write([]byte("late\n"))
	require.Error(t, err)

	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, files, 3)
	for _, f := range files {
		info, err := f.Info()
		require.NoError(t, err)
		assert.LessOrEqual(t, info.Size(), int64(100))
		assert.Zero(t, info.Size()%30, "an entry was split")
		if runtime.GOOS != "windows" {
			assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
		}
	}
	// 100 entries, three to a file: the newest file holds the one that is left over.
	info, err := os.Stat(filepath.Join(dir, "log"))
	require.NoError(t, err)
	assert.Equal(t, int64(30), info.Size())
}

func TestOpen_MakesThePrivateFileAndGoesOn(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, FileName)
	require.NoError(t, os.WriteFile(path, []byte("before\n"), 0o644))
	log, closer, err := Open(dir)
	require.NoError(t, err)
	log.Info("after")
	require.NoError(t, closer.Close())
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(text), "before\n"))
	assert.Contains(t, string(text), `"msg":"after"`)
	if runtime.GOOS != "windows" {
		info, err := os.Stat(path)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	}

	_, _, err = Open(filepath.Join(dir, "missing"))
	assert.Equal(t, finops.CodeDenied, finops.CodeOf(err))
}

func TestRef_IsShortAndNew(t *testing.T) {
	a, b := Ref(), Ref()
	assert.Regexp(t, `^[A-Z2-7]{8}$`, a)
	assert.NotEqual(t, a, b)
}
