/**
 * What a collection, folder, request, environment, variable and data row are, and every file format that is
 * read or written. Must not know the network, Okta or the disk: text and bytes come in, values go out.
 */
export type * from './model.ts';
export { COLLECTION_ERRORS, CollectionError } from './errors.ts';
export type { CollectionErrorCode } from './errors.ts';
export { readAny, readCollection, readEnvironment } from './formats/index.ts';
export { readFolder, readSource } from './sources/read-source.ts';
export type { SourceReading } from './sources/read-source.ts';
export type { SourceFile } from './sources/source-file.ts';
export type { FormatName, ReadOptions } from './formats/index.ts';
export type { ReadResult } from './formats/format.ts';
export { writeEnvironment } from './formats/postman-environment/index.ts';
export { writeCollection } from './formats/postman-v2/write.ts';
export { CODE_TARGETS, writeCode, writeCurl } from './code/index.ts';
export type { CodeTargetName } from './code/index.ts';
export { toCall } from './code/call.ts';
export type { Call, CallOptions } from './code/call.ts';
export { toJavaScriptText } from './code/targets/javascript.ts';
export { findOperation, readParameters } from './repairs/operations.ts';
export { writeHar } from './formats/har/write.ts';
export type { Exchange } from './formats/har/write.ts';
export { writeOpenApi } from './formats/openapi/write.ts';
export { writeCsvLine } from './data/csv-line.ts';
export { csvDialect, explainCsv, readDataFile } from './data/data-file.ts';
export type { DataFile } from './data/data-file.ts';
export { findRequest, walkItems } from './tree.ts';
export type { FoundRequest, WalkedItem } from './tree.ts';
export { parseQuery, parseUrl, toPathVariableName, toQueryText, toUrlText } from './url.ts';
export { alignIds } from './merge/align.ts';
export { mergeCollections } from './merge/merge-collections.ts';
export type { Merge, ThreeVersions } from './merge/merge-collections.ts';
export { mergeEnvironments } from './merge/merge-environments.ts';
export type { Change } from './merge/compare.ts';
export type { Conflict, Side } from './merge/three-way.ts';
export {
  findDrift,
  findEnvironmentRepairs,
  findRepairs,
  repairCollection,
  repairEnvironment,
} from './repairs/repair.ts';
export type { ChosenRepair, Drift, Repair } from './repairs/repair.ts';
export type { RepairFacts } from './repairs/facts.ts';
