/** The parts of k6/ that run without k6. */
declare module '*/k6/lib/headers.js' {
  export interface Said {
    readonly family: string;
    readonly limit?: number;
    readonly remaining?: number;
    readonly resetSeconds?: number;
  }
  export function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string>;
  export function limitsIn(headers: Readonly<Record<string, string>>, nowMs: number): Said[];
  export function retryAfterSeconds(
    headers: Readonly<Record<string, string>>,
    nowMs: number,
  ): number | undefined;
  export function listOf(
    text: string,
  ): { readonly name: string; readonly params: Readonly<Record<string, unknown>> }[] | undefined;
  export function headerErrors(
    response: {
      readonly headers: Readonly<Record<string, string>>;
      readonly isRefused: boolean;
      readonly cost: number;
      readonly nowMs: number;
    },
    promise: {
      readonly families: readonly string[];
      readonly limits: readonly number[];
      readonly periodSeconds: number;
    },
  ): string[];
}
