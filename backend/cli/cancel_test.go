//go:build unix

package cli_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"cloud-intelligence/backend/cli"
	"cloud-intelligence/backend/source"
	"cloud-intelligence/backend/source/focusfile"
)

// interrupted is a source that, in the middle of a file, sends this process the signal
// that Ctrl-C sends, and then waits for the cancel that follows.
type interrupted struct {
	focusfile.Source
	signal syscall.Signal
	opened *int
}

func (s interrupted) Read(ctx context.Context, r source.Recognition, t *source.Table) (source.Reader, error) {
	reader, err := s.Source.Read(ctx, r, t)
	*s.opened++
	if *s.opened == 1 { // the look at the file before the import
		return reader, err
	}
	return &interruptedReader{Reader: reader, signal: s.signal}, err
}

type interruptedReader struct {
	source.Reader
	signal syscall.Signal
}

func (r *interruptedReader) Next(ctx context.Context) (*source.Batch, error) {
	b, err := r.Reader.Next(ctx)
	if !errors.Is(err, io.EOF) {
		return b, err
	}
	// Every line was read; now, before anything counts, the person gives up.
	if err := syscall.Kill(os.Getpid(), r.signal); err != nil {
		return nil, err
	}
	select {
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case <-time.After(10 * time.Minute):
		return nil, errors.New("the signal did not cancel the import")
	}
}

const bill = "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,ProviderName,ServiceName,ResourceId\n"

func billFile(t *testing.T, path string, resources ...string) {
	t.Helper()
	var b strings.Builder
	b.WriteString(bill)
	for _, r := range resources {
		b.WriteString("1.5,1.5,1.5,1.5,100,USD,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,Usage,2026-10-01T00:00:00Z,2026-10-02T00:00:00Z,AWS,EC2," + r + "\n")
	}
	require.NoError(t, os.WriteFile(path, []byte(b.String()), 0o600))
}

func TestImport_InterruptedLeavesTheWorkspaceAsItWas(t *testing.T) {
	for name, signal := range map[string]syscall.Signal{"CtrlC": syscall.SIGINT, "Termination": syscall.SIGTERM} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			first, second, workspace := filepath.Join(dir, "a.csv"), filepath.Join(dir, "other.csv"), filepath.Join(dir, "w.cloudintel")
			billFile(t, first, "i-1", "i-2")
			billFile(t, second, "j-1", "j-2", "j-3")
			run := func(sources source.Registry, args ...string) (code int, out, errText string) {
				var stdout, stderr bytes.Buffer
				code = cli.Main(t.Context(), append([]string{"--workspace", workspace}, args...), strings.NewReader(""), &stdout, &stderr, cli.Deps{Sources: sources})
				return code, stdout.String(), stderr.String()
			}
			plain := source.Registry{focusfile.Source{}}
			stopped := func() source.Registry { return source.Registry{interrupted{signal: signal, opened: new(int)}} }

			code, out, errText := run(stopped(), "import", first)
			assert.Equal(t, 130, code, errText)
			assert.Empty(t, out)
			assert.Contains(t, errText, "cancelled")
			assert.NoFileExists(t, workspace, "there was no workspace before")

			code, _, errText = run(plain, "import", first)
			require.Equal(t, 0, code, errText)
			_, before, _ := run(plain, "query", "--group-by", "ResourceId", "--format", "json")
			code, _, errText = run(stopped(), "import", "--overlap", "add", second)
			assert.Equal(t, 130, code, errText)
			_, after, _ := run(plain, "query", "--group-by", "ResourceId", "--format", "json")
			assert.Equal(t, before, after)
			_, imports, _ := run(plain, "imports")
			assert.Equal(t, 3, strings.Count(imports, "\n"), imports)
			code, _, errText = run(plain, "import", "--overlap", "add", second)
			assert.Equal(t, 0, code, errText)
		})
	}
}

func TestMain_CancelledContext(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("the program ends"))
	var stderr bytes.Buffer
	dir := t.TempDir()
	path := filepath.Join(dir, "a.csv")
	billFile(t, path, "i-1")
	code := cli.Main(ctx, []string{"--workspace", filepath.Join(dir, "w.cloudintel"), "import", path}, strings.NewReader(""), io.Discard, &stderr, cli.Deps{Sources: source.Registry{focusfile.Source{}}})
	assert.Equal(t, 130, code, stderr.String())
	assert.NoFileExists(t, filepath.Join(dir, "w.cloudintel"))
}

// failing is a source with a fault.
type failing struct{ focusfile.Source }

func (failing) Read(context.Context, source.Recognition, *source.Table) (source.Reader, error) {
	return nil, errors.New("index out of range; token=hunter2hunter2")
}

func TestMain_InternalErrorHasAReferenceAndNoSecret(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.csv")
	billFile(t, path, "i-1")
	var stderr bytes.Buffer
	code := cli.Main(t.Context(), []string{"--workspace", filepath.Join(dir, "w.cloudintel"), "import", path}, strings.NewReader(""), io.Discard, &stderr, cli.Deps{Sources: source.Registry{failing{}}})
	assert.Equal(t, 1, code)
	assert.Regexp(t, `Something went wrong inside Cloud Intelligence \(ref ([A-Z2-7]{8})\)\n`, stderr.String())
	assert.NotContains(t, stderr.String(), "hunter2")
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

func TestMain_ResultsThatCannotBeWrittenAreAFailure(t *testing.T) {
	var stderr bytes.Buffer
	code := cli.Main(t.Context(), []string{"version"}, strings.NewReader(""), full{}, &stderr, cli.Deps{Version: "1"})
	assert.Equal(t, 1, code)
	assert.Contains(t, stderr.String(), "The results cannot be written to the end")
}
