package desktop

import "cloud-intelligence/backend/finops"

// day reads YYYY-MM-DD; "" = open.
func day(text string) (*finops.Day, error) {
	if text == "" {
		return nil, nil
	}
	d, err := finops.ParseDay(text)
	if err != nil {
		return nil, err
	}
	return &d, nil
}

// errDialog is for a file dialog that the system could not show.
func errDialog(err error) error {
	return finops.WrapError(finops.CodeUnavailable, err, "The system's file dialog cannot be shown. Try again, or restart Cloud Intelligence.")
}
