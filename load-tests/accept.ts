import { createJudgedTest } from './judged/judged-test.ts';

/** Only the HTTP path: statuses are posted at the peak rate, and nobody holds a socket. See `load-tests/README.md`. */
export const { options, setup, post, sample, handleSummary } = createJudgedTest('accept');
