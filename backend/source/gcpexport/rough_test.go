package gcpexport

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestRough_Near(t *testing.T) {
	for _, c := range []struct {
		a, b string
		near bool
	}{
		{"1", "1.009", true}, {"1", "1.011", false}, {"0.999", "1", true}, {"9.99", "10.01", true}, {"1", "-1", false}, {"-5e-06", "-0.000005", true},
		{"1000000000000", "1e12", true}, {"0.0000072922557592391990000", "0.00000729225575923919", true}, {"10", "1", false}, {"1", "100", false}, {"99.5", "100", true},
	} {
		assert.Equal(t, c.near, roughly([]byte(c.a)).near(roughly([]byte(c.b))), "%s, %s", c.a, c.b)
		assert.Equal(t, c.near, roughly([]byte(c.b)).near(roughly([]byte(c.a))), "%s, %s", c.b, c.a)
	}
}

func TestRough_Numbers(t *testing.T) {
	for _, text := range []string{"", "0", "0.000", "-0", "free", "1.2.3", "-", "."} {
		assert.True(t, roughly([]byte(text)).zero(), text)
	}
	for text, one := range map[string]bool{"1": true, "1.0": true, "1.000000000000": true, "1e0": true, "10": false, "0.1": false, "-1": false, "1.0000001": false} {
		assert.Equal(t, one, roughly([]byte(text)).is(1), text)
	}
	product := roughly([]byte("123456789")).times(roughly([]byte("-987654321.5")))
	assert.True(t, product.near(roughly([]byte("-1.219326e17"))))
}
