package azurecloud

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
)

// signIns are the sentences for what the sign-in answers, by the number of its error.
var signIns = map[int]string{
	7000215: "The client secret is wrong. Enter the value of the secret, not its ID.",
	7000222: "The client secret has ended. Make a new one for the service principal and enter it.",
	700016:  "There is no application with this client ID in the tenant. Check both.",
	90002:   "There is no tenant with this ID. Check it.",
	700027:  "The certificate of the service principal is not accepted.",
	700024:  "The clock of this computer is wrong: Microsoft Entra ID does not accept what was signed by it. Set it, and try again.",
	70017:   "The sign-in was declined in the browser. Test or sync again for a new code.",
	70019:   "The code has ended before somebody signed in with it. Test or sync again for a new one.",
	70020:   "The code has ended before somebody signed in with it. Test or sync again for a new one.",
	53003:   "A rule of conditional access refuses this sign-in. Ask your administrator.",
}

// Explain turns what signing in, or a call that is no answer of Azure, ended with into an error of the contract of a connection.
func (c *Session) Explain(err error) error {
	if err == nil {
		return nil
	}
	if own, ok := errors.AsType[*finops.Error](err); ok {
		return own // of the network door
	}
	byCommandLine := !c.signIn.ByPrincipal() && !c.signIn.ByCode() // the library has no answer of Azure then, only what the program says
	if failed, ok := errors.AsType[*azidentity.AuthenticationFailedError](err); ok && !byCommandLine {
		if failed.RawResponse == nil && c.fault != nil {
			return network.Innermost(c.fault)
		}
		return signInError(failed)
	}
	if byCommandLine {
		return finops.WrapError(finops.CodeDenied, innermost(err), "The Azure command line is not installed or not signed in. Run `az login`, and try again.")
	}
	return finops.WrapError(finops.CodeUnavailable, innermost(err), "The answer of Azure could not be read to its end.")
}

// answerMax is more than a refusal of the sign-in has.
const answerMax = 64 << 10

// signInError reads the number of the error and nothing else: the rest names what was sent.
func signInError(failed *azidentity.AuthenticationFailedError) error {
	var answer struct {
		Codes []int  `json:"error_codes"`
		ID    string `json:"correlation_id"`
	}
	status := 0
	if r := failed.RawResponse; r != nil {
		status = r.StatusCode
		if text, err := io.ReadAll(io.LimitReader(r.Body, answerMax)); err == nil {
			_ = json.Unmarshal(text, &answer) // without a number the general sentence stands
		}
	}
	number := 0
	if len(answer.Codes) > 0 {
		number = answer.Codes[0]
	}
	cause := fmt.Errorf("sign in: AADSTS%d (status %d, correlation id %s)", number, status, answer.ID)
	switch {
	case signIns[number] != "":
		return finops.WrapError(finops.CodeDenied, cause, "%s", signIns[number])
	case status == http.StatusTooManyRequests:
		return finops.WrapError(finops.CodeThrottled, cause, "Microsoft Entra ID asks to slow down.")
	case status >= http.StatusInternalServerError:
		return finops.WrapError(finops.CodeUnavailable, cause, "Microsoft Entra ID has a fault of its own and does not answer.")
	}
	return finops.WrapError(finops.CodeDenied, cause, "Microsoft Entra ID refuses the sign-in (AADSTS%d, correlation ID %s).", number, answer.ID)
}

func innermost(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err
}
