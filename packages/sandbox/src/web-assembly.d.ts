/** The one part of WebAssembly that is used here: es2023 does not know it, and the DOM's types are not wanted. */
declare namespace WebAssembly {
  class Memory {
    constructor(options: { readonly initial: number; readonly maximum: number });
    readonly buffer: ArrayBuffer;
  }
}
