package azuredetails

import (
	"cmp"
	"net/http"
	"strings"

	"cloud-intelligence/backend/connector/azurecloud"
	"cloud-intelligence/backend/finops"
)

// refused turns an error of Azure into one of the contract.
func (c *connection) refused(status int, text []byte) error {
	code, cause := azurecloud.Said(status, text)
	if err := azurecloud.Faulty(status, cause); err != nil {
		return err
	}
	switch status {
	case http.StatusForbidden:
		return finops.WrapError(finops.CodeDenied, cause, "The permission %s is missing on %s: give the role %s.", cmp.Or(azurecloud.RefusedAction(text), strings.Join(azurecloud.ActionsCosts, " or ")), c.scope, azurecloud.RoleCosts)
	case http.StatusNotFound:
		return finops.WrapError(finops.CodeInvalid, cause, "Azure has no %s. Check the scope.", c.scope)
	}
	return finops.WrapError(finops.CodeInvalid, cause, "Azure refuses cost details of this scope (%s). They are for Enterprise Agreements and Microsoft Customer Agreements; use exports for others.", code)
}
