import { createJudgedTest } from './judged/judged-test.ts';

/** Twice the normal rate for an hour: what leaks or grows shows here. See `load-tests/README.md`. */
export const { options, setup, post, sample, handleSummary } = createJudgedTest('soak');
