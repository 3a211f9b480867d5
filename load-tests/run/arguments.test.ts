import { describe, expect, it } from 'vitest';
import { readRunOptions } from './arguments.ts';

describe('the arguments of a judged load test', () => {
  it('are read, and everything else is k6’s as it is', () => {
    const words = ['--kill', 'worker,redis', '--slow=0.5', '--only-promises', '-e', 'PEOPLE=300', '--env', 'X=a=b', '--vus', '9'];
    expect(readRunOptions(words, undefined)).toMatchObject({
      url: null,
      kill: ['worker', 'redis'],
      slow: 0.5,
      isOnlyPromises: true,
      isProfiled: false,
      variables: { PEOPLE: '300', X: 'a=b' },
      given: words,
      rest: ['--vus', '9'],
    });
  });

  it.each([
    [['--kill', 'web,cat'], /^--kill takes a list of .*, not "web,cat"$/],
    [['--slow', '2'], /^--slow must be a share between 0 and 1/],
    [['-e', 'PEOPLE'], /^-e must be followed by NAME=value$/],
  ])('are refused in one line: %j', (words, line) => {
    expect(() => readRunOptions(words, undefined)).toThrow(line);
  });

  it.each([['--kill=web'], ['--slow=0.1']])('do no harm to a service that this command did not start: %s', (word) => {
    expect(() => readRunOptions([word], 'http://127.0.0.1:3000')).toThrow('not for --url');
  });
});
