import { script } from './script.ts';

/** `pm.visualizer`: what is set last is shown beside the response. */
export const visualizer = {
  set(template: unknown, data?: unknown, options?: unknown): void {
    if (typeof template !== 'string')
      throw new Error(`Invalid template. Template must be of type string, found ${typeof template}`);
    if (options !== undefined && (typeof options !== 'object' || options === null))
      throw new Error(`Invalid options. Options must be an object, found ${typeof options}`);
    script.visualizer = { template, data: data ?? {}, options };
  },
  clear(): void {
    script.visualizer = undefined;
  },
};
