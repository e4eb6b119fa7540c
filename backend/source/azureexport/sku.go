package azureexport

import (
	"bytes"
	"strings"
)

// The words of meters that say something about their price, see SkuPriceDetails in FOCUS.
var (
	redundancies = map[string]string{
		"LRS": "Local", "ZRS": "Zonal", "GRS": "Global", "RA-GRS": "Global", "GZRS": "Global", "RA-GZRS": "Global",
	}
	storageClasses = map[string]bool{"Hot": true, "Cool": true, "Cold": true, "Archive": true}
)

// priceDetails describes what the price of a meter is for, as the SkuPriceDetails of
// FOCUS: a JSON object, "" where nothing is known. fields are the meter's category,
// subcategory and name, then the size and cores of a machine, each ended by a zero byte.
func priceDetails(fields []byte) string {
	f := bytes.Split(fields, []byte{0})
	// A hostile name may hold zero bytes of its own; size and cores are the last fields.
	category, sub, name, instance, cores := string(f[0]), string(f[1]), string(f[2]), string(f[len(f)-3]), string(f[len(f)-2])
	var d object
	if cores != "" {
		d.raw("CoreCount", cores)
	}
	switch {
	case !strings.EqualFold(category, "Storage"):
	case strings.Contains(sub, "SSD"), strings.Contains(sub, "Ultra Disk"):
		d.text("DiskType", "SSD")
	case strings.Contains(sub, "HDD"):
		d.text("DiskType", "HDD")
	}
	machine := strings.EqualFold(category, "Virtual Machines")
	series, system, ok := strings.Cut(sub, " Series")
	if machine && ok {
		d.text("InstanceSeries", strings.TrimPrefix(series, "Virtual Machines "))
	}
	if instance != "" {
		d.text("InstanceType", instance)
	}
	if machine && strings.TrimSpace(system) == "Windows" {
		d.text("OperatingSystem", "Windows")
	}
	if strings.EqualFold(category, "Storage") {
		d.storage(strings.Fields(sub + " " + name))
	}
	return d.String()
}

// storage adds what the words of a storage meter say.
func (o *object) storage(words []string) {
	redundancy, class := "", ""
	for _, w := range words {
		if r := redundancies[w]; r != "" {
			redundancy = r
		}
		if storageClasses[w] && class == "" {
			class = w
		}
	}
	if redundancy != "" {
		o.text("Redundancy", redundancy)
	}
	if class != "" {
		o.text("StorageClass", class)
	}
}

// object builds a flat JSON object.
type object struct{ out []byte }

func (o *object) key(name string) {
	if o.out == nil {
		o.out = append(o.out, '{')
	} else {
		o.out = append(o.out, ',')
	}
	o.out = append(appendText(o.out, name), ':')
}

func (o *object) raw(name, value string) {
	o.key(name)
	o.out = append(o.out, value...)
}

func (o *object) text(name, value string) {
	o.key(name)
	o.out = appendText(o.out, value)
}

// String returns the object, "" for an empty one.
func (o *object) String() string {
	if o.out == nil {
		return ""
	}
	return string(o.out) + "}"
}

// joinZero writes texts one after the other into dst, each ended by a zero byte.
func joinZero(dst []byte, texts ...[]byte) []byte {
	for _, t := range texts {
		dst = append(append(dst, t...), 0)
	}
	return dst
}
