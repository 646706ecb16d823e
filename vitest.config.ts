import { defineConfig } from 'vitest/config';

const shared = { isolate: false, pool: 'threads' } as const;

export default defineConfig({
  test: {
    // Tests leave the keychain of whoever runs them alone.
    env: { CASTELLAN_KEYCHAIN: 'off' },
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          // Property tests on a busy machine take their time.
          testTimeout: 60_000,
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.mjs'],
        },
      },
      {
        test: {
          name: 'screens',
          include: ['tests/screens/*.screens.ts'],
          testTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'measure',
          include: ['tests/bench/*.measure.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'journeys',
          // A real browser on a machine with others at work may lose a key; what fails twice is a fault. Both are reported.
          retry: 1,
          expect: { poll: { timeout: 30_000 } },
          include: ['tests/**/*.test.ts'],
          isolate: true,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
