declare const PACKAGE_VERSION: string; // put in by the bundler

/** Version of the package; `0.0.0` when run from the sources. */
export const version: string = typeof PACKAGE_VERSION === 'undefined' ? '0.0.0' : PACKAGE_VERSION;
