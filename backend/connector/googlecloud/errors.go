package googlecloud

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/platform/network"
)

// answerMax is more than an error or a token has.
const answerMax = 64 << 10

// errEnded says that a token is not accepted any more.
var errEnded = finops.Errorf(finops.CodeDenied, "Google does not accept the sign-in any more. Sign in again, or enter a new service account key.")

// ErrJob says that a query was begun and ended without its result, so that another one may have it. An error that wraps it has CodeConflict.
var ErrJob = errors.New("the query has ended")

// ErrBegun says that there is a query of that name already. An error that wraps it has CodeConflict.
var ErrBegun = errors.New("the query was begun before")

// jobEnded are the reasons for that.
var jobEnded = map[string]bool{"jobRateLimitExceeded": true, "jobBackendError": true, "jobInternalError": true}

// reasons maps what Google names as the reason to what can be done about it; one that is not here is judged by its status.
var reasons = map[string]finops.Code{
	"rateLimitExceeded": finops.CodeThrottled, "userRateLimitExceeded": finops.CodeThrottled, "RESOURCE_EXHAUSTED": finops.CodeThrottled,
	"backendError": finops.CodeUnavailable, "internalError": finops.CodeUnavailable,
	"conditionNotMet": finops.CodeConflict,
}

// refusals are the sentences for what a person must change.
var refusals = map[string]string{
	"SERVICE_DISABLED":         "An API is switched off in the project. Switch it on in the Google Cloud console under APIs and services.",
	"accessNotConfigured":      "An API is switched off in the project. Switch it on in the Google Cloud console under APIs and services.",
	"billingNotEnabled":        "The project has no billing account. Choose another project, or link one.",
	"quotaExceeded":            "A quota of the project is used up. It begins anew at midnight Pacific time; try again then.",
	"dailyLimitExceeded":       "A quota of the project is used up. It begins anew at midnight Pacific time; try again then.",
	"userProjectMissing":       "The bucket has whoever reads it pay. Enter the project that pays.",
	"blocked":                  "Google has blocked the project. Ask its support.",
	"bytesBilledLimitExceeded": "The query would be billed more than the limit of this connection. Raise the limit, or choose a later first month.",
	"responseTooLarge":         "The answer is too large. Choose a later first month.",
	"resourcesExceeded":        "The query needs more than Google allows. Choose a later first month.",
	"billingTierLimitExceeded": "The query needs more than Google allows. Choose a later first month.",
}

// Failure is the form of Google's errors, of which only the reason and the message are used.
type Failure struct {
	Message string `json:"message"`
	Status  string `json:"status"`
	Errors  []struct {
		Reason  string `json:"reason"`
		Message string `json:"message"`
	} `json:"errors"`
	Details []FailureDetail `json:"details"`
}

// FailureDetail is a further reason.
type FailureDetail struct {
	Reason string `json:"reason"`
}

// Reason is the word that Google uses for what went wrong.
func (f Failure) Reason() string {
	for _, d := range f.Details {
		if refusals[d.Reason] != "" {
			return d.Reason
		}
	}
	if len(f.Errors) > 0 && f.Errors[0].Reason != "" {
		return f.Errors[0].Reason
	}
	return f.Status
}

// explain turns an answer that is no success into an error of the contract of a connection.
func explain(call Call, place string, response *http.Response) error {
	var answer struct {
		Error Failure `json:"error"`
	}
	text, err := io.ReadAll(io.LimitReader(response.Body, answerMax))
	if err != nil {
		return finops.WrapError(finops.CodeUnavailable, network.Innermost(err), "The answer of Google could not be read to its end")
	}
	_ = json.Unmarshal(text, &answer) // without a reason the status stands: not every error is JSON
	return Explain(call, place, answer.Error, response.StatusCode)
}

// Explain turns a failure into an error of the contract of a connection. status is that of the answer; 0 = there is none.
func Explain(call Call, place string, f Failure, status int) error {
	reason := f.Reason()
	cause := fmt.Errorf("%s: %s (status %d): %s", call.Permissions, reason, status, f.Message)
	code, known := reasons[reason]
	switch {
	case jobEnded[reason]:
		return finops.WrapError(finops.CodeConflict, errors.Join(ErrJob, cause), "BigQuery has ended the query before it had a result. Sync again later.")
	case reason == "duplicate":
		return finops.WrapError(finops.CodeConflict, errors.Join(ErrBegun, cause), "BigQuery has a query of this name.")
	case code == finops.CodeThrottled, status == http.StatusTooManyRequests:
		return finops.WrapError(finops.CodeThrottled, cause, "Google asks to slow down.")
	case status == http.StatusUnauthorized:
		return errEnded
	case refusals[reason] != "":
		return finops.WrapError(finops.CodeDenied, cause, "%s", refusals[reason])
	case code == finops.CodeConflict, status == http.StatusPreconditionFailed, status == http.StatusRequestedRangeNotSatisfiable:
		return finops.WrapError(finops.CodeConflict, cause, "Google has another version of this file by now.")
	case status == http.StatusNotFound:
		return finops.WrapError(finops.CodeNotFound, cause, "Google Cloud does not have %s.", place)
	case status == http.StatusForbidden:
		return finops.WrapError(finops.CodeDenied, cause, "The permission %s is missing for %s: give the role %s.", call.missing(f.Message), place, call.Role)
	case known, status >= http.StatusInternalServerError:
		return finops.WrapError(finops.CodeUnavailable, cause, "Google Cloud has a fault of its own and does not answer.")
	}
	return finops.WrapError(finops.CodeInvalid, cause, "Google Cloud refuses to read %s (%s): %s", place, reason, shown(f.Message))
}

// missing names the permission that Google says is missing, else all of the call.
func (c Call) missing(message string) string {
	for _, p := range c.Permissions {
		if strings.Contains(message, p) {
			return p
		}
	}
	return strings.Join(c.Permissions, " or ")
}

// shownMax is as much of a message of Google as a sentence takes.
const shownMax = 300

func shown(message string) string {
	message = strings.Join(strings.Fields(message), " ")
	if len(message) > shownMax {
		message = strings.ToValidUTF8(message[:shownMax], "") + "…"
	}
	return message
}
