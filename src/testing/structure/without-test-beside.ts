/**
 * Source files that have no test beside them, with the reason: a file, or a folder ending in `/`. It is the last resort: a
 * file with a decision in it gets a test. An entry that is no longer needed fails the check.
 */
export const WITHOUT_TEST_BESIDE: Record<string, string> = {
  'src/contract/app-error.ts': 'a class with two fields',
  'src/contract/circles.ts': 'schemas: the service suite sends what each must refuse',
  'src/contract/errors.ts': 'a table, held against the catalogues by src/i18n',
  'src/contract/frames.ts': 'schemas: tested where frames are read, in src/live',
  'src/contract/limits.ts': 'constants',
  'src/contract/people.ts': 'schemas: the service suite sends what each must refuse',
  'src/contract/push.ts': 'schemas: the service suite sends what each must refuse',
  'src/contract/statuses.ts': 'schemas: the service suite sends what each must refuse',
  'src/dev/api.ts': 'a part of the seed, tested with it',
  'src/dev/seed-town.ts': 'a part of the seed, tested with it',
  'src/i18n/messages/': 'texts: src/i18n/catalogues.test.ts holds them against each other',
  'src/main.ts': 'wiring: every test of the service starts it',
  'src/platform/logger.ts': 'settings of pino',
  'src/platform/metrics-redis.ts': 'a part of metrics.ts, tested with it',
  'src/roles/': 'wiring: every test of the service starts it',
  'src/store/lua/': 'each script is run, twice and concurrently, by the test of its store',
  'src/testing/global-setup.ts': 'no test runs without it',
  'src/testing/live-client.ts': 'the tests of src/testing/service look through it',
  'src/testing/structure/without-test-beside.ts': 'this list',
  'src/testing/use-service.ts': 'the tests of src/testing/service run in it',
};
