import { createJudgedTest } from './judged/judged-test.ts';

/** Many sockets and few posts: what an open socket costs, and how quickly a post reaches all of a circle among many others. See `load-tests/README.md`. */
export const { options, setup, post, sample, handleSummary } = createJudgedTest('live');
