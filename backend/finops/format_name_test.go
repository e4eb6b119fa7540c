package finops_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"cloud-intelligence/backend/finops"
)

func TestFormatName(t *testing.T) {
	for _, c := range [][3]string{
		{"focus-csv", "1.2", "FOCUS 1.2 CSV"}, {"focus-csv", "", "FOCUS CSV"}, {"aws-cur2-parquet", "2.0", "AWS CUR 2.0 Parquet"}, {"aws-cur-legacy-csv", "legacy", "AWS CUR legacy CSV"},
		{"azure-ea-actual", "1.2", "Azure EA actual"}, {"oci-cost-report", "1.2", "OCI cost report"}, {"something-new", "", "something new"}, {"", "", ""},
	} {
		assert.Equal(t, c[2], finops.FormatName(c[0], c[1]))
	}
}
