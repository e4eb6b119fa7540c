package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/source"
)

// prompt has the person at the terminal do what the sign-in of a connection needs. A wanted answer is read from standard input, so that
// another program can give it, too; a page is opened by a person only.
func (r *runner) prompt(ctx context.Context, p source.Prompt) (string, error) {
	if p.Wanted == "" && r.asks.terminal == nil {
		return "", finops.Errorf(finops.CodeDenied, "Somebody has to sign in in a browser. Test or sync this connection in a terminal or in the window.")
	}
	return r.asks.prompt(ctx, p)
}

func (a *asker) prompt(ctx context.Context, p source.Prompt) (string, error) {
	a.one.Lock()
	defer a.one.Unlock()
	if cause := context.Cause(ctx); cause != nil {
		return "", cause
	}
	a.asked.Store(true)
	defer a.asked.Store(false)
	fmt.Fprintf(a.out, "\n%s\n", visible(p.Text))
	if p.Address != "" {
		fmt.Fprintf(a.out, "  Page: %s\n  Code: %s\n", visible(p.Address), visible(p.Code))
	}
	if p.Wanted == "" {
		<-ctx.Done()
		return "", context.Cause(ctx)
	}
	fmt.Fprintf(a.out, "%s: ", p.Wanted)
	type answer struct {
		text string
		err  error
	}
	read := make(chan answer, 1)
	go func(in *bufio.Reader) { // ends with the line, or with the process
		text, err := in.ReadString('\n')
		read <- answer{strings.TrimSpace(text), err}
	}(a.lines)
	select {
	case <-ctx.Done():
		return "", context.Cause(ctx)
	case got := <-read:
		switch {
		case got.text != "":
			return got.text, nil
		case got.err == nil || errors.Is(got.err, io.EOF):
			return "", finops.Errorf(finops.CodeDenied, "The %s was not entered. Test or sync this connection in a terminal or in the window.", p.Wanted)
		}
		return "", finops.WrapError(finops.CodeUnavailable, got.err, "The terminal cannot be read")
	}
}
