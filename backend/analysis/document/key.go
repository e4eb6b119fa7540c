package document

import (
	"strings"
)

// Keys are what a resource of a bill is looked up by: first the one that is its own everywhere, then one that another resource may
// have too (Weak). AWS has short ids that are unique (i-…, vol-…), Google numbers and names, Azure ids in any case.
func Keys(id string) []string {
	key := Key(id)
	if name, ok := strings.CutPrefix(key, "arn:aws:rds:"); ok {
		if _, db, ok := strings.Cut(name, ":db:"); ok {
			return []string{key, databaseKey(db)}
		}
	}
	if _, lb, ok := strings.Cut(key, ":loadbalancer/"); ok {
		return []string{key, balancerKey(lb)}
	}
	return []string{key}
}

// Weak reports whether a key is a name that resources of several accounts or regions can have.
func Weak(key string) bool { return strings.HasPrefix(key, "db:") }

// Key is the first of Keys.
func Key(id string) string {
	id = strings.ToLower(strings.TrimSpace(id))
	if strings.HasPrefix(id, "arn:aws") {
		const parts = 6 // arn, partition, service, region, account, resource
		of := strings.SplitN(id, ":", parts)
		if len(of) == parts && of[2] == "ec2" {
			return of[5][strings.LastIndexByte(of[5], '/')+1:]
		}
		return id
	}
	for _, prefix := range []string{"//compute.googleapis.com/", "https://www.googleapis.com/compute/v1/", "https://compute.googleapis.com/compute/v1/"} {
		if path, ok := strings.CutPrefix(id, prefix); ok {
			return googleKey(path)
		}
	}
	return id
}

// googleKey makes projects/P/zones/Z/disks/7200 the number of a disk, whatever the project is called.
func googleKey(path string) string {
	parts := strings.Split(path, "/")
	last := parts[len(parts)-1]
	if n := len(parts); n >= 2 && last != "" && strings.Trim(last, "0123456789") == "" {
		return googleNumber(parts[n-2], last)
	}
	return "gcp:" + path
}

func googleNumber(collection, number string) string { return "gcp:" + collection + "/" + number }

func databaseKey(name string) string { return "db:" + strings.ToLower(name) }

func balancerKey(name string) string { return "lb:" + strings.ToLower(name) }
