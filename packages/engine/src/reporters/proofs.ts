const PROOFS = /^(authorization|proxy-authorization|cookie|set-cookie)$|api-?key|token|secret/i;

/** Whether a header of this name proves who somebody is; a report that is passed on does not hold its value. */
export function isProof(name: string): boolean {
  return PROOFS.test(name);
}
