import { buildStep } from './build.mjs';
import { chromiumStep, fontsStep } from './chromium.mjs';
import { dependenciesStep } from './dependencies.mjs';
import { nodeStep, typeScriptStep } from './node-version.mjs';
import { redisStep } from './redis.mjs';

/** A service that is told where its Redis is needs none of its own. */
const ownRedis = process.env.REDIS_URL ? [] : [redisStep];

/**
 * What each npm command needs, in this order. Redis comes before Node: on Debian it brings libatomic along, without which the
 * Node from npm does not run. Commands that are TypeScript which nobody builds say so before anything is built for them.
 */
export const needs = {
  start: [dependenciesStep, ...ownRedis, nodeStep, buildStep],
  dev: [dependenciesStep, ...ownRedis, nodeStep],
  load: [dependenciesStep, redisStep, nodeStep, typeScriptStep, buildStep],
  trace: [dependenciesStep, nodeStep, buildStep],
  seed: [dependenciesStep, ...ownRedis, nodeStep, typeScriptStep, buildStep],
  check: [dependenciesStep, nodeStep],
  budget: [dependenciesStep, redisStep, nodeStep, typeScriptStep, chromiumStep, fontsStep, buildStep],
  test: [dependenciesStep, redisStep, nodeStep, chromiumStep, fontsStep, buildStep],
};
