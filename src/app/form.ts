import type { Static, TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { AppError } from '../contract/app-error.ts';
import { Id } from '../contract/ids.ts';

/** One field of a posted form, without blanks around it; undefined where it is missing, empty, or there more than once. */
export function readField(body: unknown, name: string): string | undefined {
  const value = fieldsOf(body)[name];
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() || undefined : undefined;
}

/** Whether a form stood on the page of somebody else than who is signed in by now (`Form` says whose it was). */
export function isOfAnother(body: unknown, person: string): boolean {
  return readFields(body, 'person').some((owner) => owner !== person);
}

/** All values of a field that may be there several times, such as ticked boxes. */
export function readFields(body: unknown, name: string): string[] {
  const value = fieldsOf(body)[name];
  const values = Array.isArray(value) ? value : [value];
  return values.filter((item) => typeof item === 'string');
}

/**
 * `value` without its undefined fields, checked against a schema of the contract: a form is held to the same rules as the API.
 * @throws AppError `invalid-request`
 */
export function checkForm<T extends TSchema>(schema: T, value: Record<string, unknown>): Static<T> {
  const present = Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined));
  if (!Value.Check(schema, present)) throw new AppError('invalid-request');
  return present as Static<T>;
}

/**
 * An id from an address.
 * @throws AppError `not-found`: what cannot exist is answered like what does not
 */
export function checkId(text: string): string {
  if (!Value.Check(Id, text)) throw new AppError('not-found');
  return text;
}

/** A place on this site to go on to; the start page where `path` is anything else, such as another site. */
export function ownPath(path: string | undefined): string {
  const base = 'http://own.invalid';
  if (!path?.startsWith('/') || !URL.canParse(path, base)) return '/';
  const url = new URL(path, base);
  // `/.//x` resolves to the path `//x`, which as an address of its own names the site x.
  return url.origin === base && !url.pathname.startsWith('//') ? url.pathname + url.search : '/';
}

function fieldsOf(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}
