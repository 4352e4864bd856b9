/** Closed forms of queueing theory, with the symbols that they have there. Time is in emission intervals. */

/**
 * M/D/1/K: Poisson arrivals of load ρ, one server of constant service time 1, K places with the one being served.
 *   a_j = e^−ρ ρ^j / j!                     arrivals during a service
 *   q_0 = 1,  q_{k+1} = (q_k − a_k q_0 − Σ_{j=1..k} a_{k−j+1} q_j) / a_0,  k = 0 … K − 2
 *   π_k = q_k / Σ q                         k in the system as one leaves
 *   loss = 1 − 1 / (π_0 + ρ)
 *   mean wait of the admitted = N / (ρ (1 − loss)) − 1,  N the mean number in the system (Little)
 */
export function md1k(rho: number, K: number): { loss: number; meanWait: number } {
  const a: number[] = [Math.exp(-rho)];
  for (let j = 1; j <= K; j++) a.push((a[j - 1] * rho) / j);
  const q: number[] = [1];
  for (let k = 0; k <= K - 2; k++) {
    let sum = q[k] - a[k] * q[0];
    for (let j = 1; j <= k; j++) sum -= a[k - j + 1] * q[j];
    q.push(sum / a[0]);
  }
  const total = q.reduce((sum, value) => sum + value, 0);
  const pi = q.map((value) => value / total);
  const loss = 1 - 1 / (pi[0] + rho);
  const inSystem = pi.reduce((sum, value, k) => sum + (k * value) / (pi[0] + rho), K * loss);
  return { loss, meanWait: inSystem / (rho * (1 - loss)) - 1 };
}

/** Erlang B: the lost share of a load of `a` erlangs on `c` servers, whatever the distribution of service times. */
export function erlangB(a: number, c: number): number {
  let blocking = 1;
  for (let servers = 1; servers <= c; servers++) blocking = (a * blocking) / (servers + a * blocking);
  return blocking;
}

/** 1 − E[min(N, L)] / m for N ~ Poisson(m): what a window that forgets all at its end refuses. */
export function windowLoss(m: number, L: number): number {
  let p = Math.exp(-m);
  let below = 0; // P(N < L)
  let expected = 0;
  for (let n = 0; n < L; n++) {
    expected += n * p;
    below += p;
    p *= m / (n + 1);
  }
  return 1 - (expected + L * (1 - below)) / m;
}

/** Crommelin: P(W ≤ t) of an M/D/1 queue; its alternating sum loses digits above t ≈ 25. */
export function md1WaitWithin(rho: number, t: number): number {
  let sum = 0;
  let factorial = 1;
  for (let j = 0; j <= Math.floor(t); j++) {
    if (j > 0) factorial *= j;
    sum += ((rho * (j - t)) ** j / factorial) * Math.exp(-rho * (j - t));
  }
  return (1 - rho) * sum;
}
