import { PARTS, type Part } from './service.ts';

/** What `npm run load -- <name>` was told, beyond the name. */
export interface RunOptions {
  /** Another service than one of our own; null: one is started. */
  url: string | null;
  kill: Part[];
  /** Share of the time for which the worker is held back; 0: not at all. */
  slow: number;
  isOnlyPromises: boolean;
  isProfiled: boolean;
  /** `-e NAME=value`, over the environment. */
  variables: Record<string, string | undefined>;
  /** For the report's heading. */
  given: string[];
  /** For k6 as they are. */
  rest: string[];
}

/**
 * Reads `--kill web,live,worker,redis`, `--slow 0.5`, `--only-promises`, `--cpu-prof` and `-e NAME=value`; everything else is k6's.
 * @throws {Error} one line that says what was expected.
 */
export function readRunOptions(words: readonly string[], url: string | undefined): RunOptions {
  const options: RunOptions = {
    url: url ?? null,
    kill: [],
    slow: 0,
    isOnlyPromises: false,
    isProfiled: false,
    variables: { ...process.env },
    given: [...words],
    rest: [],
  };
  const left = [...words];
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    const [flag = '', attached] = word.startsWith('--') ? word.split(/=(.*)/s) : [word];
    const value = () => attached ?? left.shift() ?? '';
    if (flag === '--kill') options.kill = readParts(value());
    else if (flag === '--slow') options.slow = readShare(value());
    else if (flag === '--only-promises') options.isOnlyPromises = true;
    else if (flag === '--cpu-prof') options.isProfiled = true;
    else if (flag === '-e' || flag === '--env') {
      const [, name, text] = /^(\w+)=(.*)$/s.exec(value()) ?? [];
      if (name === undefined) throw new Error('-e must be followed by NAME=value');
      options.variables[name] = text;
    } else options.rest.push(word);
  }
  if (options.url !== null && (options.kill.length > 0 || options.slow > 0)) {
    throw new Error('--kill and --slow are for a service that this command starts, not for --url');
  }
  return options;
}

function readParts(text: string): Part[] {
  return text.split(',').map((name) => {
    const part = PARTS.find((candidate) => candidate === name);
    if (!part) throw new Error(`--kill takes a list of ${PARTS.join(', ')}, not "${text}"`);
    return part;
  });
}

function readShare(text: string): number {
  const share = Number(text);
  if (!(share > 0 && share < 1)) throw new Error(`--slow must be a share between 0 and 1, such as 0.5, not "${text}"`);
  return share;
}
