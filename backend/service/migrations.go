package service

import (
	"errors"

	"cloud-intelligence/backend/analysis/migration"
	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/pricebook"
)

// AssessQuestion asks what a profile would cost on other clouds.
type AssessQuestion struct {
	Profile []byte     // JSON, with the fields of the wizard
	AsOf    finops.Day // stands for today
	Prices  string     // a folder with price tables; "" = those of the program
}

// AssessProfile makes an assessment that no workspace is needed for. It answers CodeInvalid for a profile with wrong fields, with
// migration.FieldErrors as the cause, and what pricebook.Open answers for price tables that cannot be used.
func AssessProfile(q AssessQuestion) (*migration.Result, error) {
	book, err := priceTables(q.Prices)
	if err != nil {
		return nil, err
	}
	profile, err := migration.Decode(q.Profile, book, q.AsOf)
	if err != nil {
		return nil, wrongFields(err)
	}
	return migration.Assess(profile, book, q.AsOf), nil
}

func priceTables(dir string) (*pricebook.Book, error) {
	if dir == "" {
		return pricebook.BuiltIn()
	}
	return pricebook.Open(dir)
}

func wrongFields(err error) error {
	if _, ok := errors.AsType[migration.FieldErrors](err); ok {
		return finops.WrapError(finops.CodeInvalid, err, "The profile has fields that are wrong; correct them and try again.")
	}
	return err
}
