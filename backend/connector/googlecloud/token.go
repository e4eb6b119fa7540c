package googlecloud

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
)

// token is what a call shows.
type token struct {
	text string
	ends time.Time
}

// spare is how long before its end a token is not used any more.
const spare = time.Minute

// tokenLife is for how long a token is asked for; Google gives no longer ones.
const tokenLife = time.Hour

// sign returns a token, a new one where there is none or it ends.
func (c *Client) sign(ctx context.Context) (string, error) {
	if c.token.text != "" && c.now().Add(spare).Before(c.token.ends) {
		return c.token.text, nil
	}
	var err error
	if c.id == nil {
		if c.id, err = commandLine(); err != nil {
			return "", err
		}
	}
	id, account := c.id, c.signIn.impersonate
	if id.kind == kindImpersonate {
		if account == "" {
			account = id.mailBehind
		}
		id = id.source
	}
	scopes := c.scopes
	if account != "" {
		scopes = []string{"https://www.googleapis.com/auth/cloud-platform"}
	}
	t, err := c.ask(ctx, id, scopes)
	if err == nil && account != "" {
		t, err = c.impersonate(ctx, account, t.text)
	}
	if err != nil {
		return "", err
	}
	c.token = t
	return t.text, nil
}

// grant is what Google gives a token for.
func (c *Client) grant(id *identity, scopes []string) (url.Values, error) {
	if id.kind == kindUser {
		return url.Values{"grant_type": {"refresh_token"}, "refresh_token": {id.refresh}, "client_id": {id.clientID}, "client_secret": {id.clientKey}}, nil
	}
	now := c.now()
	claims := jwt.NewWithClaims(jwt.SigningMethodRS256, jwt.MapClaims{
		"iss": id.mail, "scope": strings.Join(scopes, " "), "aud": id.tokenURL, "iat": now.Unix(), "exp": now.Add(tokenLife).Unix(),
	})
	claims.Header["kid"] = id.keyID
	text, err := claims.SignedString(id.key)
	if err != nil {
		return nil, finops.WrapError(finops.CodeInvalid, err, "The service account key cannot sign")
	}
	return url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"}, "assertion": {text}}, nil
}

// ask signs in.
func (c *Client) ask(ctx context.Context, id *identity, scopes []string) (t token, err error) {
	err = c.tokens.Do(ctx, func(ctx context.Context) error {
		form, err := c.grant(id, scopes)
		if err != nil {
			return err
		}
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, id.tokenURL, strings.NewReader(form.Encode()))
		if err != nil {
			return finops.WrapError(finops.CodeInvalid, errors.Unwrap(err), "The service account key names no address to sign in at")
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		var answer struct {
			Token   string `json:"access_token"`
			Seconds int64  `json:"expires_in"`
		}
		if err := c.signed(r, c.refused, &answer); err != nil {
			return err
		}
		t = token{answer.Token, c.now().Add(time.Duration(answer.Seconds) * time.Second)}
		return t.check()
	})
	return t, err
}

func (t token) check() error {
	if t.text == "" {
		return finops.Errorf(finops.CodeUnavailable, "The answer of Google's sign-in could not be read.")
	}
	return nil
}

const publicIAM = "https://iamcredentials.googleapis.com"

// impersonate asks for a token of a service account in the name of who is signed in.
func (c *Client) impersonate(ctx context.Context, account, as string) (t token, err error) {
	at := c.signIn.iam
	if at == "" {
		at = publicIAM
	}
	body, err := json.Marshal(map[string]any{"scope": c.scopes, "lifetime": fmt.Sprintf("%ds", int(tokenLife.Seconds()))})
	if err != nil {
		return t, fmt.Errorf("ask for a token: %w", err)
	}
	err = c.tokens.Do(ctx, func(ctx context.Context) error {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, at+"/v1/projects/-/serviceAccounts/"+account+":generateAccessToken", strings.NewReader(string(body)))
		if err != nil {
			return fmt.Errorf("ask for a token: %w", err)
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+as)
		var answer struct {
			Token string    `json:"accessToken"`
			Ends  time.Time `json:"expireTime"`
		}
		err = c.signed(r, func(response *http.Response) error { return explain(CallImpersonate, account, response) }, &answer)
		if err != nil {
			return err
		}
		t = token{answer.Token, answer.Ends}
		return t.check()
	})
	return t, err
}

// signed sends a request to sign in and reads the answer, or what refused makes of it.
func (c *Client) signed(r *http.Request, refused func(*http.Response) error, answer any) (err error) {
	response, err := c.tokens.Client().Do(r)
	if err != nil {
		return network.Innermost(err)
	}
	defer func() { err = errors.Join(err, response.Body.Close()) }()
	if response.StatusCode != http.StatusOK {
		return refused(response)
	}
	if json.NewDecoder(io.LimitReader(response.Body, answerMax)).Decode(answer) != nil {
		return finops.Errorf(finops.CodeUnavailable, "The answer of Google's sign-in could not be read.") // the cause would hold a part of it
	}
	return nil
}

// refused reads what the sign-in says, and nothing of what was sent.
func (c *Client) refused(response *http.Response) error {
	var answer struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	text, err := io.ReadAll(io.LimitReader(response.Body, answerMax))
	if err != nil {
		return finops.WrapError(finops.CodeUnavailable, network.Innermost(err), "The answer of Google's sign-in could not be read")
	}
	if json.Unmarshal(text, &answer) != nil {
		answer.Error = "no text" // not every error is JSON
	}
	cause := fmt.Errorf("sign in: %s (status %d)", answer.Error, response.StatusCode)
	says := func(part string) bool { return strings.Contains(answer.Description, part) }
	switch {
	case response.StatusCode == http.StatusTooManyRequests:
		return finops.WrapError(finops.CodeThrottled, cause, "Google's sign-in asks to slow down.")
	case response.StatusCode >= http.StatusInternalServerError:
		return finops.WrapError(finops.CodeUnavailable, cause, "Google's sign-in has a fault of its own and does not answer.")
	case says("short-lived token"):
		return finops.WrapError(finops.CodeDenied, cause, "Google does not accept the sign-in, since the clock of this computer is wrong%s. Set the clock, and try again.", c.skew(response))
	case says("JWT Signature"):
		return finops.WrapError(finops.CodeDenied, cause, "The service account key was deleted or replaced. Make a new key and enter it.")
	case says("account not found"), says("Invalid email"):
		return finops.WrapError(finops.CodeDenied, cause, "The service account is not there any more. Enter the key of another one.")
	case answer.Error == "invalid_grant" && c.id.kind != kindService, answer.Error == "invalid_client":
		return finops.WrapError(finops.CodeDenied, cause, "The sign-in of the Google Cloud command line has ended. Run `gcloud auth application-default login`. For a schedule, a service account key is better.")
	}
	return finops.WrapError(finops.CodeDenied, cause, "Google refuses the sign-in with the answer %s. Enter the service account key again.", answer.Error)
}

// skew says by how much the clock differs from Google's.
func (c *Client) skew(response *http.Response) string {
	at, err := http.ParseTime(response.Header.Get("Date"))
	if err != nil {
		return ""
	}
	return fmt.Sprintf(" by %s", c.now().Sub(at).Round(time.Second).Abs())
}
