/**
 * Every limit of the contract, by name, with its reason. Limits on rates can be raised for load tests by `LIMITS_SCALE`
 * (see `src/config.ts`); limits on sizes cannot, because clients and storage rely on them.
 */

/** A request body, and a frame from a client: the largest legal status is below 1 KiB; 4 KiB leaves room for long UTF-8 notes. */
export const MAX_BODY_BYTES = 4096;

/** Lengths count code points. A note is a sentence, not a letter (mixi's "voice" had 150): boards stay readable, frames small. */
export const NICKNAME_MAX = 30;
export const CIRCLE_NAME_MAX = 40;
export const NOTE_MAX = 140;
export const PLACE_MAX = 80;
/** One emoji can be several code points (skin tone, joiners, flags): the longest in Unicode 16 has 10. */
export const EMOJI_MAX = 16;

/** A person in more groups than this is a service, not a friend; it bounds the writes that one status causes. */
export const CIRCLES_PER_PERSON_MAX = 30;
/** mixi's largest contact list was 1,301 people: a closed circle beyond that is a broadcast and has the kind `official`. */
export const CIRCLE_MEMBERS_MAX = 1_500;
/** An official circle (a town, a company) is bounded by what one board answer may weigh. */
export const OFFICIAL_CIRCLE_MEMBERS_MAX = 20_000;
/** Live invites of one circle: more are forgotten ones, and each is a way in. */
export const INVITES_PER_CIRCLE_MAX = 50;
export const INVITE_DEFAULT_HOURS = 72;
export const INVITE_MAX_HOURS = 24 * 30;
export const INVITE_DEFAULT_USES = 10;
export const INVITE_MAX_USES = 1_000;
/** Whom a keeper removed, a circle remembers for so long: by then every invite has ended that was made before. */
export const REMOVED_REMEMBERED_HOURS = INVITE_MAX_HOURS;
/** A code that carries a sign-in to another phone: long enough to fetch that phone and type, and soon worth nothing to who finds it. */
export const TRANSFER_CODE_MINUTES = 10;
/**
 * A repeat of the attempt to make a person finds that person for so long: whoever got no answer after a quake tries again within
 * minutes, and the key that the repeat carries is worth nothing after that.
 */
export const PERSON_ATTEMPT_MINUTES = 15;
/**
 * Whoever is erased is erased once more after this: a call of theirs that was under way has ended by then, which may take ten
 * seconds to arrive and waits 1.5 for each command.
 */
export const ERASE_AGAIN_SECONDS = 60;
/** Browsers signed in at once by one person; the oldest unused one is the person's to sign out. */
export const SESSIONS_PER_PERSON_MAX = 20;

/** Lists: one page. */
export const LIST_DEFAULT = 50;
export const LIST_MAX = 100;

/** The same id is recognised, and a tombstone kept, at least this long: a phone may be out of battery for days. */
export const IDEMPOTENCY_DAYS = 7;
/** `sentAt - writtenAt` is believed up to this long: an outbox older than that is not news. */
export const WRITTEN_AGO_MAX_DAYS = 7;

/** Events kept in a circle's feed: catching up further back than this is slower than reading the board (1,500 rows). */
export const FEED_EVENTS_MAX = 1_000;
/** Retractions that a circle remembers: each is an event itself, so the feed has forgotten a status before its retraction is. */
export const RETRACTED_MAX = 2 * FEED_EVENTS_MAX;
/** Statuses of one member kept in one circle's history. */
export const HISTORY_PER_MEMBER_MAX = 200;
/**
 * Own statuses a person can look back on, and is given with all their data: a thousand in 30 days is one in 43 minutes, day and
 * night. A few more may stand on the list until it is trimmed again; with 1 KiB each an export is a megabyte.
 */
export const OWN_STATUSES_MAX = 1_000;
/** Own footprints a person is given with all their data: a few of each status that they are given, at 150 bytes. */
export const OWN_FOOTPRINTS_MAX = 5_000;
/** A status older than this counts as `silent` on a board (until checks exist, which set their own start). */
export const BOARD_SINCE_HOURS = 24;

/**
 * Fan-out is behind when a status was accepted longer ago than this: clients are told (`lag`), and of one author's statuses that
 * wait in the same queue only the newest still matters to who is waiting. Shorter, and a slow second would skip statuses.
 */
export const LAG_SECONDS = 5;
/** Ids in one fan-out job: measured, 50 make BullMQ's share of a post small, and a retried job stays short. */
export const BATCH_MAX = 50;
/** Posts waiting for a commit in one process. At 20,000 posts a second this is half a second; beyond it 503 is the honest answer. */
export const COMMIT_QUEUE_MAX = 10_000;
/** Posts in one commit script: 200 keep Redis busy below 5 ms, so that nobody else waits behind it. */
export const COMMIT_MAX = 200;

/** Seconds a client is asked to stay away when the service cannot answer; the server picks a random one. */
export const RETRY_AFTER_MIN_SECONDS = 3;
export const RETRY_AFTER_MAX_SECONDS = 15;

/**
 * For so long at most a phone leaves the service alone, whatever `Retry-After` says: a status must not wait for an hour because
 * of one header of a proxy; nor because the phone's clock was wrong when it was told, so a time that lies further ahead is none.
 */
export const RETRY_AFTER_BELIEVED_SECONDS = 600;

/**
 * Overload: what is shed and from which reading on, first things first. Posting a status, *help* and the check of a session are
 * never shed: they go on until Redis' last reserve. Any one reading is enough.
 *
 * - `unfannedSeconds`, age of the oldest status that is on no board yet: phones are told of a lag from 5 s on, and 60 s are
 *   promised; by half of that everything that can wait does.
 * - `memoryShare` of `maxmemory`: a full Redis cannot even drain its own queues, so chores are refused from 55 % on, and at
 *   70 % none is left.
 * - `loopDelayMs`, by which this process's timers are late on average: each answer waits as long several times over, and what
 *   cannot be answered is to be refused within 2 s.
 * - `commitMs`, mean time of a commit: Redis or its disk is slow. A commit is given up after 1,500 ms.
 */
export const SHED_FROM = {
  footprints: { unfannedSeconds: 10, memoryShare: 0.55, loopDelayMs: 250, commitMs: 500 },
  history: { unfannedSeconds: 15, memoryShare: 0.6, loopDelayMs: 400, commitMs: 650 },
  /** Boards and feeds for whoever has read them before; a first look is answered. */
  polling: { unfannedSeconds: 20, memoryShare: 0.65, loopDelayMs: 550, commitMs: 800 },
  invites: { unfannedSeconds: 25, memoryShare: 0.7, loopDelayMs: 700, commitMs: 950 },
  /** Not refused but put off: digests join, and chores wait. */
  digests: { unfannedSeconds: 30, memoryShare: 0.7, loopDelayMs: 850, commitMs: 1_100 },
} as const;
export type Sheddable = keyof typeof SHED_FROM;
/** What is shed is answered again below this share of the reading that shed it, so that it does not come and go every second. */
export const SHED_UNTIL_SHARE = 0.8;

/** Live: what one socket may leave unread before it is closed; the client catches up by position. */
export const LIVE_MAX_BUFFERED_BYTES = 1024 * 1024;
/** Live: events kept back for one socket while its board is being read. */
export const LIVE_MAX_PENDING_EVENTS = 2_000;
/**
 * Live: how long events may gather for one write while the gateway is behind. Nobody sees a twentieth of a second; at 5,000
 * posts a second to circles of 46 it is what makes every second write spare. *help* is never held back.
 */
export const LIVE_GATHER_MAX_MS = 50;
/**
 * Live: newest events of a circle that a gateway keeps for whoever comes back: about 1 KiB each, and in a busy minute of a
 * circle of 46 more than half a minute, longer than a phone waits before it tries again.
 */
export const LIVE_RECENT_EVENTS = 32;
/**
 * Live: what a gateway keeps of them for all its circles together, reckoned by payload: some 2,000 circles with all they may
 * keep. Without it 40,000 would take more than 1 GiB. Circles that were heard of least recently go first: theirs is read.
 */
export const LIVE_RECENT_BYTES = 64 * 1024 * 1024;
/** Live: older ones are not kept: by then whoever lost a connection with many others is back. */
export const LIVE_RECENT_SECONDS = 60;
/** Live: sockets of one device at once (two tabs, one reconnecting, and a spare). */
export const LIVE_SOCKETS_PER_SESSION_MAX = 8;
/** Live: a ping after this long without a pong closes the socket at the next turn; phones' NAT entries live about 30 s. */
export const LIVE_PING_SECONDS = 25;
/** Live: a socket that has not sent its first `sync` by then is closed. */
export const LIVE_SYNC_SECONDS = 15;

/** Alerts of one circle, and of all circles of one person, closer together than this are joined into one. */
export const DIGEST_SECONDS = 20;
/** Until a person hears of the same circle again, while news keeps coming: forty-six answers in 23 minutes are five alerts. */
export const DIGEST_LADDER_SECONDS = [DIGEST_SECONDS, 2 * 60, 10 * 60, 30 * 60] as const;
/** After so long without an alert of a circle its next news is heard at once, and the ladder begins anew: it is another event. */
export const DIGEST_QUIET_SECONDS = 6 * 3600;
/** Circles' digests are spread over this: else all of them were due together 20 s after a quake, and held up the boards. */
export const DIGEST_SPREAD_SECONDS = 10;
/** Digests are put off while statuses wait for their boards, for so long at most: an alert late is better than a board late. */
export const DIGEST_PUT_OFF_MAX_SECONDS = 300;
/** Even the first alert of a quiet circle waits this long: news comes in bursts, and five OKs at once should be one alert. */
export const DIGEST_GATHER_SECONDS = 1;
/** Who takes circles' due alerts has so long to plan them (by Redis' clock), many times what a hundred take; after a crash another takes them then. */
export const DUE_ALERT_LEASE_SECONDS = 30;
/** A digest that is due for so long may be scheduled no more (it is not put off for longer): the circle's next status schedules it again. */
export const DIGEST_OVERDUE_SECONDS = DIGEST_PUT_OFF_MAX_SECONDS + 60;
/** A device whose page is visible gets no digests for so long after it said so; it says it again while that is so. */
export const PRESENCE_SECONDS = 15;
/** How often a page says so: twice in that time would be for nothing, and one that comes late must still be in time. */
export const PRESENCE_REPEAT_SECONDS = 10;
/** Push: how long a provider keeps an alert for a phone that is off. */
export const PUSH_HELP_TTL_SECONDS = 24 * 3600;
export const PUSH_DIGEST_TTL_SECONDS = 4 * 3600;
/** Push: connect, send and answer together. A provider that needs longer is treated as failing. */
export const PUSH_DEADLINE_MS = 5_000;
/** Push: what is read of a provider's answer (it goes nowhere; the status code is what counts). */
export const PUSH_ANSWER_MAX_BYTES = 4_096;
/** Push: alerts in one job, and statuses that they name: a worker that is killed sends at most so many again. */
export const PUSH_PAGE_MAX = 64;
export const PUSH_PAGE_STATUSES_MAX = 2_000;
/** Push: requests on their way to one provider from one worker, *help* apart: with answers after 100 ms that is 640 a second. */
export const PUSH_LANE_IN_FLIGHT = 64;
/** Push: requests a second to one provider from one worker; the largest provider's own quota is 600,000 a minute. */
export const PUSH_LANE_PER_SECOND = 5_000;
/** Push: failures in a row that pause a lane: one phone's own quota, or one broken endpoint, must not stop a provider. */
export const PUSH_LANE_FAILURES = 5;
/** Push: a lane's first pause, doubled with each probe that fails, and the longest, also where the provider asks for more. */
export const PUSH_LANE_PAUSE_FIRST_MS = 1_000;
export const PUSH_LANE_PAUSE_MAX_MS = 5 * 60_000;
/** The same for *help*: it must not miss the moment at which the provider is back. */
export const PUSH_HELP_LANE_PAUSE_MAX_MS = 30_000;
/** Push: what fits into one encrypted message: 4,096 bytes less a header of 86, a tag of 16 and a delimiter (RFC 8291, section 4). */
export const PUSH_PAYLOAD_MAX_BYTES = 3_993;
/** Push: statuses whose arrival one alert lets a phone confirm, the newest: a circle of 46 that answers at once fits whole. */
export const REACHED_IDS_MAX = 50;
/** Statuses in one report of footprints: more than stand on a screen between two reports. */
export const FOOTPRINTS_MAX = 50;
/** Footprints kept of one status in one circle, the first: a class of 46 fits whole, and a circle of 1,500 weighs no more. */
export const SEEN_BY_MAX = 50;
/** Statuses whose authors one process tells a second how far they have come; what is more waits, the newest figures are read then. */
export const DELIVERY_NOTICES_PER_SECOND = 200;
/** Statuses that wait for that: beyond it their authors see it with their next look. */
export const DELIVERY_NOTICES_MAX = 10_000;
/** Live: of those, how many may wait in one gateway to be read for authors who are connected there; what is more is dropped. */
export const DELIVERY_NOTICES_WAITING_MAX = 1_000;
/** The same for calls for help, apart: those of a whole town in ten seconds, in messages of 100 KiB. */
export const HELP_NOTICES_PER_SECOND = 1_000;
/** Calls for help that wait for that, far above what one process is confirmed in a minute: some 20 MiB, so that memory has an end. */
export const HELP_NOTICES_MAX = 100_000;
/** Push: an endpoint is a URL that the browser made; the longest seen (Windows) is below 1 KiB. */
export const PUSH_ENDPOINT_MAX = 2_048;

/** Rates, as `[points, seconds]`. Per person unless named otherwise; all are multiplied by `LIMITS_SCALE`. */
export const RATES = {
  /** A frightened person taps again and again; 60 in ten minutes is beyond any hand, and the phone's outbox reuses ids. */
  status: [60, 600],
  /** By address, wide: a whole neighbourhood shares one behind carrier NAT. */
  createPerson: [2_000, 3_600],
  inviteLookup: [5_000, 3_600],
  /**
   * By address, codes that were not valid: guessing is hopeless (128 bits, or 80 for ten minutes); this keeps the noise down. A
   * code that was valid costs nothing, so a neighbourhood behind one address may move to other phones in the same hour.
   */
  signIn: [300, 3_600],
  /** By address, looking at whose code it is: wide, for a page that is opened again asks again; as hopeless as above. */
  transferLookup: [5_000, 3_600],
  /** Each is a way in for ten minutes: a hand that makes one after the other has lost its way. */
  transferCode: [10, 600],
  /** Each reads everything that a person has. */
  export: [10, 3_600],
  createCircle: [30, 3_600],
  createInvite: [100, 3_600],
  /** Everything else that writes. */
  write: [300, 600],
  testAlert: [10, 600],
  /** By device: an alert each, and of these there is one in 20 seconds at most unless every status was asked for. */
  reached: [300, 600],
  /** The same where one of them is *help*, which is never put off: its author is told to call while nobody has confirmed it. */
  reachedHelp: [3_000, 600],
  /** A board that is read from top to bottom is a report every few seconds. */
  footprints: [300, 600],
  /** Frames of one socket: a phone sends a handful in a session. */
  liveFrames: [60, 12],
  /**
   * New sockets of one gateway: each costs it near a millisecond and Redis a read per circle, so this is half of a core, and
   * 20,000 phones whose gateway died are back in forty seconds while posts still flow.
   */
  liveConnect: [500, 1],
} as const satisfies Record<string, readonly [points: number, seconds: number]>;

export type RateName = keyof typeof RATES;
