import { createJudgedTest } from './judged/judged-test.ts';

/** All sockets are cut at once, twice, while people post: they come back with the positions they had, and nothing is missing. See `load-tests/README.md`. */
export const { options, setup, post, sample, handleSummary } = createJudgedTest('reconnect-storm');
