package network

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/sony/gobreaker/v2"
	"golang.org/x/time/rate"

	"cloud-intelligence/backend/finops"
)

// API is a provider's interface as its makers limit it.
type API struct {
	Name      string  // as its makers call it: "Amazon S3"; lanes of one name share pace and breaker
	PerSecond float64 // calls
	Burst     int     // calls that may come at once
}

// Patience says how often and how long a call is repeated.
type Patience struct {
	Tries    int           // of a call that fails for want of network or provider
	Pause    time.Duration // before the second try at most; doubled each time
	PauseMax time.Duration
	Most     time.Duration // waited in all for one call
	Rest     time.Duration // of an API that failed failuresMax times in a row
	Speed    float64       // multiplies the pace of every API: 1, and more for emulators
	Silence  time.Duration // until an answer begins, and between two pieces of its body; 0 = that of DefaultPatience
}

// DefaultPatience is that of the program.
func DefaultPatience() Patience {
	return Patience{Tries: 6, Pause: time.Second, PauseMax: time.Minute, Most: 30 * time.Minute, Rest: time.Minute, Speed: 1, Silence: silenceMax}
}

// failuresMax is how many failures in a row open the breaker of an API.
const failuresMax = 5

type breaker = gobreaker.CircuitBreaker[struct{}]

// Usage is what a lane has done.
type Usage struct {
	Calls    int64 // requests that were sent
	Retries  int64 // calls that Do repeated
	Sent     int64 // bytes of bodies
	Received int64
	Waited   time.Duration // for the pace, and before repeating
}

// Lane is one API as one connection uses it. Its methods may be called from several goroutines.
type Lane struct {
	door    *Door
	api     API
	purpose string
	pace    *pace
	waiting func(Wait)

	calls, retries, sent, received, waited atomic.Int64
}

// Wait is what a lane reports before it waits to repeat a call.
type Wait struct {
	API   string
	Until time.Time
	Err   error // what the call failed with
}

// Lane makes a lane. purpose says in words what the calls are for; waiting, when set, hears of each wait
// before a call is repeated, in the goroutine of Do.
func (d *Door) Lane(api API, purpose string, waiting func(Wait)) *Lane {
	d.mu.Lock()
	defer d.mu.Unlock()
	p := d.pacer[api.Name]
	if p == nil {
		p = &pace{limit: rate.NewLimiter(rate.Limit(api.PerSecond*d.patient.Speed), api.Burst), breaker: newBreaker(api.Name, d.patient.Rest)}
		d.pacer[api.Name] = p
	}
	if waiting == nil {
		waiting = func(Wait) {}
	}
	return &Lane{door: d, api: api, purpose: purpose, pace: p, waiting: waiting}
}

// newBreaker counts failures of network and provider only: a throttled call is the pace's
// affair, and one that was refused was answered.
func newBreaker(name string, rest time.Duration) *breaker {
	return gobreaker.NewCircuitBreaker[struct{}](gobreaker.Settings{
		Name:         name,
		Timeout:      rest,
		ReadyToTrip:  func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= failuresMax },
		IsSuccessful: func(err error) bool { return finops.CodeOf(err) != finops.CodeUnavailable },
		IsExcluded: func(err error) bool {
			code := finops.CodeOf(err)
			return code == finops.CodeThrottled || code == finops.CodeCancelled || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
		},
	})
}

// Usage returns what the lane has done so far.
func (l *Lane) Usage() Usage {
	return Usage{Calls: l.calls.Load(), Retries: l.retries.Load(), Sent: l.sent.Load(), Received: l.received.Load(), Waited: time.Duration(l.waited.Load())}
}

// Allowed answers CodeDenied while the network is switched off. The client of the lane asks by itself; whoever has another
// program call a provider asks before.
func (l *Lane) Allowed() error {
	if l.door.offline {
		return finops.Errorf(finops.CodeDenied, "Offline is switched on: %s was not contacted. Switch it off to sync.", l.api.Name)
	}
	return nil
}

// Client returns the HTTP client of the lane. It repeats nothing and follows no redirect: a
// provider's library signs what it sends for one address.
func (l *Lane) Client() *http.Client {
	return &http.Client{Transport: transport{l}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// Do runs call, and again where its error says that this can help: with code unavailable a few
// times, with code throttled for as long as patience lasts, each time after the longest wait that the provider asked
// for and a random part of a pause that doubles. Where the API has failed too often in a row it waits once for the
// end of that rest. call must be safe to run again; requests that it sends with its ctx through the client of a
// lane are what the waits are read from. Other errors, the last one, and the cause of a cancelled ctx are returned.
func (l *Lane) Do(ctx context.Context, call func(ctx context.Context) error) error {
	p := l.door.patient
	pause, waited, rested := p.Pause, time.Duration(0), false
	for try := 1; ; {
		note := &asked{}
		_, err := l.pace.breaker.Execute(func() (struct{}, error) { return struct{}{}, call(context.WithValue(ctx, askedKey{}, note)) })
		if cause := context.Cause(ctx); cause != nil && err != nil {
			return cause
		}
		wait := note.wait() + time.Duration(rand.Int64N(int64(pause)+1)) //nolint:gosec // jitter is no secret
		code, why := finops.CodeOf(err), err
		open := errors.Is(err, gobreaker.ErrOpenState) || errors.Is(err, gobreaker.ErrTooManyRequests)
		if open && (rested || waited+wait+p.Rest > p.Most) {
			return finops.WrapError(finops.CodeUnavailable, err, "%s failed %d times in a row and is paused for a while. Try again later.", l.api.Name, failuresMax)
		}
		switch {
		case open: // the rest is over when one call is let through
			rested, wait = true, wait+p.Rest
			why = finops.WrapError(finops.CodeUnavailable, err, "it failed %d times in a row", failuresMax)
		case code == finops.CodeUnavailable:
			if try++; try > p.Tries {
				return err //nolint:wrapcheck // it is the error of call
			}
		case code != finops.CodeThrottled:
			return err //nolint:wrapcheck // it is the error of call
		}
		if waited += wait; waited > p.Most {
			return tooLong(l.api.Name, code, err)
		}
		l.retries.Add(1)
		if err := l.sleep(ctx, wait, why); err != nil {
			return err
		}
		pause = min(2*pause, p.PauseMax)
	}
}

// tooLong keeps what an API that does not answer said, and explains one that asks for patience.
func tooLong(api string, code finops.Code, err error) error {
	if code != finops.CodeThrottled {
		return err
	}
	return finops.WrapError(finops.CodeThrottled, err, "%s asks to slow down for longer than the program waits. Try again later.", api)
}

func (l *Lane) sleep(ctx context.Context, wait time.Duration, why error) error {
	l.waiting(Wait{API: l.api.Name, Until: time.Now().Add(wait), Err: why})
	l.waited.Add(int64(wait))
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// take waits for the turn of a call.
func (l *Lane) take(ctx context.Context) error {
	began := time.Now()
	if err := l.pace.limit.Wait(ctx); err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return cause
		}
		return fmt.Errorf("wait for the pace of %s: %w", l.api.Name, err)
	}
	l.waited.Add(int64(time.Since(began)))
	return nil
}

// Add returns both together.
func (u Usage) Add(o Usage) Usage {
	return Usage{Calls: u.Calls + o.Calls, Retries: u.Retries + o.Retries, Sent: u.Sent + o.Sent, Received: u.Received + o.Received, Waited: u.Waited + o.Waited}
}
