/** The part of `cluster-key-slot` that is used; the package has no types. */
declare module 'cluster-key-slot' {
  /** CRC16 of the name, or of what stands in its first braces, modulo 16,384. */
  export default function slotOf(name: string): number;
}
