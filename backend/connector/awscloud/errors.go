package awscloud

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"cloud-intelligence/backend/finops"
)

// answers maps what AWS answers to what can be done about it. A code that is not here is judged by
// its status.
var answers = map[string]finops.Code{
	"PreconditionFailed": finops.CodeConflict, "NoSuchKey": finops.CodeNotFound, "NotFound": finops.CodeNotFound,
	"SlowDown": finops.CodeThrottled, "Throttling": finops.CodeThrottled, "ThrottlingException": finops.CodeThrottled, "TooManyRequests": finops.CodeThrottled,
	"TooManyRequestsException": finops.CodeThrottled, "RequestLimitExceeded": finops.CodeThrottled, "LimitExceededException": finops.CodeThrottled, "ServiceUnavailable": finops.CodeThrottled,
	"InternalError": finops.CodeUnavailable, "RequestTimeout": finops.CodeUnavailable,
}

// refusals are the sentences for what a person must change.
var refusals = map[string]string{
	"InvalidAccessKeyId":          "AWS does not know the access key: it was deleted, or mistyped. Enter another one.",
	"InvalidClientTokenId":        "AWS does not know the access key: it was deleted, or mistyped. Enter another one.",
	"UnrecognizedClientException": "AWS does not know the access key: it was deleted, or mistyped. Enter another one.",
	"InvalidSignatureException":   "The secret access key does not belong to the access key. Enter it again.",
	"SignatureDoesNotMatch":       "The secret access key does not belong to the access key. Enter it again.",
	"ExpiredToken":                "The session of the temporary access key has ended. Enter a new key with its session token, or use a profile.",
	"ExpiredTokenException":       "The session of the temporary access key has ended. Enter a new key with its session token, or use a profile.",
	"InvalidToken":                "AWS does not accept the session token. Enter the access key, its secret and its session token again.",
}

// Explain turns what a call ended with into an error of the contract of a connection.
func (c *Session) Explain(what Call, err error) error {
	if err == nil {
		return nil
	}
	if own, ok := errors.AsType[*finops.Error](err); ok {
		return own // of the network door
	}
	if strings.Contains(err.Error(), "operation error STS: AssumeRole") {
		what = c.signIn.callAssume() // the library assumes the role when the first call needs it
	}
	status, server := answerOf(err)
	api, ok := errors.AsType[smithy.APIError](err)
	if !ok {
		if sentence := signInError(c.signIn.profile, err); sentence != nil {
			return sentence
		}
		return finops.WrapError(finops.CodeUnavailable, plain(err), "The answer of AWS to %s could not be read to its end.", what.Action)
	}
	cause := fmt.Errorf("%s: %s (status %d)", what.Action, api.ErrorCode(), status) // its message may name more than is needed
	if refused := c.ssoRefused(api.ErrorCode(), err, cause); refused != nil {
		return refused
	}
	code, known := answers[api.ErrorCode()]
	switch {
	case known && code == finops.CodeThrottled:
		return finops.WrapError(code, cause, "AWS asks to slow down.")
	case known && code == finops.CodeConflict:
		return finops.WrapError(code, cause, "AWS is writing this export anew.")
	case known && code == finops.CodeNotFound:
		return finops.WrapError(code, cause, "AWS has removed a file of this export.")
	case api.ErrorCode() == "RequestTimeTooSkewed" || strings.Contains(api.ErrorMessage(), "Signature expired") || strings.Contains(api.ErrorMessage(), "Signature not yet current"):
		return finops.WrapError(finops.CodeDenied, cause, "The clock of this computer is wrong%s. Set it, and try again.", c.skew(server))
	case refusals[api.ErrorCode()] != "":
		return finops.WrapError(finops.CodeDenied, cause, "%s", refusals[api.ErrorCode()])
	case api.ErrorCode() == "AccessDeniedException" || status == http.StatusForbidden || status == http.StatusUnauthorized:
		return finops.WrapError(finops.CodeDenied, cause, "%s", c.refused(what))
	case known, status >= http.StatusInternalServerError, status == 0:
		return finops.WrapError(finops.CodeUnavailable, cause, "AWS has a fault of its own and does not answer %s.", what.Action)
	}
	return finops.WrapError(finops.CodeInvalid, cause, "AWS refuses %s with the answer %s. Check the options of the connection.", what.Action, api.ErrorCode())
}

// refused names the permission that is missing.
func (c *Session) refused(what Call) string {
	if what.Action == c.signIn.callAssume().Action && c.signIn.mfa != "" {
		return fmt.Sprintf("AWS refuses the role %s. One of four things is wrong: the MFA code was mistyped or used before, the device is another one, the trust policy of the role does not name who signs in, or the external ID is another one.", c.signIn.role)
	}
	if what.Action == c.signIn.callAssume().Action {
		return fmt.Sprintf("AWS refuses the role %s. One of three things is wrong: there is no such role, its trust policy does not name who signs in, or the external ID is another one.", c.signIn.role)
	}
	return fmt.Sprintf("The permission %s on %s is missing. The policy of this connection says what to allow%s.", what.Action, what.Resource, what.Hint)
}

// skew says by how much the clock is off, where the answer has the time.
func (c *Session) skew(server string) string {
	at, err := http.ParseTime(server)
	if err != nil || c.Now == nil {
		return ""
	}
	off := c.Now().Sub(at).Round(time.Second)
	if off < 0 {
		return fmt.Sprintf(": it is %s behind", -off)
	}
	return fmt.Sprintf(": it is %s ahead", off)
}

// answerOf returns the status and the date of an answer.
func answerOf(err error) (status int, date string) {
	if r, ok := errors.AsType[*smithyhttp.ResponseError](err); ok && r.Response != nil {
		return r.Response.StatusCode, r.Response.Header.Get("Date")
	}
	return 0, ""
}

// profileError explains a profile that cannot be used.
func profileError(profile string, err error) error {
	if _, ok := errors.AsType[config.SharedConfigProfileNotExistError](err); ok {
		return finops.WrapError(finops.CodeInvalid, err, "There is no profile %q in the configuration of the AWS command line on this computer.", profile)
	}
	return finops.WrapError(finops.CodeInvalid, err, "The profile %q of the AWS command line cannot be read. Check it with `aws configure list --profile %s`.", profile, profile)
}

// signInError explains why there are no credentials to sign with; nil = that is not it.
func signInError(profile string, err error) error {
	if _, ok := errors.AsType[*ssocreds.InvalidTokenError](err); ok {
		return signedOut(profile, err)
	}
	if strings.Contains(err.Error(), "failed to refresh cached credentials") || strings.Contains(err.Error(), "failed to retrieve credentials") {
		return finops.WrapError(finops.CodeDenied, err, "The profile %q gives no credentials. Check it with `aws sts get-caller-identity --profile %s`.", profile, profile)
	}
	return nil
}

// ssoRefused explains what IAM Identity Center refuses before a call is signed: a sign-in that was ended elsewhere, or a role that was taken away;
// nil = that is not it.
func (c *Session) ssoRefused(code string, err, cause error) error {
	switch {
	case !strings.Contains(err.Error(), "operation error SSO"):
		return nil
	case code == "ForbiddenException":
		return finops.WrapError(finops.CodeDenied, cause, "IAM Identity Center does not give the role of the profile %q to you any more. Ask for it, or use another profile.", c.signIn.profile)
	case code == "UnauthorizedException" || code == "InvalidGrantException" || code == "ExpiredTokenException" || code == "InvalidClientException":
		return signedOut(c.signIn.profile, cause)
	}
	return nil
}

// signedOut says that somebody has to sign in to a profile again.
func signedOut(profile string, err error) error {
	return finops.WrapError(finops.CodeDenied, err, "The sign-in of the profile %q has ended. Run `aws sso login --profile %s`, and try again.", profile, profile)
}

func plain(err error) error {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err
}
