/** What is left of a text as a name in a cluster (RFC 1123): small letters, digits and hyphens. */
export function dnsLabel(text: string): string {
  const label = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '');
  return label || 'test';
}
