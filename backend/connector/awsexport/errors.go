package awsexport

import (
	"errors"
	"net/http"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"cloud-intelligence/backend/connector/awscloud"
	"cloud-intelligence/backend/finops"
)

// explain turns what a call ended with into an error of the contract.
func (c *connection) explain(what awscloud.Call, err error) error {
	if api, ok := errors.AsType[smithy.APIError](err); ok && api.ErrorCode() == "NoSuchBucket" {
		return finops.WrapError(finops.CodeInvalid, errors.New(api.ErrorCode()), "There is no bucket %s. Check its name.", c.bucket)
	}
	return c.session.Explain(what, err)
}

// regionOf returns the region that S3 sends a call to; "" = it answers otherwise.
func regionOf(err error) string {
	r, ok := errors.AsType[*smithyhttp.ResponseError](err)
	if !ok || r.Response == nil {
		return ""
	}
	api, ok := errors.AsType[smithy.APIError](err)
	if r.Response.StatusCode == http.StatusMovedPermanently || (ok && (api.ErrorCode() == "PermanentRedirect" || api.ErrorCode() == "AuthorizationHeaderMalformed")) {
		return r.Response.Header.Get("X-Amz-Bucket-Region")
	}
	return ""
}
