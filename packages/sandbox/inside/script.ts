import type { ScriptError } from '../src/protocol.ts';
import type { ScriptHead } from '../src/wire.ts';

interface ScriptState {
  head: ScriptHead;
  /** Assertions so far. */
  assertions: number;
  /** `undefined` until the script has called `setNextRequest`. */
  nextRequest: string | null | undefined;
  skipRequest: boolean;
  visualizer: { readonly template: string; readonly data: unknown; readonly options: unknown } | undefined;
  error: ScriptError | undefined;
  /** What a timer or a callback threw after the script itself had ended. */
  asynchronousError: ScriptError | undefined;
}

/**
 * The script that this machine runs. The memory is set back before every script, so there is only ever one and it
 * starts as it stands here.
 */
export const script: ScriptState = {
  head: {
    listen: 'test',
    source: '',
    info: {
      eventName: 'test',
      iteration: 0,
      iterationCount: 0,
      requestName: '',
      requestId: '',
      location: [],
    },
    hasResponse: false,
    seed: [1, 2, 3, 4],
  },
  assertions: 0,
  nextRequest: undefined,
  skipRequest: false,
  visualizer: undefined,
  error: undefined,
  asynchronousError: undefined,
};
