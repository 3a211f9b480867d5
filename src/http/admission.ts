import type { FastifyRequest } from 'fastify';
import { AppError } from '../contract/app-error.ts';
import type { Sheddable } from '../contract/limits.ts';
import type { Pressure } from '../platform/pressure.ts';
import type { App } from './app.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What this route is among the things that an overloaded service refuses first; without it, it is never refused. */
    shed?: Sheddable;
  }
}

/** Lets work of a kind in, or not. @throws AppError `unavailable`, with a random moment to come back */
export type Admit = (kind: Sheddable) => void;

/** The door of an overloaded service. @param count told of what was refused */
export function createAdmit(pressure: Pick<Pressure, 'sheds'>, count: (kind: Sheddable) => void): Admit {
  return (kind) => {
    if (!pressure.sheds(kind)) return;
    count(kind);
    throw new AppError('unavailable', { detail: 'Many people are posting just now: come back later' });
  };
}

/** Asks at every route that says what it is, before anything else is done for the request. */
export function registerAdmission(app: App, admit: Admit): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { shed } = request.routeOptions.config;
    if (!shed || (shed === 'polling' && !isPoll(request))) return done();
    try {
      admit(shed);
    } catch (error) {
      return done(error as Error);
    }
    done();
  });
}

/** Whoever names what they have read (an ETag, a position) has something to show; a first look is answered. */
function isPoll({ headers, query }: FastifyRequest): boolean {
  return headers['if-none-match'] !== undefined || (query as { after?: unknown }).after !== undefined;
}
