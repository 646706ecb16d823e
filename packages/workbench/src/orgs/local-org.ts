/** A running local org: where it answers, and the one thing that only its owner may do. */
export interface LocalOrgDoor {
  readonly url: string;
  readonly adminUrl?: string;
  createToken(name: string): Promise<{ readonly value: string }>;
}
