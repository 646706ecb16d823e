declare const __CASTELLAN_VERSION__: string | undefined;

/** The version of the package, put in by the bundler. */
export const version = typeof __CASTELLAN_VERSION__ === 'string' ? __CASTELLAN_VERSION__ : 'development';
