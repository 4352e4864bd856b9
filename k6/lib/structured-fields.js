// Structured fields of HTTP (RFC 9651), as far as RateLimit and RateLimit-Policy use them.

const quoted = '"(?:[^"\\\\]|\\\\["\\\\])*"';
const parameter = `\\s*;\\s*([a-z*][a-z0-9_.*-]*)(?:=(-?\\d{1,15}|${quoted}|:[A-Za-z0-9+/=]*:))?`;
const item = new RegExp(`^\\s*(${quoted})((?:${parameter})*)\\s*(,|$)`);

/** A list of strings with parameters, each with its name in quotes; undefined where the text is none. */
export function listOf(text) {
  const items = [];
  for (let rest = text.trim(); rest !== ''; ) {
    const match = item.exec(rest);
    if (match === null || (match[match.length - 1] === ',' && match[0].length === rest.length))
      return undefined;
    items.push({ name: match[1], params: parametersOf(match[2]) });
    rest = rest.slice(match[0].length);
  }
  return items;
}

function parametersOf(text) {
  const params = {};
  for (const [, name, value] of text.matchAll(new RegExp(parameter, 'g'))) {
    params[name] = /^-?\d+$/.test(value) ? Number(value) : value;
  }
  return params;
}
