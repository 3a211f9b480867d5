import { createJudgedTest } from './judged/judged-test.ts';

/** 2011-03-11, compressed in time: once, eight times with a sharper first minute, then twice the normal rate with aftershocks. See `load-tests/README.md`. */
export const { options, setup, post, sample, handleSummary } = createJudgedTest('spike');
