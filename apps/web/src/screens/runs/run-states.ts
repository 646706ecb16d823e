import type { RunEntry } from '@castellan/workbench/api';

/** What the state of a run is called, and how good it is. */
export const STATES = {
  running: { tone: 'plain', text: 'running' },
  paused: { tone: 'warn', text: 'paused' },
  stopping: { tone: 'warn', text: 'stopping' },
  completed: { tone: 'ok', text: 'completed' },
  stopped: { tone: 'warn', text: 'stopped' },
  failed: { tone: 'bad', text: 'failed' },
  interrupted: { tone: 'bad', text: 'interrupted' },
} as const satisfies Record<RunEntry['state'], { tone: 'ok' | 'warn' | 'bad' | 'plain'; text: string }>;
