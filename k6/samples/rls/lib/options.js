// The options of k6 from plan.json and the environment.

/** Throws with what to set. */
export function optionsOf({ options, latency, rls }, env, target) {
  if (!target)
    throw new Error(`no target: run with RL_TARGET=${rls ? 'grpc://host:port' : 'http://host:port/path'}`);
  const scenarios = Object.assign({}, options.scenarios);
  const thresholds = Object.assign({}, options.thresholds);
  if (latency && !env.RL_FLOOR_TARGET) {
    throw new Error(
      'the latency gate needs a floor: run with RL_FLOOR_TARGET=URL of something that answers at once, as far away as the target, or RL_FLOOR_TARGET=none to leave latency unjudged',
    );
  }
  if (latency && env.RL_FLOOR_TARGET === 'none') {
    delete scenarios.floor;
    for (const name of Object.keys(thresholds))
      if (name.startsWith('http_req_duration')) delete thresholds[name];
  }
  if (env.RL_SHARDED)
    for (const name of Object.keys(thresholds)) thresholds[name] = soundInShards(thresholds[name]);
  return Object.assign({}, options, { scenarios, thresholds });
}

/** Each of several k6 processes sees only its part of the counts: upper bounds on them still hold, lower ones do not. */
function soundInShards(expressions) {
  return expressions.filter((expression) => !/^count(>|==[1-9])/.test(expression));
}
