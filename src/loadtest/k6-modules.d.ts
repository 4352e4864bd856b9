/** The parts of k6/ that run without k6. */
declare module '*/k6/lib/headers.js' {
  export interface Said {
    readonly family: string;
    readonly limit?: number;
    readonly remaining?: number;
    readonly resetSeconds?: number;
    readonly hasPolicy?: boolean;
  }
  export function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string>;
  export function limitsIn(headers: Readonly<Record<string, string>>, nowMs: number): Said[];
  export function retryAfterSeconds(
    headers: Readonly<Record<string, string>>,
    nowMs: number,
  ): number | undefined;
  export function waitSeconds(headers: Readonly<Record<string, string>>, nowMs: number): number | undefined;
  export function leastRemaining(
    headers: Readonly<Record<string, string>>,
    nowMs: number,
  ): number | undefined;
}

declare module '*/k6/lib/structured-fields.js' {
  export function listOf(
    text: string,
  ): { readonly name: string; readonly params: Readonly<Record<string, unknown>> }[] | undefined;
}

declare module '*/k6/lib/header-rules.js' {
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
      readonly windows: readonly number[];
      readonly periodSeconds: number;
    },
  ): string[];
}
