package demo

import "time"

// Story is a stretch of days on which the demo client used more than usual, as it is planted.
type Story struct {
	Provider, Account, Service string
	Region                     string // "" = all regions of the service
	// First and Last are the days, as YYYY-MM-DD.
	First, Last string
}

// Stories lists what is planted in a demo client, the earliest first. A story that lies before the first month is not in it.
func Stories(o Options) ([]Story, error) {
	s, err := o.settings()
	if err != nil {
		return nil, err
	}
	c := newCalendar(s)
	var list []Story
	tell := func(t *template, region string, first, last int) {
		if first >= 0 {
			account := accounts[t.accounts[0]]
			list = append(list, Story{providers[t.provider].name, account.id, t.service.name, region, c.date(first).Format(time.DateOnly), c.date(last).Format(time.DateOnly)})
		}
	}
	for _, of := range templates {
		for i := range of {
			switch t := &of[i]; t.story {
			case natSpike:
				month := c.monthFrom(natBack)
				tell(t, t.regions[0], month+natDayFrom, month+natDayTo)
			case fullScans:
				last := c.days - 1 - providers[t.provider].lagDays
				tell(t, "", last-scanDaysFrom, last-scanDaysTo)
			case noStory:
			}
		}
	}
	return list, nil
}
