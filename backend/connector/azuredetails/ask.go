package azuredetails

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"cloud-intelligence/backend/finops"
)

// answerMax is more than an answer of Cost Management has: 5,000 rows of a month, or a manifest.
const answerMax = 16 << 20

// ask sends a call to Cost Management; body nil = GET. It returns status, headers and body of an answer that is none of an error.
// A report that is not ready is asked for again.
func (c *connection) ask(ctx context.Context, address string, body any) (status int, header http.Header, text []byte, err error) {
	if err := c.own(address); err != nil {
		return 0, nil, nil, err
	}
	method, content := http.MethodGet, []byte(nil)
	if body != nil {
		method = http.MethodPost
		if content, err = json.Marshal(body); err != nil {
			return 0, nil, nil, fmt.Errorf("write a question: %w", err)
		}
	}
	token, err := c.session.Token(ctx, c.endpoint+"/.default")
	if err != nil {
		return 0, nil, nil, err
	}
	err = c.costs.Do(ctx, func(ctx context.Context) (err error) {
		r, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(content))
		if err != nil {
			return fmt.Errorf("make a request: %w", err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("ClientType", "cloud-intelligence") // Azure counts calls by it, too
		response, err := c.costs.Client().Do(r)
		if err != nil {
			return innermost(err)
		}
		defer func() { err = errors.Join(err, response.Body.Close()) }()
		if text, err = io.ReadAll(io.LimitReader(response.Body, answerMax)); err != nil {
			return innermost(err)
		}
		status, header = response.StatusCode, response.Header
		switch {
		case status == http.StatusAccepted && method == http.MethodGet:
			return finops.Errorf(finops.CodeThrottled, "Azure still gathers the cost details.")
		case status >= http.StatusMultipleChoices:
			return c.refused(status, text)
		}
		return nil
	})
	return status, header, text, err
}

// own checks that an address is one of Cost Management: a token must not be sent anywhere else.
func (c *connection) own(address string) error {
	at, err := url.Parse(address)
	want, invalid := url.Parse(c.endpoint)
	if err != nil || invalid != nil || at.Host != want.Host || at.Scheme != want.Scheme {
		return finops.Errorf(finops.CodeUnavailable, "The answer of Azure names another host than that of Cost Management.")
	}
	return nil
}

// refused turns an error of Azure into one of the contract.
func (c *connection) refused(status int, text []byte) error {
	var said struct {
		Error struct {
			Code    string `json:"code"`
			Message string `json:"message"`
		} `json:"error"`
	}
	_ = json.Unmarshal(text, &said) // without a code the status stands
	cause := fmt.Errorf("cost management: %s (status %d): %s", said.Error.Code, status, said.Error.Message)
	switch {
	case status == http.StatusTooManyRequests:
		return finops.WrapError(finops.CodeThrottled, cause, "Azure asks to slow down.")
	case status == http.StatusUnauthorized:
		return finops.WrapError(finops.CodeDenied, cause, "Azure does not accept the sign-in any more. Sign in again.")
	case status == http.StatusForbidden:
		return finops.WrapError(finops.CodeDenied, cause, "The permission %s is missing on %s: give the role %s.", strings.Join(actions, " or "), c.scope, roleReader)
	case status == http.StatusNotFound && strings.Contains(said.Error.Code, "NotFound") && said.Error.Code != "NotFound":
		return finops.WrapError(finops.CodeInvalid, cause, "Azure has no %s. Check the scope.", c.scope)
	case status == http.StatusNotFound:
		return finops.WrapError(finops.CodeConflict, cause, "Azure does not keep the report any more.")
	case status >= http.StatusInternalServerError:
		return finops.WrapError(finops.CodeUnavailable, cause, "Azure has a fault of its own and does not answer.")
	}
	return finops.WrapError(finops.CodeInvalid, cause, "Azure refuses cost details of this scope (%s). They are for Enterprise Agreements and Microsoft Customer Agreements; use exports for others.", said.Error.Code)
}

func innermost(err error) error {
	if own, ok := errors.AsType[*finops.Error](err); ok {
		return own
	}
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err
}
