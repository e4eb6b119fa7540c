package finops

import "strings"

// accountKinds are the words before an account in a relative path: projects/shop-prod.
var accountKinds = []string{"billingAccounts", "projects", "subscriptions"}

// CanonicalAccount returns the id of an account as all exports of a provider have it in
// common: without the path that some put before it (/subscriptions/ID,
// /providers/Microsoft.Billing/billingAccounts/ID, billingAccounts/ID), and a GUID, whose
// case exports choose freely, in lower case. It serves billing accounts and the accounts
// below them; "" = no value.
func CanonicalAccount(id string) string {
	id = strings.TrimSpace(id)
	if IsNull([]byte(id)) {
		return ""
	}
	path := strings.TrimRight(id, "/")
	if at := strings.LastIndexByte(path, '/'); at >= 0 && at < len(path)-1 && (path[0] == '/' || isAccountKind(path[:at])) {
		id = path[at+1:]
	}
	if beginsWithGUID(id) { // an agreement's billing account is GUID:GUID_DATE
		id = strings.ToLower(id)
	}
	return id
}

func isAccountKind(word string) bool {
	for _, kind := range accountKinds {
		if strings.EqualFold(word, kind) {
			return true
		}
	}
	return false
}

func beginsWithGUID(id string) bool {
	const length = 36
	if len(id) < length {
		return false
	}
	for i := range length {
		c := id[i]
		switch i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if (c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F') {
				return false
			}
		}
	}
	return true
}
