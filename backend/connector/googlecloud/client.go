package googlecloud

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// Client calls one of Google's JSON interfaces as one person. It belongs to one goroutine.
type Client struct {
	signIn      SignIn
	scopes      []string
	id          *identity
	token       token
	now         func() time.Time
	api, tokens *network.Lane
}

// apiTokens is paced as the design sets it: Google documents nothing.
var apiTokens = network.API{Name: "Google sign-in", PerSecond: 1, Burst: 3}

// NewClient makes a client of an interface. It calls nobody.
func NewClient(s SignIn, api network.API, scopes []string, via source.Reach) *Client {
	return &Client{
		signIn: s, scopes: scopes, id: s.key, now: via.Now,
		api: via.Door.Lane(api, via.Purpose, via.Waiting), tokens: via.Door.Lane(apiTokens, "signing in for "+via.Purpose, via.Waiting),
	}
}

// Usage adds what both lanes did.
func (c *Client) Usage() network.Usage { return c.api.Usage().Add(c.tokens.Usage()) }

// WhoAmI signs in and says as whom.
func (c *Client) WhoAmI(ctx context.Context) (string, error) {
	if _, err := c.sign(ctx); err != nil {
		return "", err
	}
	return c.signIn.who(c.id), nil
}

// Read reads the answer of a call that went well.
type Read func(status int, body io.Reader) error

// Lane is that of the interface, for Signed.
func (c *Client) Lane() *network.Lane { return c.api }

// Signed runs call, and again where that can help: as network.Lane.Do does, and once with a new token when Explain says that the one it had is not accepted. show
// adds the sign-in to the header of a request. call may be called several times.
func (c *Client) Signed(ctx context.Context, call func(ctx context.Context, show func(http.Header)) error) error {
	renewed := false
	for {
		text, err := c.sign(ctx)
		if err != nil {
			return err
		}
		err = c.api.Do(ctx, func(ctx context.Context) error {
			return call(ctx, func(h http.Header) {
				h.Set("Authorization", "Bearer "+text)
				if c.id.quota != "" {
					h.Set("X-Goog-User-Project", c.id.quota)
				}
			})
		})
		if !errors.Is(err, errEnded) || renewed {
			return err
		}
		c.token, renewed = token{}, true // the same call again with a new token
	}
}

// Do sends the request that ask makes, and again where that can help, and has its answer read.
// place names in words what the call is about: "the bucket acme-billing". What comes back is an error of the contract of a connection, of read, or the
// cause of a cancelled ctx. ask and read may be called several times.
func (c *Client) Do(ctx context.Context, call Call, place string, ask func(ctx context.Context) (*http.Request, error), read Read) error {
	return c.Signed(ctx, func(ctx context.Context, show func(http.Header)) error {
		r, err := ask(ctx)
		if err != nil {
			return err
		}
		show(r.Header)
		return c.send(r, call, place, read)
	})
}

func (c *Client) send(r *http.Request, call Call, place string, read Read) (err error) {
	response, err := c.api.Client().Do(r)
	if err != nil {
		return network.Innermost(err)
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	if response.StatusCode >= http.StatusMultipleChoices {
		return explain(call, place, response)
	}
	return read(response.StatusCode, response.Body)
}

// JSON reads an answer as one JSON object; one that is cut or of another form is a fault of the network. Numbers that are decoded into any
// keep their text.
func JSON(answer any) Read {
	return func(_ int, body io.Reader) error {
		d := json.NewDecoder(body)
		d.UseNumber()
		if err := d.Decode(answer); err != nil {
			if own, ok := errors.AsType[*finops.Error](err); ok {
				return own // of the network door
			}
			return finops.Errorf(finops.CodeUnavailable, "The answer of Google could not be read to its end.")
		}
		_, _ = io.Copy(io.Discard, body) // so that the connection can be used again
		return nil
	}
}
