import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { uuidv7 } from 'uuidv7';
import { ERRORS, type ErrorCode } from '../contract/errors.ts';
import { toProblem } from './problem.ts';

/** Nobody is listening, or nothing was asked: an idle connection that is answered confuses the client's next request. */
const SILENT = new Set(['ECONNRESET', 'ERR_HTTP_REQUEST_TIMEOUT']);

/**
 * Answers what Node could not read as HTTP (nonsense, too long headers) in the contract's words, and cuts
 * the connection: no request exists, so none of the application's own ways apply.
 */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (socket.writable && !SILENT.has(error.code ?? '')) {
    const code: ErrorCode = error.code === 'HPE_HEADER_OVERFLOW' ? 'too-large' : 'invalid-request';
    const { status } = ERRORS[code];
    const problem = toProblem(code, {}, uuidv7());
    const body = JSON.stringify(problem);
    const headers = [
      `content-type: application/problem+json; charset=utf-8`,
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${problem.requestId}`,
      'connection: close',
    ];
    socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroySoon();
}
