package awscloud

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
	"cloud-intelligence/backend/platform/network"
)

// Service is an interface of AWS that takes and gives JSON. Its requests are signed by AWS's library and sent by us: the modules of such
// interfaces bring dozens of calls for the one that is needed.
type Service struct {
	Endpoint string // without a slash at its end
	Region   string // that requests are signed for
	Signing  string // name that requests are signed for: "ce"
	Target   string // what stands before the name of a call: "AWSInsightsIndexService."
}

// Ask sends one request through a lane, in the next session of a role where one has ended, and returns the answer. explain makes an error of
// the contract of a connection of what a call ended with. Of an answer that is cut nothing is kept.
func Ask[A any](ctx context.Context, c *Session, lane *network.Lane, to Service, call string, question any, explain func(error) error) (answer A, err error) {
	text, err := json.Marshal(question)
	if err != nil {
		return answer, fmt.Errorf("write a question: %w", err)
	}
	renewed := false
	err = lane.Do(ctx, func(ctx context.Context) error {
		answer = *new(A)
		err := c.send(ctx, lane, to, call, text, &answer)
		if !renewed && c.Renewed(err) {
			renewed, answer = true, *new(A)
			err = c.send(ctx, lane, to, call, text, &answer)
		}
		return explain(err)
	})
	return answer, err
}

func (c *Session) send(ctx context.Context, lane *network.Lane, to Service, call string, text []byte, answer any) (err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, to.Endpoint+"/", bytes.NewReader(text))
	if err != nil {
		return fmt.Errorf("make a request: %w", err)
	}
	r.Header.Set("Content-Type", "application/x-amz-json-1.1")
	r.Header.Set("X-Amz-Target", to.Target+call)
	who, err := c.Config.Credentials.Retrieve(ctx)
	if err != nil {
		return err //nolint:wrapcheck // explain reads it
	}
	sum := sha256.Sum256(text)
	if err := v4.NewSigner().SignHTTP(ctx, who, r, hex.EncodeToString(sum[:]), to.Signing, to.Region, c.Now()); err != nil {
		return fmt.Errorf("sign a request: %w", err)
	}
	response, err := lane.Client().Do(r)
	if err != nil {
		return err //nolint:wrapcheck // explain reads it
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	if response.StatusCode != http.StatusOK {
		return refusedBy(response)
	}
	if err := json.NewDecoder(response.Body).Decode(answer); err != nil {
		return finops.Errorf(finops.CodeUnavailable, "The answer of AWS to %s could not be read to its end.", call)
	}
	return nil
}

// answerMax is more than a refusal has.
const answerMax = 64 << 10

// refusedBy reads a refusal in the form of AWS's library.
func refusedBy(response *http.Response) error {
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
