package main

import (
	"context"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"example.com/multistage/bench/peer"
	"example.com/multistage/bench/probe"
	"example.com/multistage/bench/result"
	"example.com/multistage/bench/round"
)

// describe returns results without samples.
func describe(ctx context.Context, plan round.Plan, peers []peer.Peer, disk probe.Disk) *result.Results {
	memory, _ := probe.Memory() // 0 where it is not told
	r := &result.Results{
		Date:     time.Now().UTC().Truncate(time.Second),
		Revision: revision(ctx),
		Machine: result.Machine{CPU: probe.CPUModel(), Cores: runtime.NumCPU(), Memory: memory, Kernel: probe.Kernel(),
			Go: runtime.Version(), Disk: disk.Name},
		Settings: result.Settings{Rounds: plan.Rounds, Duration: plan.Duration.Seconds(), WarmUp: plan.WarmUp.Seconds(), Items: plan.Items},
	}
	for _, w := range plan.Works {
		r.Works = append(r.Works, result.Work{Name: w.Name, About: w.About})
	}
	for _, p := range peers {
		r.Peers = append(r.Peers, result.Peer{Name: p.Name, About: p.About, MaxItems: p.MaxItems})
	}
	return r
}

// revision returns that of the source.
func revision(ctx context.Context) string {
	out, err := exec.CommandContext(ctx, "git", "-C", root, "describe", "--always", "--dirty").Output()
	if err != nil {
		return "unknown"
	}
	return strings.TrimSpace(string(out))
}
