import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { ERRORS, type ErrorCode } from '../contract/errors.ts';
import { chooseRetryAfter, type Problem } from '../http/problem.ts';

/** Answers an upgrade request with a refusal of the contract, as plain HTTP, and closes the socket. */
export function refuseUpgrade(socket: Duplex, code: ErrorCode, detail?: string): void {
  if (socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, title, retry } = ERRORS[code];
  const requestId = randomUUID();
  const retryAfterSeconds = retry ? chooseRetryAfter() : undefined;
  const problem: Problem = {
    type: `/docs#problem-${code}`,
    title,
    status,
    code,
    detail: detail ?? title,
    requestId,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
  const body = JSON.stringify(problem);
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    ...(retryAfterSeconds === undefined ? [] : [`retry-after: ${retryAfterSeconds}`]),
  ];
  socket.once('finish', () => socket.destroy());
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
