package connectortest

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// The account that Azurite has, with its key, which is the same everywhere and no secret.
const (
	AzuriteAccount = "devstoreaccount1"
	AzuriteKey     = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
)

// azuriteProgram runs Azurite until its standard input ends, which it does with the process that started it:
// Azurite itself would go on.
const azuriteProgram = `node "$1" --blobHost 127.0.0.1 --blobPort 0 --inMemoryPersistence --disableTelemetry --skipApiVersionCheck & pid=$!
cat >/dev/null; kill $pid`

var startAzurite = sync.OnceValues(func() (string, error) {
	program := filepath.Join(emulators(), "azurite", "node_modules", "azurite", "dist", "src", "blob", "main.js")
	if _, err := os.Stat(program); err != nil {
		return "", errNoAzurite
	}
	return start("successfully listens on ", "sh", "-c", azuriteProgram, "sh", program)
})

var errNoAzurite = errors.New("Azurite, which plays Azure Blob storage, is not installed; build/emulators installs it")

// Azurite returns the address of a server that plays Blob storage, with the name of its account. A test is skipped
// where it is not installed.
func Azurite(t *testing.T) string {
	t.Helper()
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("Tests against Azurite are left out of the short run, and on Windows, where it is started in another way.")
	}
	address, err := startAzurite()
	if errors.Is(err, errNoAzurite) {
		t.Skip(err)
	}
	require.NoError(t, err)
	return address + "/" + AzuriteAccount
}
