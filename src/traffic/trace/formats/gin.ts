import { textLog } from './textlog.ts';

/** Gin, the default LogFormatter: the time is when the handlers were done; the latency tells its unit. */
export const gin = textLog({
  name: 'gin',
  title: 'Gin log',
  about: "Requests in the log of Gin's default logger; lines of gin-debug and of the program are no requests",
  template: '[GIN] $date - $time |$status|$latency|$client|$request',
  begins: /\[GIN\] \d{4}\//,
  roles: { time: ['date', 'time'], key: ['client'], durations: ['latency'], endsAt: true },
});
