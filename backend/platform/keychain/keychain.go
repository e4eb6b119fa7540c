// Package keychain keeps secrets in the keychain of the operating system: the Secret Service on
// Linux (GNOME Keyring, KWallet), the Keychain on macOS, the Credential Manager on Windows. It
// hides how these are reached and what they answer when they are locked, missing or refuse.
//
// A secret belongs to a workspace, named by its id (store.DB.ID), and has a name in it, such
// as "connection/3/secret_access_key". No secret is ever part of an error, and none may be kept anywhere
// else. Whoever needs secrets is handed a Keychain; app.go makes the only System.
package keychain

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/zalando/go-keyring"

	"cloud-intelligence/backend/finops"
)

// Keychain keeps secrets. All methods may be called from several goroutines. They answer
// CodeUnavailable where no keychain can be reached, or it does not answer in time, and CodeDenied
// where it is locked or refuses; the sentence says what to do. Cancelling ctx ends a call with its
// cause.
type Keychain interface {
	// Set keeps a secret, in place of the one that had the name. It answers CodeInvalid for one
	// that is empty, or longer than the keychain takes (on Windows 2,560 bytes).
	Set(ctx context.Context, workspace, name, secret string) error
	// Get returns a secret. It answers CodeNotFound where there is none of the name.
	Get(ctx context.Context, workspace, name string) (string, error)
	// Delete removes a secret; where there is none it does nothing.
	Delete(ctx context.Context, workspace, name string) error
}

// patience is how long a call waits: a keychain that is locked may ask the person for its
// password meanwhile.
const patience = 30 * time.Second

// service is what the keychain files the secrets of a workspace under.
func service(workspace string) string { return "Cloud Intelligence " + workspace }

// System returns the keychain of the person who runs the program. Nothing is called before the
// first secret is asked for.
func System() Keychain {
	return &system{reach: reach, set: keyring.Set, get: keyring.Get, remove: keyring.Delete, patience: patience, turn: make(chan struct{}, 1)}
}

// system is the keychain of the operating system. Its calls cannot be ended from outside, so
// they take turns: one that hangs keeps one goroutine, and those behind it run out of time.
type system struct {
	reach    func() error // answers an error where asking would do harm
	set      func(service, name, secret string) error
	get      func(service, name string) (string, error)
	remove   func(service, name string) error
	patience time.Duration
	turn     chan struct{}
}

func (s *system) Set(ctx context.Context, workspace, name, secret string) error {
	if secret == "" {
		return errEmpty
	}
	_, err := s.call(ctx, func() (string, error) { return "", s.set(service(workspace), name, secret) })
	return err
}

func (s *system) Get(ctx context.Context, workspace, name string) (string, error) {
	return s.call(ctx, func() (string, error) { return s.get(service(workspace), name) })
}

func (s *system) Delete(ctx context.Context, workspace, name string) error {
	_, err := s.call(ctx, func() (string, error) { return "", s.remove(service(workspace), name) })
	if finops.CodeOf(err) == finops.CodeNotFound {
		return nil
	}
	return err
}

type answer struct {
	secret string
	err    error
}

// call waits for its turn and then for the keychain, for as long as patience in all.
func (s *system) call(ctx context.Context, ask func() (string, error)) (string, error) {
	if cause := context.Cause(ctx); cause != nil {
		return "", cause
	}
	ctx, cancel := context.WithTimeoutCause(ctx, s.patience, finops.Errorf(finops.CodeUnavailable,
		"The keychain did not answer within %d seconds. If it asks for its password, enter it and try again.", int(s.patience.Seconds())))
	defer cancel()
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
	answered := make(chan answer, 1)
	go func() {
		defer func() { <-s.turn }()
		if err := s.reach(); err != nil {
			answered <- answer{err: err}
			return
		}
		secret, err := ask()
		answered <- answer{secret, explain(err)}
	}()
	select {
	case a := <-answered:
		return a.secret, a.err
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

var (
	errEmpty   = finops.Errorf(finops.CodeInvalid, "A secret cannot be empty.")
	errMissing = finops.Errorf(finops.CodeNotFound, "The keychain of this computer does not have this secret. Enter it again.")
)

// explain says what a keychain answered. The causes of these libraries name the entry and never
// its secret.
func explain(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return errMissing
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return finops.WrapError(finops.CodeInvalid, err, "This secret is longer than the keychain of this computer takes.")
	}
	return explainSystem(err)
}

func errLocked(err error) error {
	return finops.WrapError(finops.CodeDenied, err, "The keychain is locked or refused access. Unlock it, allow access for Cloud Intelligence, and try again.")
}

func errAbsent(err error) error {
	return finops.WrapError(finops.CodeUnavailable, err, "There is no keychain on this computer that Cloud Intelligence can reach. %s", startIt)
}

// Memory is a keychain for tests, which forgets with the process. Its zero value is ready to use.
type Memory struct {
	mu      sync.Mutex
	secrets map[[2]string]string
}

var _ Keychain = (*Memory)(nil)

// Set keeps a secret.
func (m *Memory) Set(ctx context.Context, workspace, name, secret string) error {
	if secret == "" {
		return errEmpty
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.secrets == nil {
		m.secrets = map[[2]string]string{}
	}
	m.secrets[[2]string{workspace, name}] = secret
	return context.Cause(ctx)
}

// Get returns a secret.
func (m *Memory) Get(ctx context.Context, workspace, name string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	secret, ok := m.secrets[[2]string{workspace, name}]
	if !ok {
		return "", errMissing
	}
	return secret, context.Cause(ctx)
}

// Delete removes a secret.
func (m *Memory) Delete(ctx context.Context, workspace, name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.secrets, [2]string{workspace, name})
	return context.Cause(ctx)
}

// Len returns how many secrets there are.
func (m *Memory) Len() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.secrets)
}
