package cli_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/keychain"
)

// keychainVariable names the file of the keychain of a script.
const keychainVariable = "CI_TEST_KEYCHAIN"

// fileKeychain is a keychain for the commands of a script, each of which is a process of its own.
type fileKeychain struct{}

var _ keychain.Keychain = fileKeychain{}

func (fileKeychain) read() (map[string]string, error) {
	secrets := map[string]string{}
	text, err := os.ReadFile(os.Getenv(keychainVariable))
	if err == nil {
		err = json.Unmarshal(text, &secrets)
	} else if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		return nil, finops.WrapError(finops.CodeUnavailable, err, "There is no keychain for this script.")
	}
	return secrets, nil
}

func (k fileKeychain) change(fn func(map[string]string)) error {
	secrets, err := k.read()
	if err != nil {
		return err
	}
	fn(secrets)
	text, err := json.Marshal(secrets)
	if err != nil {
		return err
	}
	return os.WriteFile(os.Getenv(keychainVariable), text, 0o600)
}

func (k fileKeychain) Set(_ context.Context, workspace, name, secret string) error {
	return k.change(func(all map[string]string) { all[workspace+name] = secret })
}

// Get writes nothing: several connections are read at once.
func (k fileKeychain) Get(_ context.Context, workspace, name string) (secret string, err error) {
	all, err := k.read()
	if err == nil && all[workspace+name] == "" {
		err = finops.Errorf(finops.CodeNotFound, "The keychain does not have this secret.")
	}
	return all[workspace+name], err
}

func (k fileKeychain) Delete(_ context.Context, workspace, name string) error {
	return k.change(func(all map[string]string) { delete(all, workspace+name) })
}
