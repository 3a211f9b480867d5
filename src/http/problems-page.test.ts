import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERRORS, type ErrorCode } from '../contract/errors.ts';
import { createLogger } from '../platform/logger.ts';
import { type App, createApp } from './app.ts';
import { toProblem } from './problem.ts';
import { registerProblemsPage } from './problems-page.ts';

let app: App;
beforeAll(async () => {
  app = await createApp({ log: createLogger('silent'), trustProxy: false, publicUrl: null, observe: () => undefined });
  await registerProblemsPage(app);
});
afterAll(() => app.close());

const codes = Object.keys(ERRORS) as ErrorCode[];

describe('GET /problems', () => {
  it.each(codes)('is where the type of "%s" leads: status, title, whether to come back', async (code) => {
    const [path = '', anchor] = toProblem(code, {}, 'request').type.split('#');
    const answer = await app.inject({ url: path });
    expect(answer.statusCode).toBe(200);
    const { status, title, retry } = ERRORS[code];
    const entry = answer.body.split('<h2 ').find((part) => part.startsWith(`id="${anchor}"`));
    expect(entry).toContain(`${status}: ${title}.`);
    expect(entry?.includes('Retry-After')).toBe(retry);
  });

  it('is one page of HTML that needs neither script nor style', async () => {
    const { headers, body } = await app.inject({ url: '/problems' });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(body).toMatch(/^<!doctype html>/);
    expect(body).not.toMatch(/<script|<style|style=|\son\w+=/);
  });

  it('holds no title that would be read as markup', () => {
    for (const [code, { title }] of Object.entries(ERRORS)) expect(`${code} ${title}`).not.toMatch(/[<>&"]/);
  });
});
