package azurecloud

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// publicManagement is the address of Azure Resource Manager.
const publicManagement = "https://management.azure.com"

// ManagementEndpoint checks the address of Azure Resource Manager that a person gives in place of the public one. It answers CodeInvalid.
func ManagementEndpoint(text string) (string, error) {
	endpoint, err := network.Endpoint("Management endpoint", text)
	return cmp.Or(endpoint, publicManagement), err
}

// ManagementOption asks for another address of Azure Resource Manager under a name.
func ManagementOption(name string) source.Option {
	return source.Option{Name: name, Label: "Management endpoint", Rare: true, Example: "https://management.usgovcloudapi.net", Help: "In place of the public one, for another cloud."}
}

// Management is an interface of Azure Resource Manager as one person calls it.
type Management struct {
	Session  *Session
	Lane     *network.Lane
	Endpoint string // without a slash at its end
	// Refused turns an answer that is no success into an error of the contract of a connection.
	Refused func(status int, text []byte) error
	// Pending is what an answer 202 to a question without a body means, as a sentence; "" = it is an answer like any other.
	Pending string
}

// pageMax is more than an answer has: 5,000 rows, or a manifest.
const pageMax = 16 << 20

// Ask sends a call; body nil = GET. It returns status, headers and body of an answer that is no error. What is pending is asked for again.
// A token that Azure does not accept any more is renewed once, and the same call is sent with it.
// An address on another host is refused: a token must not be sent there.
func (m *Management) Ask(ctx context.Context, address string, body any) (status int, header http.Header, text []byte, err error) {
	if err := m.Own(address); err != nil {
		return 0, nil, nil, err
	}
	method, content := http.MethodGet, []byte(nil)
	if body != nil {
		method = http.MethodPost
		if content, err = json.Marshal(body); err != nil {
			return 0, nil, nil, fmt.Errorf("write a question: %w", err)
		}
	}
	status, header, text, err = m.send(ctx, method, address, content)
	if err != nil && status == http.StatusUnauthorized && m.Session.Renew(header.Get("WWW-Authenticate")) {
		status, header, text, err = m.send(ctx, method, address, content)
	}
	return status, header, text, err
}

// send sends a call until it is answered. What is waited for may outlast a token, so that each repetition takes the one of its time.
func (m *Management) send(ctx context.Context, method, address string, content []byte) (status int, header http.Header, text []byte, err error) {
	token, err := m.token(ctx)
	if err != nil {
		return 0, nil, nil, err
	}
	repeated := false
	err = m.Lane.Do(ctx, func(ctx context.Context) (err error) {
		status, header, text = 0, nil, nil
		if repeated {
			if token, err = m.token(ctx); err != nil {
				return err
			}
		}
		repeated = true
		r, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(content))
		if err != nil {
			return fmt.Errorf("make a request: %w", err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("ClientType", "cloud-intelligence") // Azure counts calls by it, too
		response, err := m.Lane.Client().Do(r)
		if err != nil {
			return network.Innermost(err)
		}
		defer func() { err = errors.Join(err, response.Body.Close()) }()
		if text, err = io.ReadAll(io.LimitReader(response.Body, pageMax)); err != nil {
			return network.Innermost(err)
		}
		status, header = response.StatusCode, response.Header
		switch {
		case status == http.StatusAccepted && method == http.MethodGet && m.Pending != "":
			return finops.Errorf(finops.CodeThrottled, "%s", m.Pending)
		case status >= http.StatusMultipleChoices:
			return m.Refused(status, text)
		case len(text) > 0 && !json.Valid(text):
			return errCut // also where a proxy cuts an answer and says that it is whole
		}
		return nil
	})
	return status, header, text, err
}

func (m *Management) token(ctx context.Context) (string, error) {
	return m.Session.Token(ctx, m.Endpoint+"/.default")
}

var errCut = finops.Errorf(finops.CodeUnavailable, "The answer of Azure could not be read to its end.")

// Own checks that an address is one of the interface, to which a token may be sent.
func (m *Management) Own(address string) error {
	at, err := url.Parse(address)
	want, invalid := url.Parse(m.Endpoint)
	if err != nil || invalid != nil || at.Host != want.Host || at.Scheme != want.Scheme {
		return finops.Errorf(finops.CodeUnavailable, "The answer of Azure names another host than that of Azure Resource Manager.")
	}
	return nil
}

// actionNames is what reading the names of subscriptions needs, roleNames a built-in role with it.
const (
	actionNames = "Microsoft.Resources/subscriptions/read"
	roleNames   = "Reader"
)

// NameOption asks whether Azure says what subscriptions are called.
func NameOption() source.Option {
	return source.NameOption("Also ask Azure, once a day, what the subscriptions are called.")
}

var apiNames = network.API{Name: "Azure Resource Manager", PerSecond: 0.5, Burst: 4} // the design sets it: 30 calls a minute

// namesOf is the list of the subscriptions that the sessions may see, where values switch NameOption on. It calls nobody yet.
func namesOf(sessions []*Session, values map[string]string, endpoint string, via source.Reach) source.NameList {
	if !source.NamesWanted(values) {
		return source.NameList{}
	}
	lane := via.Door.Lane(apiNames, "account names for "+via.Purpose, via.Waiting)
	return source.NameList{Now: via.Now, Asked: lane.Usage, Each: func(ctx context.Context, found func(source.Account) error) error {
		seen := map[string]bool{}
		for _, c := range sessions {
			m := &Management{Session: c, Lane: lane, Endpoint: endpoint, Refused: refusedNames}
			err := m.eachSubscription(ctx, func(a source.Account) error {
				id := strings.ToLower(a.ID)
				if seen[id] {
					return nil // several tenants see it
				}
				seen[id] = true
				return found(a)
			})
			if err != nil {
				return err
			}
		}
		if len(seen) == 0 {
			return errNoSubscription
		}
		return nil
	}}
}

// errNoSubscription says that no subscription may be seen: Azure leaves out without a word what may not be read.
var errNoSubscription = finops.Errorf(finops.CodeDenied, "The permission %s is missing: no subscription can be seen. Give the role %s on the subscriptions.", actionNames, roleNames)

// eachSubscription follows the pages. What the person may not read Azure leaves out without a word.
func (m *Management) eachSubscription(ctx context.Context, found func(source.Account) error) error {
	for next := m.Endpoint + "/subscriptions?api-version=2022-12-01"; next != ""; {
		_, _, text, err := m.Ask(ctx, next, nil)
		if err != nil {
			return err
		}
		var page struct {
			Value []struct {
				ID   string `json:"subscriptionId"`
				Name string `json:"displayName"`
			} `json:"value"`
			Next string `json:"nextLink"`
		}
		if json.Unmarshal(text, &page) != nil {
			return errCut
		}
		for _, s := range page.Value {
			if err := found(source.Account{ID: s.ID, Name: s.Name}); err != nil {
				return err
			}
		}
		next = page.Next
	}
	return nil
}

// refusedNames explains why the names of subscriptions are not given.
func refusedNames(status int, text []byte) error {
	code, cause := Said(status, text)
	if err := Faulty(status, cause); err != nil {
		return err
	}
	if status == http.StatusForbidden {
		return finops.WrapError(finops.CodeDenied, cause, "The permission %s is missing: give the role %s on the subscriptions.", actionNames, roleNames)
	}
	return finops.WrapError(finops.CodeInvalid, cause, "Azure refuses to name subscriptions (%s).", code)
}

// Said reads the code of a refusal, and makes a cause of it.
func Said(status int, text []byte) (code string, cause error) {
	var said struct {
		Error struct {
			Code    string `json:"code"`
			Message string `json:"message"`
		} `json:"error"`
	}
	_ = json.Unmarshal(text, &said) // without a code the status stands
	return said.Error.Code, fmt.Errorf("azure: %s (status %d): %s", said.Error.Code, status, said.Error.Message)
}

// Faulty explains the refusals that all interfaces share; nil = it is another one.
func Faulty(status int, cause error) error {
	switch {
	case status == http.StatusTooManyRequests:
		return finops.WrapError(finops.CodeThrottled, cause, "Azure asks to slow down.")
	case status == http.StatusUnauthorized:
		return finops.WrapError(finops.CodeDenied, cause, "Azure does not accept the sign-in any more. Sign in again.")
	case status >= http.StatusInternalServerError:
		return finops.WrapError(finops.CodeUnavailable, cause, "Azure has a fault of its own and does not answer.")
	}
	return nil
}

// NamesPolicies are a role that allows to read the names of subscriptions.
func NamesPolicies() []source.Policy {
	return rolePolicies("Read names of subscriptions", "Reads what subscriptions are called.", "read_names", "For the names of accounts", []string{actionNames})
}
