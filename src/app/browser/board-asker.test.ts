import { expect, it } from 'vitest';
import { ERRORS, type ErrorCode, PROBLEM_TYPE } from '../../contract/errors.ts';
import { BOARD } from '../../testing/sample-board.ts';
import { BoardAsker } from './board-asker.ts';

/** An asker whose questions are answered in turn, by nothing in the end. */
function askerOf(...answers: (Response | null)[]) {
  const asked: [string, RequestInit | undefined][] = [];
  const asker = new BoardAsker('c', 'me', async (path, init) => {
    asked.push([path, init]);
    return answers.shift() ?? null;
  });
  return { asked, ask: () => asker.ask(BOARD.position) };
}

it('gets the board, and names what it has: a busy service may refuse that before a first look', async () => {
  const { asked, ask } = askerOf(Response.json(BOARD));
  expect(await ask()).toEqual(BOARD);
  expect(asked).toEqual([['/v1/circles/c/board', { headers: { 'if-none-match': '"00000001-7"', 'x-person': 'me' } }]]);
});

const refuse = (code: ErrorCode) => Response.json({ type: PROBLEM_TYPE + code, code }, { status: ERRORS[code].status });

it.each<[ErrorCode, string | null]>([
  ['not-signed-in', 'signed-out'],
  ['not-found', 'gone'],
  ['unavailable', 'busy'],
  ['too-many-requests', 'busy'],
  ['internal-error', null],
])('takes the refusal %s for %j', async (code, answer) => {
  expect(await askerOf(refuse(code)).ask()).toBe(answer);
});

it.each([401, 404, 429, 500, 503])(
  'takes a %i that is not in our words for none: it is of something in between',
  async (status) => {
    const bodies = [null, '<h1>Not Found</h1>', 'null', '{"type":"about:blank","code":"not-found"}', '{"code":"not-signed-in"}'];
    for (const body of bodies) expect(await askerOf(new Response(body, { status })).ask()).toBe(null);
  },
);

it.each([null, new Response('<title>Please sign in to this network</title>')])(
  'takes what is no answer for none',
  async (none) => {
    const { ask } = askerOf(none, Response.json(BOARD));
    expect(await ask()).toBe(null);
    expect(await ask()).toEqual(BOARD);
  },
);

it('leaves a service alone for as long as it asks for', async () => {
  const { asked, ask } = askerOf(new Response(null, { status: 503, headers: { 'retry-after': '9' } }), Response.json(BOARD));
  expect(await ask()).toBe('busy');
  expect(await ask()).toBe('busy');
  expect(asked).toHaveLength(1);
});

it('asks once where two want to know', async () => {
  const { asked, ask } = askerOf(Response.json(BOARD));
  expect(await Promise.all([ask(), ask()])).toEqual([BOARD, BOARD]);
  expect(asked).toHaveLength(1);
});
