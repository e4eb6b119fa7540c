package engine

// HoldLines lets scans take the columns of ledgers of so many lines at most into memory, until restore is called.
func HoldLines(most int) (restore func()) {
	before := heldMost
	heldMost = most
	return func() { heldMost = before }
}
