/** Rate-limit buckets of an org, by the name of what they count. */
export type BucketId = 'users' | 'other';
