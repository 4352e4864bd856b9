// A clock that is set: every clock of a program reads the microseconds since 1970 in the file that CLOCK_FILE names.
// With CLOCK_ORIGIN the monotonic clocks count from those microseconds on instead.
//   cc -shared -fPIC -o clock.so clock.c; LD_PRELOAD=./clock.so CLOCK_FILE=... nginx ...
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>

static volatile int64_t *us;
static int64_t origin_us;

static int64_t now_us(void) {
  if (!us) {
    if (getenv("CLOCK_ORIGIN")) origin_us = atoll(getenv("CLOCK_ORIGIN"));
    us = mmap(0, 8, PROT_READ, MAP_SHARED, open(getenv("CLOCK_FILE"), O_RDONLY), 0);
  }
  return *us;
}

int clock_gettime(clockid_t clock, struct timespec *at) {
  int64_t now = now_us();
  if (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE) now -= origin_us;
  at->tv_sec = now / 1000000;
  at->tv_nsec = now % 1000000 * 1000;
  if (at->tv_nsec < 0) at->tv_sec--, at->tv_nsec += 1000000000;
  return 0;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
  at->tv_sec = now_us() / 1000000;
  at->tv_usec = now_us() % 1000000;
  return 0;
}

time_t time(time_t *at) {
  time_t seconds = now_us() / 1000000;
  if (at) *at = seconds;
  return seconds;
}
