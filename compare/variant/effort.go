package variant

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"example.com/multistage/compare/result"
)

// ticks is how many units of /proc/stat a second has, as the kernel tells programs: proc_stat(5).
const ticks = 100

// measure returns what a piece of work takes: the time that passes, and the time in which the machine's
// processors were not idle meanwhile. The latter counts the engine's daemon, Bazel's server and compilers, as
// they do the work without being children of this process, and all else that runs: the machine must do nothing
// else. Work that fails gives no figures.
func measure(work func() error) (result.Effort, error) {
	before, err := busy("/proc/stat")
	if err != nil {
		return result.Effort{}, err
	}
	begin := time.Now()
	if err := work(); err != nil {
		return result.Effort{}, err
	}
	seconds := time.Since(begin).Seconds()
	after, err := busy("/proc/stat")
	return result.Effort{Seconds: seconds, CPU: after - before}, err
}

// busy returns the seconds since the machine started in which its processors worked for it, by a file in the
// format of /proc/stat: user, nice, system, irq and softirq. Guests are counted in user, and what the host took
// for others (steal) is not this machine's work.
func busy(path string) (float64, error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	line, err := bufio.NewReader(file).ReadString('\n')
	fields := strings.Fields(line)
	if err != nil || len(fields) < 8 || fields[0] != "cpu" {
		return 0, errors.Join(fmt.Errorf("%s does not begin with the times of all processors", path), err)
	}
	var sum uint64
	for _, i := range []int{1, 2, 3, 6, 7} {
		value, err := strconv.ParseUint(fields[i], 10, 64)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", path, err)
		}
		sum += value
	}
	return float64(sum) / ticks, nil
}
