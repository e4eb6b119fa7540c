package cli

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// TestPrompt_Page shows a page and a code until the person has signed in, to a person only.
func TestPrompt_Page(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		p := source.Prompt{Text: "Sign in.", Address: "https://microsoft.com/devicelogin", Code: "GH7K2"}
		r := &runner{err: &out, asks: newAsker(strings.NewReader(""), &out)}
		_, err := r.prompt(t.Context(), p)
		assert.Equal(t, finops.CodeDenied, finops.CodeOf(err))
		assert.Empty(t, out.String(), "nobody would read it")

		r.asks.terminal = os.Stdin
		signedIn := finops.Errorf(finops.CodeCancelled, "signed in")
		ctx, cancel := context.WithCancelCause(t.Context())
		done := make(chan error, 1)
		go func() {
			_, err := r.prompt(ctx, p)
			done <- err
		}()
		synctest.Wait()
		assert.Equal(t, "\nSign in.\n  Page: https://microsoft.com/devicelogin\n  Code: GH7K2\n", out.String())
		cancel(signedIn)
		assert.Equal(t, signedIn, <-done)
	})
}
