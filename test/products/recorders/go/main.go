// Decides the arrivals on standard input ("t_us,cost" a line) with a real Go limiter, and prints
// "allowed,remaining,retry_after_us,delay_us" for each; what a product does not tell stays empty.
//
//	go run . PRODUCT LIMIT PERIOD_US BURST < arrivals
package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/gubernator-io/gubernator/v2"
	"github.com/mailgun/holster/v4/clock"
	"github.com/throttled/throttled/v2"
	"github.com/throttled/throttled/v2/store/memstore"
	"golang.org/x/time/rate"
	"google.golang.org/grpc"
)

type decide func(now time.Time, cost int) string

func main() {
	limit, period, burst := number(os.Args[2]), time.Duration(number(os.Args[3]))*time.Microsecond, number(os.Args[4])
	products := map[string]func(int, time.Duration, int) decide{
		"throttled":               throttledLimiter,
		"x-time-rate":             allow,
		"x-time-rate wait":        wait,
		"traefik":                 traefik,
		"gubernator-token-bucket": gubernatorLimiter(gubernator.Algorithm_TOKEN_BUCKET),
		"gubernator-leaky-bucket": gubernatorLimiter(gubernator.Algorithm_LEAKY_BUCKET),
	}
	decide := products[os.Args[1]](limit, period, burst)
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var us int64
		var cost int
		if _, err := fmt.Sscanf(lines.Text(), "%d,%d", &us, &cost); err != nil {
			panic(err)
		}
		fmt.Println(decide(time.UnixMicro(us), cost))
	}
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return n
}

// Whole microseconds, rounded up.
func micros(d time.Duration) int64 {
	return (d.Nanoseconds() + 999) / 1000
}

func throttledLimiter(limit int, period time.Duration, burst int) decide {
	var now time.Time
	store, err := memstore.New(1000)
	if err != nil {
		panic(err)
	}
	store.SetTimeNow(func() time.Time { return now })
	limiter, err := throttled.NewGCRARateLimiter(store, throttled.RateQuota{
		MaxRate: throttled.PerDuration(limit, period), MaxBurst: burst - 1,
	})
	if err != nil {
		panic(err)
	}
	return func(at time.Time, cost int) string {
		now = at
		limited, result, err := limiter.RateLimit("key", cost)
		if err != nil {
			panic(err)
		}
		if !limited {
			return fmt.Sprintf("1,%d,0,0", result.Remaining)
		}
		if result.RetryAfter < 0 {
			return fmt.Sprintf("0,%d,-1,0", result.Remaining)
		}
		return fmt.Sprintf("0,%d,%d,0", result.Remaining, micros(result.RetryAfter))
	}
}

func perSecond(limit int, period time.Duration) rate.Limit {
	return rate.Limit(float64(limit)*float64(time.Second)) / rate.Limit(period)
}

func allow(limit int, period time.Duration, burst int) decide {
	limiter := rate.NewLimiter(perSecond(limit, period), burst)
	return func(at time.Time, cost int) string {
		allowed := 0
		if limiter.AllowN(at, cost) {
			allowed = 1
		}
		return fmt.Sprintf("%d,%d,,0", allowed, max(0, int(limiter.TokensAt(at))))
	}
}

// Reservations that may lie up to 2 s ahead: WaitN with a deadline, without the waiting.
func wait(limit int, period time.Duration, burst int) decide {
	limiter := rate.NewLimiter(perSecond(limit, period), burst)
	return func(at time.Time, cost int) string {
		reservation := limiter.ReserveN(at, cost)
		if !reservation.OK() {
			return "0,,-1,0"
		}
		delay := reservation.DelayFrom(at)
		if delay > 2*time.Second {
			reservation.CancelAt(at)
			return fmt.Sprintf("0,,%d,0", micros(delay))
		}
		return fmt.Sprintf("1,,0,%d", micros(delay))
	}
}

// The middleware of Traefik around the real x/time/rate, with its longest delay and its time to live.
func traefik(limit int, period time.Duration, burst int) decide {
	perSecond := float64(int64(limit)*int64(time.Second)) / float64(period)
	longest, ttl := 500*time.Millisecond, int64(1)
	if perSecond >= 1 {
		longest = time.Second / (time.Duration(perSecond) * 2)
		ttl++
	} else {
		ttl += int64(1 / perSecond)
	}
	var bucket *rate.Limiter
	var expires int64
	return func(at time.Time, cost int) string {
		if bucket == nil || expires <= at.Unix() {
			bucket = rate.NewLimiter(rate.Limit(perSecond), burst)
		}
		expires = at.Add(time.Duration(ttl) * time.Second).Unix()
		reservation := bucket.ReserveN(at, cost)
		if !reservation.OK() {
			return "0,,-1,0"
		}
		delay := reservation.DelayFrom(at)
		if delay > longest {
			reservation.CancelAt(at)
			return fmt.Sprintf("0,,%d,0", micros(delay))
		}
		return fmt.Sprintf("1,,0,%d", micros(delay))
	}
}

func gubernatorLimiter(algorithm gubernator.Algorithm) func(int, time.Duration, int) decide {
	return func(limit int, period time.Duration, burst int) decide {
		instance, err := gubernator.NewV1Instance(gubernator.Config{GRPCServers: []*grpc.Server{grpc.NewServer()}, Workers: 1})
		if err != nil {
			panic(err)
		}
		instance.SetPeers([]gubernator.PeerInfo{{GRPCAddress: "127.0.0.1:1", IsOwner: true}})
		return func(at time.Time, cost int) string {
			defer clock.Freeze(at).Unfreeze()
			created := at.UnixMilli()
			answer, err := instance.GetRateLimits(context.Background(), &gubernator.GetRateLimitsReq{
				Requests: []*gubernator.RateLimitReq{{
					Name: "limit", UniqueKey: "key", Hits: int64(cost), Limit: int64(limit), Burst: int64(burst),
					Duration: period.Milliseconds(), Algorithm: algorithm, CreatedAt: &created,
				}},
			})
			if err != nil {
				panic(err)
			}
			response := answer.Responses[0]
			if response.Error != "" {
				panic(response.Error)
			}
			if response.Status == gubernator.Status_UNDER_LIMIT {
				return fmt.Sprintf("1,%d,0,0", response.Remaining)
			}
			return fmt.Sprintf("0,%d,%d,0", response.Remaining, max(1, (response.ResetTime-created)*1000))
		}
	}
}
