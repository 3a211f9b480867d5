import { defineConfig } from 'vitest/config';

const root = `${import.meta.dirname}/..`;
const shared = { root, globalSetup: ['src/testing/global-setup.ts'], testTimeout: 30_000, hookTimeout: 60_000 };

/**
 * `unit` is everything beside the code; `service-one` and `service-many` run the same service suite against one process
 * with all roles and against two processes of each role; `faults` kills processes under load; `browser` drives the system's Chromium; `structure` holds the
 * rules of the layout.
 */
export default defineConfig({
  test: {
    root,
    projects: [
      {
        extends: false,
        test: {
          ...shared,
          name: 'unit',
          include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'load-tests/**/*.test.ts', 'deploy/**/*.test.mjs'],
          exclude: ['src/testing/service/**', 'src/testing/browser/**', 'src/testing/structure/**', 'src/testing/faults/**'],
        },
      },
      {
        extends: false,
        test: { root, name: 'structure', include: ['src/testing/structure/**/*.test.ts'], testTimeout: 60_000 },
      },
      {
        extends: false,
        test: { ...shared, name: 'service-one', include: ['src/testing/service/**/*.test.ts'], env: { BUJI_TOPOLOGY: 'one' } },
      },
      {
        extends: false,
        test: { ...shared, name: 'service-many', include: ['src/testing/service/**/*.test.ts'], env: { BUJI_TOPOLOGY: 'many' } },
      },
      {
        extends: false,
        test: { ...shared, name: 'faults', include: ['src/testing/faults/**/*.test.ts'], testTimeout: 120_000 },
      },
      {
        extends: false,
        test: {
          ...shared,
          name: 'browser',
          include: ['src/testing/browser/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
