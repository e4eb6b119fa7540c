package engine

import (
	"context"
	"slices"
	"sync"
)

// memo keeps values that are made when they are first asked for. Whoever asks for a value
// that is being made waits for that one only; values of other keys are made meanwhile. It is
// made for all who wait: one who is cancelled leaves it to the others, and the work stops when
// nobody waits any more. A value that could not be made is tried again by the next who asks.
// The zero memo is empty and keeps everything.
type memo[K comparable, V any] struct {
	most func() int // how many made values are kept, the last used; nil = all

	mu     sync.Mutex
	values map[K]*made[V]
	used   []K // made values, the last used at the end; only where most bounds them
}

// made is a value, or the work on it.
type made[V any] struct {
	done    chan struct{} // closed when value or err is there
	value   V
	err     error
	waiting int
	stop    context.CancelFunc
}

// get returns the value of a key, made by load unless it is there. Where ctx is done before,
// it answers the cause of that.
func (m *memo[K, V]) get(ctx context.Context, key K, load func(context.Context) (V, error)) (V, error) {
	if err := ctx.Err(); err != nil {
		var none V
		return none, context.Cause(ctx)
	}
	v := m.join(ctx, key, load)
	select {
	case <-v.done:
		m.leave(key, v)
		return v.value, v.err
	case <-ctx.Done():
		m.leave(key, v)
		var none V
		return none, context.Cause(ctx)
	}
}

// has reports whether the value of a key was made or is being made.
func (m *memo[K, V]) has(key K) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.values[key] != nil
}

// join finds the value or begins to make it. The goroutine ends before the last who waits
// for it leaves.
func (m *memo[K, V]) join(ctx context.Context, key K, load func(context.Context) (V, error)) *made[V] {
	m.mu.Lock()
	defer m.mu.Unlock()
	v := m.values[key]
	if v == nil {
		v = &made[V]{done: make(chan struct{})}
		var running context.Context
		running, v.stop = context.WithCancel(context.WithoutCancel(ctx))
		if m.values == nil {
			m.values = map[K]*made[V]{}
		}
		m.values[key] = v
		go func() {
			defer close(v.done)
			defer v.stop()
			v.value, v.err = load(running)
			m.end(key, v)
		}()
	}
	v.waiting++
	return v
}

// clear forgets all values. Work that is under way goes on for those who wait.
func (m *memo[K, V]) clear() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.values, m.used = nil, nil
}

// end forgets a value that could not be made, and those that are too many.
func (m *memo[K, V]) end(key K, v *made[V]) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.values[key] != v {
		return // nobody waited any more, or all were forgotten
	}
	if v.err != nil {
		delete(m.values, key)
		return
	}
	if m.most == nil {
		return
	}
	m.used = append(m.used, key)
	for len(m.used) > m.most() {
		delete(m.values, m.used[0])
		m.used = m.used[1:]
	}
}

// leave is called by each who joined. The last one stops work that nobody waits for.
func (m *memo[K, V]) leave(key K, v *made[V]) {
	m.mu.Lock()
	v.waiting--
	if i := slices.Index(m.used, key); i >= 0 {
		m.used = append(slices.Delete(m.used, i, i+1), key)
	}
	abandoned := false
	select {
	case <-v.done:
	default:
		if abandoned = v.waiting == 0; abandoned && m.values[key] == v {
			delete(m.values, key)
		}
	}
	m.mu.Unlock()
	if abandoned {
		v.stop()
		<-v.done
	}
}
