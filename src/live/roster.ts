import type { Connection } from './connection.ts';

/** All open connections, found by person and by session. */
export class Roster {
  readonly #all = new Set<Connection>();
  readonly #byPerson = new Map<string, Connection[]>();
  readonly #bySession = new Map<string, Connection[]>();

  get size(): number {
    return this.#all.size;
  }

  /** Every connection; safe against changes while it is walked. */
  list(): Connection[] {
    return [...this.#all];
  }

  people(): string[] {
    return [...this.#byPerson.keys()];
  }

  ofPerson(person: string): Connection[] {
    return [...(this.#byPerson.get(person) ?? [])];
  }

  /** Oldest first. */
  ofSession(session: string): Connection[] {
    return [...(this.#bySession.get(session) ?? [])];
  }

  add(connection: Connection): void {
    this.#all.add(connection);
    addTo(this.#byPerson, connection.person, connection);
    addTo(this.#bySession, connection.session, connection);
  }

  delete(connection: Connection): void {
    if (!this.#all.delete(connection)) return;
    deleteFrom(this.#byPerson, connection.person, connection);
    deleteFrom(this.#bySession, connection.session, connection);
  }
}

function addTo(index: Map<string, Connection[]>, key: string, connection: Connection): void {
  const list = index.get(key);
  if (list) list.push(connection);
  else index.set(key, [connection]);
}

function deleteFrom(index: Map<string, Connection[]>, key: string, connection: Connection): void {
  const list = index.get(key);
  if (!list) return;
  const place = list.indexOf(connection);
  if (place >= 0) list.splice(place, 1);
  if (list.length === 0) index.delete(key);
}
