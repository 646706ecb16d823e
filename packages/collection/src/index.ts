/**
 * What a collection, folder, request, environment, variable and data row are, and every file format that is
 * read or written. Must not know the network, Okta or the disk: text and bytes come in, values go out.
 */
export type * from './model.ts';
