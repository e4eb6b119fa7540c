package awscosts

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"cloud-intelligence/backend/finops"
)

// money is an amount as Cost Explorer gives it.
type money struct{ Amount, Unit string }

// metrics are what is asked for.
type metrics struct{ UnblendedCost, AmortizedCost money }

// interval has an end that is exclusive.
type interval struct{ Start, End string }

// request is one question; for each page of its answer the same one is sent.
type request struct {
	TimePeriod    interval
	Granularity   string
	Metrics       []string
	GroupBy       []group         `json:",omitempty"`
	Filter        json.RawMessage `json:",omitempty"`
	NextPageToken string          `json:",omitempty"`
}

type group struct{ Type, Key string }

// answer is a page.
type answer struct {
	NextPageToken string
	ResultsByTime []struct {
		TimePeriod interval
		Total      metrics
		Groups     []struct {
			Keys    []string
			Metrics metrics
		}
		Estimated bool
	}
	DimensionValueAttributes []struct {
		Value      string
		Attributes map[string]string
	}
}

// walk asks a question and hands the pages of its answer over.
func (c *connection) walk(ctx context.Context, q request, page func(answer) error) error {
	q.Metrics = []string{"UnblendedCost", "AmortizedCost"}
	for {
		var a answer
		if err := c.ask(ctx, q, &a); err != nil {
			return err
		}
		if err := page(a); err != nil {
			return err
		}
		if q.NextPageToken = a.NextPageToken; q.NextPageToken == "" {
			return nil
		}
	}
}

// ask asks for a page, in the next session of a role where one has ended.
func (c *connection) ask(ctx context.Context, q request, a *answer) error {
	text, err := json.Marshal(q)
	if err != nil {
		return fmt.Errorf("write a question: %w", err)
	}
	renewed := false
	return c.lane.Do(ctx, func(ctx context.Context) error {
		err := c.send(ctx, text, a)
		if !renewed && c.session.Renewed(err) {
			renewed = true
			err = c.send(ctx, text, a)
		}
		return c.explain(err)
	})
}

func (c *connection) send(ctx context.Context, text []byte, a *answer) (err error) {
	*a = answer{} // of a page that was cut nothing is kept
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint+"/", bytes.NewReader(text))
	if err != nil {
		return fmt.Errorf("make a request: %w", err)
	}
	r.Header.Set("Content-Type", "application/x-amz-json-1.1")
	r.Header.Set("X-Amz-Target", "AWSInsightsIndexService.GetCostAndUsage")
	who, err := c.session.Config.Credentials.Retrieve(ctx)
	if err != nil {
		return err //nolint:wrapcheck // explain reads it
	}
	sum := sha256.Sum256(text)
	if err := v4.NewSigner().SignHTTP(ctx, who, r, hex.EncodeToString(sum[:]), "ce", region, c.session.Now()); err != nil {
		return fmt.Errorf("sign a request: %w", err)
	}
	response, err := c.lane.Client().Do(r)
	if err != nil {
		return err //nolint:wrapcheck // explain reads it
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	if response.StatusCode != http.StatusOK {
		return refused(response)
	}
	if err := json.NewDecoder(response.Body).Decode(a); err != nil {
		return finops.Errorf(finops.CodeUnavailable, "The answer of Cost Explorer could not be read to its end.")
	}
	c.pages++ // AWS charges what it answers, not what it refuses
	return nil
}

// answerMax is more than a refusal has.
const answerMax = 64 << 10

// refused reads a refusal in the form of AWS's library.
func refused(response *http.Response) error {
	var said struct {
		Type    string `json:"__type"`
		Message string `json:"message"`
	}
	text, err := io.ReadAll(io.LimitReader(response.Body, answerMax))
	if err != nil {
		return err //nolint:wrapcheck // explain reads it
	}
	_ = json.Unmarshal(text, &said) // without a type the status stands
	code := said.Type[strings.LastIndexByte(said.Type, '#')+1:]
	return &smithyhttp.ResponseError{Response: &smithyhttp.Response{Response: response}, Err: &smithy.GenericAPIError{Code: code, Message: said.Message}}
}

// explain turns what a call ended with into an error of the contract.
func (c *connection) explain(err error) error {
	api, ok := errors.AsType[smithy.APIError](err)
	if !ok {
		return c.session.Explain(callCosts, err)
	}
	cause := fmt.Errorf("%s: %s", callCosts.Action, api.ErrorCode())
	switch api.ErrorCode() {
	case "RequestChangedException", "InvalidNextTokenException":
		return finops.WrapError(finops.CodeConflict, cause, "AWS has refreshed its costs meanwhile.")
	case "DataUnavailableException":
		return finops.WrapError(finops.CodeDenied, cause, "Cost Explorer has no costs yet: it was switched on less than a day ago. Try again tomorrow.")
	case "BillExpirationException":
		return finops.WrapError(finops.CodeInvalid, cause, "Cost Explorer keeps 13 months and the current one. Choose a later first month.")
	}
	return c.session.Explain(callCosts, err)
}
