package azureblob

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"

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
	"AuthenticationFailed":               "Azure does not accept the SAS token or account key: it has ended, is not valid yet, or was replaced. Enter it again.",
	"AuthorizationFailure":               "Azure refuses access: the SAS token or account key is wrong or has ended, or the firewall of the storage account does not let this computer in.",
	"AuthorizationPermissionMismatch":    "The permission " + callGet.action + " is missing: give the role Storage Blob Data Reader on the container, or a SAS token with Read and List.",
	"KeyBasedAuthenticationNotPermitted": "The storage account does not allow keys. Use a service principal.",
	"BlobArchived":                       "The exports were moved to the archive tier. Move them back to read them.",
	"AccountIsDisabled":                  "The storage account is switched off.",
	"PublicAccessNotPermitted":           "Azure asks for a sign-in. Enter a SAS token, an account key or a service principal.",
}

// explain turns what a call ended with into an error of the contract.
func (c *connection) explain(what call, err error) error {
	if err == nil {
		return nil
	}
	if own, ok := errors.AsType[*finops.Error](err); ok {
		return own // of the network door
	}
	api, ok := errors.AsType[*azcore.ResponseError](err)
	if !ok {
		if c.session != nil {
			return c.session.Explain(err)
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
	case api.ErrorCode == "AuthenticationFailed" && c.skew(api) != "":
		return finops.WrapError(finops.CodeDenied, cause, "The clock of this computer is wrong: %s. Set it, and try again.", c.skew(api))
	case refusals[api.ErrorCode] != "":
		return finops.WrapError(finops.CodeDenied, cause, "%s", refusals[api.ErrorCode])
	case api.StatusCode == http.StatusUnauthorized && c.session != nil:
		return finops.WrapError(finops.CodeDenied, cause, "Azure does not accept the sign-in any more. Sign in again.")
	case api.StatusCode == http.StatusForbidden, api.StatusCode == http.StatusUnauthorized:
		return finops.WrapError(finops.CodeDenied, cause, "Azure refuses %s. The policy of this connection says what to allow.", what.name)
	case known, api.StatusCode >= http.StatusInternalServerError:
		return finops.WrapError(finops.CodeUnavailable, cause, "Azure has a fault of its own and does not answer.")
	}
	return finops.WrapError(finops.CodeInvalid, cause, "Azure refuses %s with the answer %s. Check the options of the connection.", what.name, api.ErrorCode)
}

// skewMax is by how much a clock may differ before Azure refuses what is signed by it.
const skewMax = 15 * time.Minute

// skew says by how much the clock of this computer differs from Azure's; "" = by no more than Azure allows, or the answer has no time.
func (c *connection) skew(api *azcore.ResponseError) string {
	if api.RawResponse == nil {
		return ""
	}
	at, err := http.ParseTime(api.RawResponse.Header.Get("Date"))
	if err != nil {
		return ""
	}
	switch off := c.now().Sub(at).Round(time.Second); {
	case off >= skewMax:
		return fmt.Sprintf("it is %s ahead", off)
	case off <= -skewMax:
		return fmt.Sprintf("it is %s behind", -off)
	}
	return ""
}

func plain(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err
}
