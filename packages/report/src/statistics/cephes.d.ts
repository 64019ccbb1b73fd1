/** Two of the functions of `cephes`, whose package.json does not lead to its own declarations. */
declare module 'cephes' {
  const cephes: {
    /** Resolves once the library can be called. */
    readonly compiled: Promise<void>;
    ndtr(z: number): number;
    ndtri(probability: number): number;
  };
  export default cephes;
}
