package engine

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// holder makes values of a memo that wait until they are let go.
type holder struct {
	begun   chan string
	letGo   chan struct{}
	stopped chan string
}

func newHolder() *holder {
	return &holder{make(chan string, 8), make(chan struct{}), make(chan string, 8)}
}

func (h *holder) load(key string) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		h.begun <- key
		select {
		case <-h.letGo:
			return "value of " + key, nil
		case <-ctx.Done():
			h.stopped <- key
			return "", context.Cause(ctx)
		}
	}
}

// ask gets a value in the background; wait returns what it got.
func ask(ctx context.Context, m *memo[string, string], key string, load func(context.Context) (string, error)) (wait func() (string, error)) {
	type result struct {
		value string
		err   error
	}
	got := make(chan result, 1)
	go func() {
		value, err := m.get(ctx, key, load)
		got <- result{value, err}
	}()
	return func() (string, error) {
		r := <-got
		return r.value, r.err
	}
}

// waiting blocks until n ask for a key.
func waiting(t *testing.T, m *memo[string, string], key string, n int) {
	t.Helper()
	require.Eventually(t, func() bool {
		m.mu.Lock()
		defer m.mu.Unlock()
		return m.values[key] != nil && m.values[key].waiting == n
	}, time.Minute, time.Millisecond)
}

func TestMemo_OneWhoIsCancelledLeavesTheWorkToTheOthers(t *testing.T) {
	var m memo[string, string]
	h := newHolder()
	cancelled, cancel := context.WithCancelCause(t.Context())
	first := ask(cancelled, &m, "a", h.load("a"))
	assert.Equal(t, "a", <-h.begun)
	second := ask(t.Context(), &m, "a", h.load("a again"))
	waiting(t, &m, "a", 2)

	reason := errors.New("the page was left")
	cancel(reason)
	_, err := first()
	require.ErrorIs(t, err, reason)
	close(h.letGo)
	value, err := second()
	require.NoError(t, err)
	assert.Equal(t, "value of a", value)
	assert.Empty(t, h.begun, "it was made once")
	assert.Empty(t, h.stopped)
}

func TestMemo_WorkStopsWhenNobodyWaits(t *testing.T) {
	var m memo[string, string]
	h := newHolder()
	cancelled, cancel := context.WithCancel(t.Context())
	first := ask(cancelled, &m, "a", h.load("a"))
	<-h.begun
	cancel()
	_, err := first()
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, "a", <-h.stopped)

	second := ask(t.Context(), &m, "a", h.load("a"))
	<-h.begun
	close(h.letGo)
	value, err := second()
	require.NoError(t, err)
	assert.Equal(t, "value of a", value)
	_, err = m.get(cancelled, "a", h.load("a"))
	assert.ErrorIs(t, err, context.Canceled, "also where the value is there")
}

func TestMemo_ValuesDoNotWaitForEachOther(t *testing.T) {
	var m memo[string, string]
	h := newHolder()
	held := ask(t.Context(), &m, "slow", h.load("slow"))
	<-h.begun
	value, err := m.get(t.Context(), "quick", func(context.Context) (string, error) { return "there", nil })
	require.NoError(t, err)
	assert.Equal(t, "there", value)
	close(h.letGo)
	_, err = held()
	assert.NoError(t, err)
}

func TestMemo_KeepsNoErrorsAndOnlySomeValues(t *testing.T) {
	m := memo[string, string]{most: func() int { return 2 }}
	made := map[string]int{}
	get := func(key string, failing error) error {
		_, err := m.get(t.Context(), key, func(context.Context) (string, error) { made[key]++; return key, failing })
		return err
	}
	broken := errors.New("broken")
	require.ErrorIs(t, get("a", broken), broken)
	for _, key := range []string{"a", "b", "a", "c", "a", "b"} { // c drops b, which then drops c
		require.NoError(t, get(key, nil))
	}
	assert.Equal(t, map[string]int{"a": 2, "b": 2, "c": 1}, made)
	m.clear()
	require.NoError(t, get("a", nil))
	assert.Equal(t, 3, made["a"])
}

func TestMemo_ManyAtOnce(t *testing.T) {
	m := memo[int, int]{most: func() int { return 3 }}
	var group sync.WaitGroup
	for i := range 200 {
		group.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if i%3 == 0 {
				group.Go(cancel)
			}
			value, err := m.get(ctx, i%7, func(ctx context.Context) (int, error) { return i % 7, ctx.Err() })
			if err != nil {
				assert.ErrorIs(t, err, context.Canceled)
				assert.Zero(t, i%3, "others never see that somebody was cancelled")
			} else {
				assert.Equal(t, i%7, value)
			}
		})
	}
	group.Wait()
	assert.LessOrEqual(t, len(m.values), 3)
}
