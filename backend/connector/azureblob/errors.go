package azureblob

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"cloud-intelligence/backend/finops"
)

// answers maps what Azure answers to what can be done about it. A code that is not here is judged by its
// status.
var answers = map[string]finops.Code{
	"ConditionNotMet": finops.CodeConflict, "BlobNotFound": finops.CodeNotFound, "ResourceNotFound": finops.CodeNotFound,
	"ServerBusy": finops.CodeThrottled, "TooManyRequests": finops.CodeThrottled, "OperationTimedOut": finops.CodeUnavailable, "InternalError": finops.CodeUnavailable,
}

// refusals are the sentences for what a person must change.
var refusals = map[string]string{
	"AuthenticationFailed":               "Azure does not accept the SAS token or account key: it has ended, was replaced, or the clock of this computer is wrong. Enter it again.",
	"AuthorizationFailure":               "Azure refuses access: the SAS token or account key is wrong or has ended, or the firewall of the storage account does not let this computer in.",
	"AuthorizationPermissionMismatch":    "The permission to read blobs is missing: give the role Storage Blob Data Reader on the container, or a SAS token with Read and List.",
	"KeyBasedAuthenticationNotPermitted": "The storage account does not allow keys. Use a service principal.",
	"BlobArchived":                       "The exports were moved to the archive tier. Move them back to read them.",
	"AccountIsDisabled":                  "The storage account is switched off.",
	"PublicAccessNotPermitted":           "Azure asks for a sign-in. Enter a SAS token, an account key or a service principal.",
}

// signIns are the sentences for what the sign-in answers, by the number of its error.
var signIns = map[int]string{
	7000215: "The client secret is wrong. Enter the value of the secret, not its ID.",
	7000222: "The client secret has ended. Make a new one for the service principal and enter it.",
	700016:  "There is no application with this client ID in the tenant. Check both.",
	90002:   "There is no tenant with this ID. Check it.",
	700027:  "The certificate of the service principal is not accepted.",
	53003:   "A rule of conditional access refuses this sign-in. Ask your administrator.",
}

// explain turns what a call ended with into an error of the contract.
func (c *connection) explain(what call, err error) error {
	if err == nil {
		return nil
	}
	if own, ok := errors.AsType[*finops.Error](err); ok {
		return own // of the network door
	}
	if failed, ok := errors.AsType[*azidentity.AuthenticationFailedError](err); ok {
		return signInError(failed)
	}
	api, ok := errors.AsType[*azcore.ResponseError](err)
	if !ok {
		if c.token != nil && c.client == "" {
			return finops.WrapError(finops.CodeDenied, plain(err), "The Azure command line is not installed or not signed in. Run `az login`, and try again.")
		}
		return finops.WrapError(finops.CodeUnavailable, plain(err), "The answer of Azure could not be read to its end.")
	}
	cause := fmt.Errorf("%s: %s (status %d)", what.name, api.ErrorCode, api.StatusCode) // its text holds the address with a signature
	code, known := answers[api.ErrorCode]
	switch {
	case known && code == finops.CodeThrottled, api.StatusCode == http.StatusTooManyRequests:
		return finops.WrapError(finops.CodeThrottled, cause, "Azure asks to slow down.")
	case known && code == finops.CodeConflict, api.StatusCode == http.StatusPreconditionFailed:
		return finops.WrapError(finops.CodeConflict, cause, "Azure is writing this export anew.")
	case known && code == finops.CodeNotFound:
		return finops.WrapError(finops.CodeNotFound, cause, "Azure has removed a file of this export.")
	case api.ErrorCode == "ContainerNotFound":
		return finops.WrapError(finops.CodeInvalid, cause, "There is no container %s in the storage account %s. Check both names.", c.container, c.account)
	case refusals[api.ErrorCode] != "":
		return finops.WrapError(finops.CodeDenied, cause, "%s", refusals[api.ErrorCode])
	case api.StatusCode == http.StatusForbidden, api.StatusCode == http.StatusUnauthorized:
		return finops.WrapError(finops.CodeDenied, cause, "Azure refuses %s. The policy of this connection says what to allow.", what.name)
	case known, api.StatusCode >= http.StatusInternalServerError:
		return finops.WrapError(finops.CodeUnavailable, cause, "Azure has a fault of its own and does not answer.")
	}
	return finops.WrapError(finops.CodeInvalid, cause, "Azure refuses %s with the answer %s. Check the options of the connection.", what.name, api.ErrorCode)
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

func plain(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err
}
