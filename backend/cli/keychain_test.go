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

func (fileKeychain) change(fn func(map[string]string)) error {
	secrets := map[string]string{}
	text, err := os.ReadFile(os.Getenv(keychainVariable))
	if err == nil {
		err = json.Unmarshal(text, &secrets)
	} else if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		return finops.WrapError(finops.CodeUnavailable, err, "There is no keychain for this script.")
	}
	fn(secrets)
	if text, err = json.Marshal(secrets); err != nil {
		return err
	}
	return os.WriteFile(os.Getenv(keychainVariable), text, 0o600)
}

func (k fileKeychain) Set(_ context.Context, workspace, name, secret string) error {
	return k.change(func(all map[string]string) { all[workspace+name] = secret })
}

func (k fileKeychain) Get(_ context.Context, workspace, name string) (secret string, err error) {
	err = k.change(func(all map[string]string) { secret = all[workspace+name] })
	if err == nil && secret == "" {
		err = finops.Errorf(finops.CodeNotFound, "The keychain does not have this secret.")
	}
	return secret, err
}

func (k fileKeychain) Delete(_ context.Context, workspace, name string) error {
	return k.change(func(all map[string]string) { delete(all, workspace+name) })
}
