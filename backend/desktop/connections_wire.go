package desktop

import (
	"cloud-intelligence/backend/platform/network"
	"cloud-intelligence/backend/platform/schedule"
	"cloud-intelligence/backend/service"
)

// ProviderStanding is the standing of what brings in a provider's bills.
type ProviderStanding struct {
	Provider string                   `json:"provider"`
	Standing service.SyncStandingInfo `json:"standing"`
}

// ConnectionDraft is a connection as a person wants to keep it. An empty value takes one away; secrets that are left out stay
// as they are, an empty one is removed.
type ConnectionDraft struct {
	Name       string                `json:"name"`
	Kind       string                `json:"kind"`
	From       string                `json:"from"` // first month to bring in, YYYY-MM; "" = all
	Values     []service.OptionValue `json:"values"`
	NewSecrets []service.OptionValue `json:"newSecrets"`
}

// PolicyInfo is what a connection must be allowed, to copy.
type PolicyInfo struct {
	Name string `json:"name"`
	Form string `json:"form"` // "json" or "terraform"
	Text string `json:"text"`
	Note string `json:"note"`
}

// SignInPrompt is what a person has to do before the sign-in of a connection can go on.
type SignInPrompt struct {
	Text    string `json:"text"`
	Address string `json:"address"` // of the page to open; "" = none
	Code    string `json:"code"`    // to enter on that page; "" = none
	Wanted  string `json:"wanted"`  // label of the answer that is wanted; "" = none is
}

// NetworkSettings say how the network is reached for the workspace, and when that happens unasked.
type NetworkSettings struct {
	Offline bool   `json:"offline"` // every call is refused
	Proxy   string `json:"proxy"`   // "" = as the environment says
	CAFile  string `json:"caFile"`  // "" = the certificates of the system only
	// AtOpening says that this window syncs all connections when the workspace is opened and when the computer wakes.
	AtOpening bool  `json:"atOpening"`
	Version   int64 `json:"version"` // 0 = nothing was set
}

// ScheduleInfo is what the operating system runs every day, or would run.
type ScheduleInfo struct {
	Where string `json:"where"` // "crontab", a path, or the name of a task; "" = it runs nothing
	Text  string `json:"text"`
}

func optionMap(pairs []service.OptionValue) map[string]string {
	values := map[string]string{}
	for _, p := range pairs {
		values[p.Name] = p.Value
	}
	return values
}

func (d ConnectionDraft) input() service.ConnectionInput {
	return service.ConnectionInput{Name: d.Name, Kind: d.Kind, From: &d.From, Values: optionMap(d.Values), Secrets: optionMap(d.NewSecrets)}
}

func (s NetworkSettings) network() service.NetworkSettings {
	return service.NetworkSettings{Settings: network.Settings{Offline: s.Offline, Proxy: s.Proxy, CAFile: s.CAFile}, AtOpening: s.AtOpening}
}

func scheduleInfo(e schedule.Entry) ScheduleInfo { return ScheduleInfo{e.Where, e.Text} }
