package azureexport

import (
	"bytes"
	"encoding/json"
	"strings"
)

// details are the facts of AdditionalInfo that FOCUS has columns for.
type details struct {
	instance            string // size of the machine, "Standard_B2s"
	cores               string
	capacityReservation string
	ratio               number // hours of the reservation that an hour of this size uses
}

func readDetails(text []byte) (d details) {
	text = bytes.TrimSpace(text)
	if len(text) < 2 {
		return d
	}
	if text[0] != '{' {
		text = append(append([]byte{'{'}, text...), '}')
	}
	var info struct {
		ServiceType             string
		VCPUs                   json.RawMessage
		VMCapacityReservationID string
		RINormalizationRatio    json.RawMessage
	}
	if json.Unmarshal(text, &info) != nil {
		return d // the column itself is kept as it is
	}
	d.capacityReservation = info.VMCapacityReservationID
	d.ratio = readNumber(bytes.Trim(info.RINormalizationRatio, `"`))
	if strings.HasPrefix(info.ServiceType, "Standard_") || strings.HasPrefix(info.ServiceType, "Basic_") {
		d.instance = info.ServiceType
		if cores := readNumber(bytes.Trim(info.VCPUs, `"`)); cores.known && cores.amount.Sign() > 0 && cores.amount.Scale() == 0 {
			d.cores = cores.amount.String()
		}
	}
	return d
}
