package azurecloud

import (
	"context"
	"errors"
	"net/http"
	"sync"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/source"
)

// deviceSignIn is a person who signed in with a code. The library keeps the tokens in memory and renews them, through the session
// that uses it now.
type deviceSignIn struct {
	credential *azidentity.DeviceCodeCredential

	mu      sync.Mutex
	session *Session
	via     source.Reach
}

// byCode takes up what an earlier sign-in of the connection left, or prepares one.
func (c *Session) byCode(via source.Reach) (azcore.TokenCredential, error) {
	d, kept := via.SignIn.Load().(*deviceSignIn)
	if !kept {
		d = &deviceSignIn{}
		base, own := c.options()
		base.Transport = d
		var err error
		d.credential, err = azidentity.NewDeviceCodeCredential(&azidentity.DeviceCodeCredentialOptions{
			ClientOptions: base, ClientID: c.signIn.client, TenantID: c.signIn.tenant, DisableInstanceDiscovery: own, UserPrompt: d.prompt,
		})
		if err != nil {
			return nil, invalid(err)
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.session, d.via = c, via
	via.SignIn.Store(d)
	return d, nil
}

func (d *deviceSignIn) now() (*Session, source.Reach) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.session, d.via
}

// Do sends a request of the library. It notes that a sign-in could not be renewed for want of network or Microsoft.
func (d *deviceSignIn) Do(r *http.Request) (*http.Response, error) {
	session, _ := d.now()
	response, err := session.Do(r)
	if p, ok := r.Context().Value(promptingKey{}).(*prompting); ok {
		switch {
		case err != nil:
			p.fault = network.Innermost(err)
		case response.StatusCode == http.StatusTooManyRequests:
			p.fault = finops.Errorf(finops.CodeThrottled, "Microsoft Entra ID asks to slow down.")
		case response.StatusCode >= http.StatusInternalServerError:
			p.fault = finops.Errorf(finops.CodeUnavailable, "Microsoft Entra ID has a fault of its own and does not answer.")
		}
	}
	return response, err
}

// prompting is the sign-in that waits for a person, in the context of GetToken.
type prompting struct {
	asked sync.WaitGroup
	fault error       // why a sign-in was not renewed, where that is no reason to have the person sign in again
	end   func(error) // the waiting
	// ask returns when the person has signed in, and ends the waiting with the error where nobody can.
	ask func(source.Prompt) error
}

type promptingKey struct{}

// GetToken returns a token, and has the person sign in where there is none that can be renewed.
func (d *deviceSignIn) GetToken(ctx context.Context, opts policy.TokenRequestOptions) (azcore.AccessToken, error) {
	waiting, cancel := context.WithCancelCause(ctx)
	p := &prompting{end: cancel, ask: func(prompt source.Prompt) error {
		_, via := d.now()
		_, err := via.Ask(waiting, prompt)
		if err != nil {
			cancel(err) // nobody is there, or not any more
		}
		return err
	}}
	token, err := d.credential.GetToken(context.WithValue(waiting, promptingKey{}, p), opts)
	cause := context.Cause(waiting)
	cancel(nil)
	p.asked.Wait()
	if err != nil && cause != nil {
		return token, cause
	}
	return token, err //nolint:wrapcheck // Explain reads it
}

// prompt shows the code while the library asks again and again whether it was entered.
func (d *deviceSignIn) prompt(ctx context.Context, m azidentity.DeviceCodeMessage) error {
	p, ok := ctx.Value(promptingKey{}).(*prompting)
	if !ok {
		return errors.New("a prompt outside of GetToken")
	}
	shown := source.Prompt{Text: "Sign in to Microsoft on this page with this code.", Address: m.VerificationURL, Code: m.UserCode}
	if p.fault != nil {
		p.end(p.fault)
		return p.fault
	}
	if _, via := d.now(); via.Prompt == nil {
		return p.ask(shown)
	}
	p.asked.Go(func() { _ = p.ask(shown) }) // its error is the cause of GetToken's
	return nil
}
