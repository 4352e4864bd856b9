// Decides arrivals with the real envoyproxy/ratelimit on the plain Redis: see ../go/main.go for the protocol. It has to lie in a copy
// of envoyproxy/ratelimit, as src/recorder/main.go, to be built.
package main

import (
	"bufio"
	"context"
	"fmt"
	"math/rand"
	"os"
	"strconv"
	"time"

	pb "github.com/envoyproxy/go-control-plane/envoy/service/ratelimit/v3"
	gostats "github.com/lyft/gostats"

	"github.com/envoyproxy/ratelimit/src/config"
	"github.com/envoyproxy/ratelimit/src/redis"
	"github.com/envoyproxy/ratelimit/src/utils"
	"github.com/envoyproxy/ratelimit/test/common"
	"github.com/envoyproxy/ratelimit/test/mocks/stats"
)

type setClock struct{ seconds int64 }

func (clock *setClock) UnixNow() int64 { return clock.seconds }

func main() {
	limit, _ := strconv.Atoi(os.Args[1])
	unit := map[string]pb.RateLimitResponse_RateLimit_Unit{
		"1000000":    pb.RateLimitResponse_RateLimit_SECOND,
		"60000000":   pb.RateLimitResponse_RateLimit_MINUTE,
		"3600000000": pb.RateLimitResponse_RateLimit_HOUR,
	}[os.Args[2]]
	store := gostats.NewStore(gostats.NewNullSink(), false)
	counts := stats.NewMockStatManager(store)
	client := redis.NewClientImpl(context.Background(), store, false, "", "tcp", "single", "127.0.0.1:7398", 1, 0, 0,
		nil, false, nil, 10*time.Second, "", "", time.Second, 30*time.Second, 0)
	var answer string
	if err := client.DoCmd(&answer, "FLUSHALL", "SYNC"); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	clock := &setClock{}
	cache := redis.NewFixedRateLimitCacheImpl(client, nil, clock, rand.New(utils.NewLockedSource(1)), 0, nil, 0.8, "", counts, false)
	limits := []*config.RateLimit{
		config.NewRateLimit(uint32(limit), unit, counts.NewStats("key"), false, false, false, "", nil, false),
	}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var us int64
		var cost uint32
		if _, err := fmt.Sscanf(lines.Text(), "%d,%d", &us, &cost); err != nil {
			panic(err)
		}
		clock.seconds = us / 1_000_000
		request := common.NewRateLimitRequest(os.Args[3]+os.Args[1], [][][2]string{{{"key", os.Args[2]}}}, cost)
		status := cache.DoLimit(context.Background(), request, limits)[0]
		if status.Code == pb.RateLimitResponse_OK {
			fmt.Printf("1,%d,0,0\n", status.LimitRemaining)
		} else {
			fmt.Printf("0,%d,%d,0\n", status.LimitRemaining, status.DurationUntilReset.AsDuration().Microseconds())
		}
	}
}
