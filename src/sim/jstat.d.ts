/** What is used of jstat, which brings no types. */
declare module 'jstat' {
  export const jStat: {
    /** Student's t with `degrees` of freedom. */
    readonly studentt: { inv(probability: number, degrees: number): number };
  };
}
