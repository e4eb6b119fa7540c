package desktop

import (
	"strings"

	"cloud-intelligence/backend/finops"
	"cloud-intelligence/backend/finops/wire"
	"cloud-intelligence/backend/service"
)

// PlannedInput is what a person says of a planned change.
type PlannedInput struct {
	service.PlannedInfo
}

// PlannedInfo is a planned change.
type PlannedInfo struct {
	Change    PlannedInput `json:"change"`
	Version   int64        `json:"version"`
	ChangedAt string       `json:"changedAt"`
	ChangedBy string       `json:"changedBy"`
	Problem   string       `json:"problem"` // why it cannot be used; "" = it can
}

func plannedInfo(p service.PlannedChange) PlannedInfo {
	return PlannedInfo{PlannedInput{p.Info()}, p.Version, wire.Instant(p.ChangedAt), p.ChangedBy, p.Problem}
}

func (p PlannedInput) change() (service.PlannedChange, error) {
	c := service.PlannedChange{Name: p.Name, Kind: p.Kind, Scope: p.Scope, Where: p.Where, Currency: p.Currency, Commitment: p.Commitment, Note: p.Note}
	var err error
	if c.From, err = finops.ParseDay(p.From); err != nil {
		return c, err
	}
	if c.To, err = day(p.To); err != nil {
		return c, err
	}
	for _, field := range []struct {
		text, currency string
		to             **finops.Amount
	}{{p.Monthly, p.Currency, &c.Monthly}, {p.Percent, "", &c.Percent}} {
		if strings.TrimSpace(field.text) == "" {
			continue
		}
		a, err := typedAmount(field.text, field.currency)
		if err != nil {
			return c, err
		}
		*field.to = &a
	}
	return c, nil
}
