package service

import (
	"fmt"
	"strings"

	"cloud-intelligence/backend/source"
)

// deliver says of the files of a month that they take the place of what the connection has brought in of it before, also of days that they have no charges of any more. What the
// provider itself says of its deliveries goes before.
func (s *syncing) deliver(plan *Plan, m SyncedMonth) {
	if m.Month == "" {
		return // files that nobody has put in order
	}
	s.delivered++
	for i := range plan.Files {
		if f := &plan.Files[i].Recognition.File; f.Delivery.Series == "" {
			f.Delivery = source.Delivery{Series: strings.Join([]string{"sync", s.c.ID, m.DataSet, m.Month}, "\x00"), At: fmt.Sprintf("%019d %06d", s.run.ID, s.delivered)}
		}
	}
}
