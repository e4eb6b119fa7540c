package service

import (
	"context"
	"fmt"
	"sync"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/job"
	"cloud-intelligence/backend/source"
)

// promptMost is how long a test or sync waits for a person: about as long as a code of Azure lasts.
const promptMost = 14 * time.Minute

// signIns are what connections keep of their sign-ins in memory, by id and version: who changes a connection signs in anew.
type signIns struct {
	mu   sync.Mutex
	kept map[string]*source.Kept
}

func (s *signIns) of(c Connection) *source.Kept {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = map[string]*source.Kept{}
	}
	name := fmt.Sprint(c.ID, " ", c.Version)
	if s.kept[name] == nil {
		s.kept[name] = &source.Kept{}
	}
	return s.kept[name]
}

// prompts has a person do what a sign-in needs: by Options.Prompt, else in the window that shows the job; nil = nobody is there.
func (w *workspace) prompts(h *job.Handle) func(context.Context, source.Prompt) (string, error) {
	ask := w.prompt
	if ask == nil && w.asks && h != nil {
		ask = func(ctx context.Context, p source.Prompt) (string, error) {
			answer, err := h.Ask(ctx, &p, "Waits for you to sign in")
			text, _ := answer.(string) // Connections.Answer gives nothing else
			return text, err
		}
	}
	if ask == nil {
		return nil
	}
	return func(ctx context.Context, p source.Prompt) (string, error) {
		ctx, cancel := context.WithTimeoutCause(ctx, promptMost, finops.Errorf(finops.CodeDenied, "Nobody signed in within %d minutes. Test or sync again.", promptMost/time.Minute))
		defer cancel()
		return ask(ctx, p)
	}
}

// Answer gives a test or sync that waits for it what its sign-in asks for, such as the code of an MFA device. It answers
// CodeConflict for a job that does not wait here.
func (w Connections) Answer(jobID, answer string) error { return w.runner.Answer(jobID, answer) }
