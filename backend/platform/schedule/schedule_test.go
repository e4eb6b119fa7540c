package schedule

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/finops"
)

var daily = Task{ID: "0a1b", Command: []string{"/opt/Cloud Intelligence/app", "--workspace", "/home/ann/it's 100 %.cloudintel", "sync", "--all"}, Hour: 2, Minute: 30}

// crontabs puts a crontab on the PATH that keeps its text in a file.
func crontabs(t *testing.T) (file string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("The program in place of crontab is a shell script.")
	}
	dir := t.TempDir()
	file = filepath.Join(dir, "tab")
	script := "#!/bin/sh\nif [ \"$1\" = -l ]; then\n  [ -f '" + file + "' ] || { echo 'no crontab for ann' >&2; exit 1; }\n  exec cat '" + file + "'\nfi\nexec cat >'" + file + "'\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "crontab"), []byte(script), 0o700))
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	return file
}

func TestCron(t *testing.T) {
	file := crontabs(t)
	mine := "MAILTO=ann\n5 * * * * backup\n"
	line := `30 2 * * * '/opt/Cloud Intelligence/app' '--workspace' '/home/ann/it'\''s 100 \%.cloudintel' 'sync' '--all' >/dev/null 2>&1 # cloud-intelligence 0a1b`
	found, err := cron{}.remove(t.Context(), daily.ID)
	require.NoError(t, err)
	assert.False(t, found, "there is no crontab at all")
	require.NoError(t, cron{}.install(t.Context(), daily))
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, line+"\n", string(text))

	require.NoError(t, os.WriteFile(file, []byte(mine), 0o600))
	other := daily
	other.ID, other.Hour = "ffff", 4
	for range 2 { // the second replaces the first
		require.NoError(t, cron{}.install(t.Context(), daily))
	}
	require.NoError(t, cron{}.install(t.Context(), other))
	text, err = os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, mine+line+"\n"+cron{}.entry(other).Text+"\n", string(text))
	have, there, err := cron{}.find(t.Context(), other.ID)
	require.NoError(t, err)
	assert.True(t, there)
	assert.Equal(t, cron{}.entry(other), have)
	_, there, err = cron{}.find(t.Context(), "none")
	require.NoError(t, err)
	assert.False(t, there)
	for _, id := range []string{daily.ID, other.ID} {
		found, err := cron{}.remove(t.Context(), id)
		require.NoError(t, err)
		assert.True(t, found)
	}
	text, err = os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, mine, string(text), "what others wrote stays")
}

func TestCron_NotInstalled(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	err := cron{}.install(t.Context(), daily)
	assert.Equal(t, finops.CodeUnavailable, finops.CodeOf(err))
	assert.Contains(t, finops.MessageOf(err), "crontab is not installed")
}

func TestLaunchd_WritesWhatLaunchdReads(t *testing.T) {
	e := launchd{}.entry(daily)
	assert.True(t, strings.HasSuffix(e.Where, filepath.Join("Library", "LaunchAgents", "cloud-intelligence.sync.0a1b.plist")))
	var words []string
	for d, name := xml.NewDecoder(strings.NewReader(e.Text)), ""; ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		switch v := token.(type) {
		case xml.StartElement:
			name = v.Name.Local
		case xml.CharData:
			if name == "string" || name == "integer" {
				words = append(words, string(v))
			}
		case xml.EndElement:
			name = ""
		}
	}
	assert.Equal(t, append(append([]string{"cloud-intelligence.sync.0a1b"}, daily.Command...), "2", "30"), words)
}

func TestScheduler_Command(t *testing.T) {
	e := scheduler{}.entry(daily)
	assert.Equal(t, "Cloud Intelligence sync 0a1b", e.Where)
	assert.Equal(t, `daily at 02:30: "/opt/Cloud Intelligence/app" --workspace "/home/ann/it's 100 %.cloudintel" sync --all`, e.Text)
}
