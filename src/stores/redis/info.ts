import type { Redis } from 'ioredis';

/** The fields of INFO's answer. */
export type Info = ReadonlyMap<string, string>;

export async function infoOf(server: Redis, ...sections: string[]): Promise<Info> {
  const fields = new Map<string, string>();
  for (const section of sections) {
    const text = await server.info(section);
    for (const line of text.split('\r\n')) {
      const colon = line.indexOf(':');
      if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 1));
    }
  }
  return fields;
}

export function numberIn(info: Info, field: string): number {
  return Number(info.get(field) ?? 0);
}
