/** A row of the tree: a collection, a folder or a request. */
export interface TreeRow {
  readonly key: string;
  readonly level: number;
  readonly collectionId: string;
  /** Null for the collection itself. */
  readonly itemId: string | null;
  readonly name: string;
  readonly method?: string;
  readonly count?: number;
  /** Absent for requests. */
  readonly isOpen?: boolean;
}
