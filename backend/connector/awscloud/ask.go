package awscloud

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
)

// Service is an interface of AWS that takes and gives JSON, or takes a form and gives XML. Its requests are signed by AWS's library and sent by us: the modules of such
// interfaces bring dozens of calls for the one that is needed.
type Service struct {
	Endpoint string // without a slash at its end
	Region   string // that requests are signed for
	Signing  string // name that requests are signed for: "ce"
	Target   string // of JSON, what stands before the name of a call: "AWSInsightsIndexService."
	JSON     string // version of it: "1.0"; "" = 1.1
	Version  string // of forms: "2016-11-15"
}

// Ask sends one request through a lane, in the next session of a role where one has ended, and returns the answer. explain makes an error of
// the contract of a connection of what a call ended with. Of an answer that is cut nothing is kept.
func Ask[A any](ctx context.Context, c *Session, lane *network.Lane, to Service, call string, question any, explain func(error) error) (answer A, err error) {
	text, err := json.Marshal(question)
	if err != nil {
		return answer, fmt.Errorf("write a question: %w", err)
	}
	header := http.Header{"Content-Type": {"application/x-amz-json-" + cmp.Or(to.JSON, "1.1")}, "X-Amz-Target": {to.Target + call}}
	err = c.ask(ctx, lane, to, header, text, explain, func(body io.Reader) error {
		answer = *new(A)
		if err := json.NewDecoder(body).Decode(&answer); err != nil {
			return finops.Errorf(finops.CodeUnavailable, "The answer of AWS to %s could not be read to its end.", call)
		}
		return nil
	})
	return answer, err
}

// AskForm is Ask for an interface that takes a form and answers XML.
func AskForm[A any](ctx context.Context, c *Session, lane *network.Lane, to Service, call string, form url.Values, explain func(error) error) (answer A, err error) {
	all := maps.Clone(form)
	if all == nil {
		all = url.Values{}
	}
	all.Set("Action", call)
	all.Set("Version", to.Version)
	header := http.Header{"Content-Type": {"application/x-www-form-urlencoded; charset=utf-8"}}
	err = c.ask(ctx, lane, to, header, []byte(all.Encode()), explain, func(body io.Reader) error {
		answer = *new(A)
		if err := decodeXML(body, call+"Response", &answer); err != nil {
			return finops.Errorf(finops.CodeUnavailable, "The answer of AWS to %s could not be read to its end.", call)
		}
		return nil
	})
	return answer, err
}

var errNotXML = errors.New("another answer")

// decodeXML reads an answer whose outermost element has a name: the page of a network that wants a sign-in has another.
func decodeXML(body io.Reader, name string, answer any) error {
	d := xml.NewDecoder(body)
	for {
		token, err := d.Token()
		if err != nil {
			return fmt.Errorf("read XML: %w", err)
		}
		if start, ok := token.(xml.StartElement); ok {
			if start.Name.Local != name {
				return errNotXML
			}
			if err := d.DecodeElement(answer, &start); err != nil {
				return fmt.Errorf("read XML: %w", err)
			}
			return nil
		}
	}
}

func (c *Session) ask(ctx context.Context, lane *network.Lane, to Service, header http.Header, text []byte, explain func(error) error, read func(io.Reader) error) error {
	renewed := false
	return lane.Do(ctx, func(ctx context.Context) error {
		err := c.send(ctx, lane, to, header, text, read)
		if !renewed && c.Renewed(err) {
			renewed = true
			err = c.send(ctx, lane, to, header, text, read)
		}
		return explain(err)
	})
}

func (c *Session) send(ctx context.Context, lane *network.Lane, to Service, header http.Header, text []byte, read func(io.Reader) error) (err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, to.Endpoint+"/", bytes.NewReader(text))
	if err != nil {
		return fmt.Errorf("make a request: %w", err)
	}
	r.Header = header.Clone() // the signature is added to it
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
	return read(response.Body)
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
	if code == "" {
		code, said.Message = refusedInXML(text)
	}
	return &smithyhttp.ResponseError{Response: &smithyhttp.Response{Response: response}, Err: &smithy.GenericAPIError{Code: code, Message: said.Message}}
}

// refusedInXML reads a refusal of an interface that answers XML: EC2 has a list of errors, others have one.
func refusedInXML(text []byte) (code, message string) {
	type failure struct {
		Code    string
		Message string
	}
	var said struct {
		Error  failure
		Errors []failure `xml:"Errors>Error"`
	}
	if xml.Unmarshal(text, &said) != nil {
		return "", "" // the status stands
	}
	if len(said.Errors) > 0 {
		said.Error = said.Errors[0]
	}
	return said.Error.Code, said.Error.Message
}
