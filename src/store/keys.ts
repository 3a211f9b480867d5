import type { Lane } from '../platform/jobs.ts';

/**
 * Every Redis key of Buji, and nothing else may spell one. What stands in braces is the cluster hash tag: keys with the same
 * tag are in the same slot, so that one script may touch them together. A circle's keys share the circle, a status and its
 * outbox share the queue shard, a person's keys share the person.
 *
 * What grows, and what bounds it:
 *
 * | key | grows with | bounded by |
 * |---|---|---|
 * | status, tombstone, alerted, reached | statuses | TTL: STATUS_TTL_DAYS (≥ 7), 7 days, as the status, until the status expires |
 * | outbox, batches | statuses not yet fanned out | emptied by the fan-out; COMMIT_QUEUE_MAX per process bounds the rate |
 * | dueAlerts, takenAlerts | circles with news that is not told yet | emptied by the alert workers; one for each window, and one for each 20 s in which somebody's news waits |
 * | parked | batches that kept failing | emptied by hand; each raises an alarm |
 * | feed | events of a circle | XTRIM at FEED_EVENTS_MAX |
 * | history | statuses of a member in a circle | HISTORY_PER_MEMBER_MAX, TTL STATUS_TTL_DAYS after the last |
 * | seen | members who saw a status in a circle | SEEN_BY_MAX, until the status expires |
 * | retracted | retractions in a circle | RETRACTED_MAX newest: the feed must not tell what it still holds of them |
 * | news, claim | statuses not yet in an alert | emptied by the alert job, TTL 1 day |
 * | members, membership, board | members of a circle | CIRCLE_MEMBERS_MAX; in official circles OFFICIAL_CIRCLE_MEMBERS_MAX |
 * | invites | invites of a circle | INVITES_PER_CIRCLE_MAX, ended ones are dropped at each new one |
 * | removed | people whom a keeper removed | older than REMOVED_REMEMBERED_HOURS dropped at each removal, TTL the same after the last |
 * | invite | invites | TTL: the invite's own end + 7 days (so that "expired" can be said) |
 * | transfer | transfer codes not used yet | TTL: TRANSFER_CODE_MINUTES |
 * | attempt, joinedBy | attempts to make a person | TTL: PERSON_ATTEMPT_MINUTES |
 * | erasing | people being erased | emptied by the erasing chore |
 * | hidden | people who turned all footprints off | one each, gone with the person |
 * | person's profile, recovery | people | one each; the recovery goes with its person, a profile stays as a trace of the erased one |
 * | circle's info, alerts | circles | one each, gone with the circle |
 * | session | devices | SESSIONS_PER_PERSON_MAX a person, TTL 400 days after the last use |
 * | pushOwner | browsers that turned alerts on | gone with their session, TTL 400 days after the subscription was last sent |
 * | person's circles, sessions, push | a person's circles and devices | CIRCLES_PER_PERSON_MAX, SESSIONS_PER_PERSON_MAX that live; an expired one leaves its id until the person is erased |
 * | person's newDevices | people who moved | ten devices, and one mark for each that is signed in; TTL 400 days after the last |
 * | person's statuses | own statuses | about 1,000 newest, TTL STATUS_TTL_DAYS |
 * | person's removedFrom | circles whose keeper removed them | TTL: twice REMOVED_REMEMBERED_HOURS after the last, by when no circle remembers it |
 * | person's alerted | alerts a person got | older than 7 days dropped once a day, TTL 7 days after the last |
 * | person's waiting | news that the ladder holds back | emptied by the alert jobs, TTL 1 day |
 * | person's visible | devices that show a page | TTL: PRESENCE_SECONDS |
 * | rate, person's posts | rates in use | TTL: the rate's own window |
 */
export function createKeys(prefix: string) {
  const person = (id: string) => `${prefix}person:{${id}}`;
  const circle = (id: string) => `${prefix}circle:{${id}}`;
  const shard = (index: number) => `${prefix}{s${index}}`;
  return {
    /** Channel: session ends and joins elsewhere, to every gateway. */
    control: `${prefix}control`,
    /** Zset: people to be erased, by when (ms). */
    erasing: `${prefix}erasing`,
    /** Set: people who have turned all footprints off; nowhere else is it kept. One set, so that it is asked once for many. */
    hidden: `${prefix}hidden`,
    /** String: how many queue shards this store was begun with. */
    shardCount: `${prefix}shards`,
    /** Prefix for the rate limiter's own keys. */
    rate: `${prefix}rate`,
    /** BullMQ's prefix for one queue: the tag keeps a queue's keys in one slot. */
    queue: (name: string) => `${prefix}{q-${name}}`,

    person: {
      /** Hash: nickname, emoji, colour, locale, country, createdAt, recovery (hash of the code), recoveryBefore (of one that works until the newer is kept), erasedAt. */
      profile: (id: string) => person(id),
      /** Hash: circle id → kind. Written before the circle when joining, after it when leaving; the circle is the authority. */
      circles: (id: string) => `${person(id)}:circles`,
      /** Set: circles that remember having removed them, perhaps; by it an erased person is forgotten there. */
      removedFrom: (id: string) => `${person(id)}:removedFrom`,
      /** Hash: session id → JSON {hash, createdAt}. */
      sessions: (id: string) => `${person(id)}:sessions`,
      /** Hash: session id of a device that signed in by a code → JSON (`NewDevice`); `seen <session id>` → up to which it was told. */
      newDevices: (id: string) => `${person(id)}:newDevices`,
      /** Hash: session id → provider, a space, and the push subscription as JSON. */
      push: (id: string) => `${person(id)}:push`,
      /** String: how many statuses they posted in this window of the rate. */
      posts: (id: string) => `${person(id)}:posts`,
      /** Zset: status id by the time it was accepted (ms). */
      statuses: (id: string) => `${person(id)}:statuses`,
      /**
       * Hash: status id, or `withdrawn <status id>` → the alert job that claimed it for this person, when (ms), `queued`.
       * `circle <id>` → step of its ladder, when it was heard of (ms). `heardAt` → last digest of any circle (ms).
       */
      alerted: (id: string) => `${person(id)}:alerted`,
      /**
       * Hash: circle, a space, and an author → when this person may hear of it (ms), a space, and the author's newest status there;
       * the same and ` older` → the one before it.
       * `taken <job>` → circle and status of each that this job took and has not queued yet.
       */
      waiting: (id: string) => `${person(id)}:waits`,
      /** String: this session's device shows a page. */
      visible: (id: string, session: string) => `${person(id)}:visible:${session}`,
    },
    /** Hash: id, person, name, createdAt, lastUsedAt, attempt (hash of the one it answers, until it is used). Found by the SHA-256 of its token. */
    session: (tokenHash: string) => `${prefix}session:{${tokenHash}}`,
    /** String: person and session, a space between. Whose push endpoint this is, by the endpoint's SHA-256. */
    pushOwner: (endpointHash: string) => `${prefix}push-owner:{${endpointHash}}`,
    /** String: person id. Found by the SHA-256 of the code. */
    recovery: (codeHash: string) => `${prefix}recovery:{${codeHash}}`,
    /** String: person and session, a space between. Found by the SHA-256 of the code. */
    transfer: (codeHash: string) => `${prefix}transfer:{${codeHash}}`,
    /**
     * Hash: an attempt to make a person. person (id), newest (the request that came last), turn (the one at work) and until (ms),
     * used. Found by the SHA-256 of its key and of what it asks for.
     */
    attempt: (hash: string) => `${prefix}attempt:{${hash}}`,
    /** String: somebody has joined by this attempt. Found by the SHA-256 of its key and the invite. */
    joinedBy: (hash: string) => `${prefix}joined-by:{${hash}}`,
    /** Hash: circle, invite. Found by the SHA-256 of the token. */
    invite: (tokenHash: string) => `${prefix}invite:{${tokenHash}}`,

    circle: {
      /** Hash: name, kind, createdAt, invites, seq, epoch and the seq it began at (epochSeq), runId. */
      info: (id: string) => circle(id),
      /** Hash: person → `member` JSON, as frames and boards carry it. */
      members: (id: string) => `${circle(id)}:members`,
      /** Hash: person → JSON {joinedAt, joinedSeq, alerts, footprints, invitedBy}. */
      membership: (id: string) => `${circle(id)}:membership`,
      /** Hash: person → order key, a space, and the JSON of the newest status without its author. */
      board: (id: string) => `${circle(id)}:board`,
      /** Stream `<seq>-0`: h (header) and f (frame). */
      feed: (id: string) => `${circle(id)}:feed`,
      /** Zset: order key by `writtenAt` (ms). Its ZADD NX is the "seen before" of a circle. */
      history: (id: string, personId: string) => `${circle(id)}:history:${personId}`,
      /** Zset: members who have seen this status, by when (ms). */
      seen: (id: string, status: string) => `${circle(id)}:seen:${status}`,
      /** Zset: status id by the time of its retraction (ms). */
      retracted: (id: string) => `${circle(id)}:retracted`,
      /** Hash: invite id → JSON, with `seq`: the circle's when it was made. */
      invites: (id: string) => `${circle(id)}:invites`,
      /** Hash: person whom a keeper removed → `seq` of that event, a space, and when (s, by Redis' clock). */
      removed: (id: string) => `${circle(id)}:removed`,
      /** Hash: window, dueAt, lastAt of the circle's digest. */
      alerts: (id: string) => `${circle(id)}:alerts`,
      /** Zset: `<status id> <author>` by time (ms), waiting for the next digest. */
      news: (id: string) => `${circle(id)}:news`,
      /** Zset: the news that one digest took. */
      claim: (id: string, window: number) => `${circle(id)}:claim:${window}`,
      /** Channel: the circle's events. */
      channel: (id: string) => `${circle(id)}:live`,
    },

    shard: {
      /** String: JSON record of a status. It is the idempotency record too. */
      status: (index: number, id: string) => `${shard(index)}:status:${id}`,
      /** String: the author's id. The status is retracted, or will be when it comes. */
      tombstone: (index: number, id: string, author: string) => `${shard(index)}:tombstone:${id}:${author}`,
      /** Set: people whose push service took an alert for this status. */
      alerted: (index: number, id: string) => `${shard(index)}:alerted:${id}`,
      /** Set: people whose phone confirmed an alert of this status, each as a hash that means nothing elsewhere. */
      reached: (index: number, id: string) => `${shard(index)}:reached:${id}`,
      /**
       * Zset: batch id by the time it was accepted (ms, by Redis' clock). *help* has its own, so that nobody who looks after it has to look past
       * the others. What a release before left of it in the one set is known by its entry in `batches`.
       */
      outbox: (index: number, lane: Lane) => `${shard(index)}:${lane === 'help' ? 'outbox-help' : 'outbox'}`,
      /** Hash: batch id → `<lane> <id>,<id>…`. */
      batches: (index: number) => `${shard(index)}:batches`,
      /** Zset: `digest <circle> <window>`, `later <circle> <at>` by when it is due (ms). */
      dueAlerts: (index: number) => `${shard(index)}:due-alerts`,
      /** Zset: the same of which a worker is seeing to by until when it may (ms, by Redis' clock): then another one takes it. */
      takenAlerts: (index: number) => `${shard(index)}:taken-alerts`,
      /** Hash: batch id → `<lane> <id>`; a status that kept failing. */
      parked: (index: number) => `${shard(index)}:parked`,
    },
  };
}

export type Keys = ReturnType<typeof createKeys>;

/**
 * The queue shard of a status: FNV-1a over its id. Ids are UUIDv7, whose last characters are random, so shards fill evenly.
 */
export function shardOf(statusId: string, shards: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < statusId.length; index++) {
    hash ^= statusId.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0) % shards;
}

/** Ids by the shard they are in, whose keys one command may touch together. */
export function groupByShard(statusIds: readonly string[], shards: number): Map<number, string[]> {
  const groups = new Map<number, string[]>();
  for (const id of statusIds) {
    const shard = shardOf(id, shards);
    const group = groups.get(shard);
    if (group) group.push(id);
    else groups.set(shard, [id]);
  }
  return groups;
}
