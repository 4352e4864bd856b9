import { fixedTable } from './fixedtable.ts';

/**
 * J. Yang, Y. Yue, R. Vinayak, "A large scale analysis of hundreds of in-memory cache clusters at Twitter" (OSDI 2020), the
 * open data: second, anonymized key, sizes of key and value, client, operation, TTL. Whom a limit counts is the client.
 */
export const twitterCache = fixedTable({
  name: 'twitter-cache',
  title: 'Twitter cache trace',
  about: 'Requests to the in-memory caches of Twitter (OSDI 2020); the key is the client',
  columns: 'time object key_bytes value_bytes client operation ttl',
  roles: { time: ['time'], timeUnit: 's', key: ['client'] },
  row: /^\d+,[^,]*,\d+,\d+,\d+,(?:gets?|set|add|replace|cas|append|prepend|delete|incr|decr),\d+$/,
});
