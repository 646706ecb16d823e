import type { Collection, RequestItem } from '../model.ts';
import { walkItems } from '../tree.ts';
import { toCall, type CallOptions } from './call.ts';
import { csharp } from './targets/csharp.ts';
import { go } from './targets/go.ts';
import { java } from './targets/java.ts';
import { javascript } from './targets/javascript.ts';
import { powershell } from './targets/powershell.ts';
import { python } from './targets/python.ts';
import { curl, httpie } from './targets/shell.ts';
import type { CodeTarget } from './targets/target.ts';

export type CodeTargetName =
  | 'curl'
  | 'javascript'
  | 'python'
  | 'go'
  | 'java'
  | 'csharp'
  | 'powershell'
  | 'httpie';

/** Every language that a request can be written in. */
export const CODE_TARGETS = {
  curl,
  javascript,
  python,
  go,
  java,
  csharp,
  powershell,
  httpie,
} satisfies Record<CodeTargetName, CodeTarget>;

/**
 * Writes a request as code that sends it. What has no value is read from the environment of the process, so
 * that no secret stands in the code: `{{apikey}}` is `$APIKEY` in a shell.
 */
export function writeCode(item: RequestItem, target: CodeTargetName, options: CallOptions = {}): string {
  const call = toCall(item, options);
  const { comment, write } = CODE_TARGETS[target];
  const notes = call.notes.map((note) => `${comment} ${note}\n`);
  return `${notes.join('')}${write(call, 'environment')}\n`;
}

/**
 * Writes every request of a collection as a curl command, with its name in a comment and its variables as they
 * are (`{{url}}`); what comes out can be imported again.
 */
export function writeCurl(collection: Collection): string {
  const commands = [...walkItems(collection)].flatMap(({ item, folders }) => {
    if (item.kind === 'folder') return [];
    const place = [...folders, item].map((one) => one.name).join(' / ');
    // Values of the collection are not filled in: they belong to whoever runs it.
    const levels = [collection, ...folders].map((one) => ({ ...one, variables: [] }));
    const call = toCall(item, { levels });
    const notes = [place, ...call.notes].map((note) => `# ${note.replaceAll(/[\r\n]+/g, ' ')}\n`);
    return [`${notes.join('')}${curl.write(call, 'kept')}\n`];
  });
  return commands.join('\n');
}
