package process

import (
	"os"
	"testing"

	"example.com/multistage/e2e/blackbox"
)

func TestMain(m *testing.M) { os.Exit(Main(m)) }

func TestBlackbox(t *testing.T) { blackbox.Run(t, Deploy) }
