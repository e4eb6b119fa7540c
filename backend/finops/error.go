package finops

import (
	"errors"
	"fmt"
)

// Code is a machine-readable kind of error. The faces (window, command line)
// branch on it; they never look at messages.
type Code string

// The error codes. An error without a code counts as CodeInternal.
const (
	CodeInvalid     Code = "invalid"     // the input is wrong and the message says how
	CodeNotFound    Code = "not_found"   // the thing named does not exist
	CodeConflict    Code = "conflict"    // it contradicts what is already held; a person must decide
	CodeDenied      Code = "denied"      // a provider or the operating system refused access
	CodeUnavailable Code = "unavailable" // a resource cannot be used now: disk full, locked, network down
	CodeThrottled   Code = "throttled"   // a provider asked to slow down
	CodeCancelled   Code = "cancelled"   // a person or the shutdown ended it
	CodeUnsupported Code = "unsupported" // recognised, but not something this version can do
	CodeCorrupt     Code = "corrupt"     // stored data contradicts itself
	CodeInternal    Code = "internal"    // a fault of the program
)

// Error is an error with a code and a sentence that can be shown to a person.
// The sentence says what happened, to which file or account, and what to do.
type Error struct {
	Code    Code
	Message string
	Err     error // the cause, may be nil; never shown to a person
}

// Error returns the sentence, followed by the cause where there is one.
func (e *Error) Error() string {
	if e.Err == nil {
		return e.Message
	}
	return e.Message + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an *Error with a formatted sentence and no cause.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// WrapError makes an *Error around a cause.
func WrapError(code Code, err error, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Err: err}
}

// CodeOf returns the code of the first *Error in err's chain, CodeInternal where
// there is none, and "" for a nil error.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return CodeInternal
}

// MessageOf returns the sentence of the first *Error in err's chain, or a general
// sentence that gives nothing away for an error without one.
func MessageOf(err error) string {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Message
	}
	return "Something went wrong inside Cloud Intelligence."
}

// ColumnError names a column that a ledger does not have. It is the cause of an Error with
// CodeInvalid, so that a face can show where the person wrote it.
type ColumnError struct {
	Column  string
	Closest string // the column that was perhaps meant; "" = none is near
}

func (e *ColumnError) Error() string { return "no column " + e.Column }

// ConflictError carries both sides of a change that was made to a value that somebody else
// has changed meanwhile. It is the cause of an Error with CodeConflict, so that a face can show
// both and let the person choose.
type ConflictError struct {
	Have any // what is stored now
	Want any // what the person meant to store
}

func (e *ConflictError) Error() string { return "the stored value was changed meanwhile" }
