import {
  CODE_TARGETS,
  writeCode,
  type CallOptions,
  type CodeTargetName,
  type RequestItem,
} from '@castellan/collection';
import { writeSdkCode } from '@castellan/okta-api';
import { WorkbenchError } from '../errors.ts';

/** A language that a request can be written in. */
export interface CodeLanguage {
  readonly name: string;
  /** What a person calls it. */
  readonly title: string;
  /** For the colours of an editor. */
  readonly language: string;
}

const SDK: CodeLanguage = { name: 'okta-sdk', title: 'Node (Okta SDK)', language: 'javascript' };

/** Every language, in the order in which they are offered. */
export const codeLanguages: readonly CodeLanguage[] = [
  ...Object.entries(CODE_TARGETS).map(([name, { title, language }]) => ({ name, title, language })),
  SDK,
].sort((a, b) => Number(b.name === 'curl') - Number(a.name === 'curl'));

/**
 * Writes a request as code. Secrets are left out of the values, and so stay variables of the environment.
 * @throws WorkbenchError `bad-request` there is no such language, or the SDK has no method for the request
 */
export function writeRequestCode(item: RequestItem, target: string, options: CallOptions): string {
  if (target === SDK.name) {
    const code = writeSdkCode(item, options);
    if (code !== undefined) return code;
    throw new WorkbenchError(
      'bad-request',
      `Okta’s SDK for Node has no method for ${item.request.method} ${item.request.url.raw}. Choose another language.`,
    );
  }
  if (isTarget(target)) return writeCode(item, target, options);
  const names = codeLanguages.map(({ name }) => name).join(', ');
  throw new WorkbenchError('bad-request', `There is no language “${target}”. There are ${names}.`);
}

function isTarget(name: string): name is CodeTargetName {
  return Object.hasOwn(CODE_TARGETS, name);
}
