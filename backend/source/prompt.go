package source

import (
	"context"
	"sync"

	"cloud-intelligence/backend/finops"
)

// Prompt is what a person has to do before a sign-in can go on.
type Prompt struct {
	Text    string // a sentence: "Enter the code that the MFA device … shows now."
	Address string // of the page to open; "" = none
	Code    string // to enter on that page; "" = none
	Wanted  string // label of the answer that is wanted; "" = none is: the sign-in goes on once the person has signed in on the page
}

// Ask has a person do what a prompt says and returns the answer. It waits until there is one, or until ctx ends where
// none is wanted. It answers CodeDenied where nobody is there.
func (r Reach) Ask(ctx context.Context, p Prompt) (string, error) {
	if r.Prompt == nil {
		return "", finops.Errorf(finops.CodeDenied, "Somebody has to sign in. Test or sync this connection in the window or in a terminal.")
	}
	return r.Prompt(ctx, p)
}

// Kept is what a sign-in leaves for the next test or sync of its connection: a session, so that nobody is asked twice. It is in
// memory only. nil keeps nothing.
type Kept struct {
	mu    sync.Mutex
	value any
}

// Load returns what was stored last; nil = nothing.
func (k *Kept) Load() any {
	if k == nil {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.value
}

// Store keeps a value in place of the one before.
func (k *Kept) Store(value any) {
	if k == nil {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.value = value
}
