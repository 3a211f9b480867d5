import type { Board } from '../../src/contract/circles.ts';
import type { CircleEvent } from '../../src/contract/frames.ts';
import { compareStatuses, type StatusOrder } from '../../src/contract/status-order.ts';
import type { PostStatus, Receipt } from '../../src/contract/statuses.ts';
import { isReceiptFor } from '../lib/receipt.ts';
import { createWaits, wasLate } from '../lib/waits.ts';

interface Post {
  author: string;
  body: PostStatus;
  sentAt: number;
  receipt: Receipt | null;
}

export interface Sighting {
  isFirst: boolean;
  isHelp: boolean;
  author: string;
  /** When the status was first sent, by `Date.now()`. */
  sentAt: number;
}

/** A status that members of a circle were not shown. */
interface Missing {
  id: string;
  circle: string;
  author: string;
  lacking: string[];
  mayBeOvertaken: boolean;
}

export type Ledger = ReturnType<typeof createLedger>;

/**
 * Everything that was posted, acknowledged and shown in one world, and what the contract excludes about it. It knows nothing
 * of sockets and requests: they write into it, and it compares.
 */
export function createLedger() {
  const members = new Map<string, Set<string>>();
  const posts = new Map<string, Post>();
  /** Circle → status → where it stands in the feed, which is the same for everybody. */
  const positions = new Map<string, Map<string, string>>();
  /** `<circle> <member>` → what that member was shown. */
  const shown = new Map<string, { ids: Set<string>; seq: number; position: string; boards: Map<string, StatusOrder> }>();
  const broken: string[] = [];
  const waits = createWaits();
  let repeated = 0;

  function shownTo(circle: string, member: string) {
    const key = `${circle} ${member}`;
    const entry = shown.get(key) ?? { ids: new Set<string>(), seq: -1, position: '', boards: new Map<string, StatusOrder>() };
    shown.set(key, entry);
    return entry;
  }

  function circlesOf(member: string): string[] {
    return [...members].flatMap(([circle, people]) => (people.has(member) ? [circle] : []));
  }

  /** Whether the member was shown the status, or a board on which the author has this one or a newer one. */
  function hasSeen(circle: string, member: string, author: string, receipt: Receipt): boolean {
    const { ids, boards } = shownTo(circle, member);
    const onBoard = boards.get(author);
    return ids.has(receipt.id) || (onBoard !== undefined && compareStatuses(onBoard, receipt) >= 0);
  }

  /** The newer statuses of the author that the member was sent: when they were accepted (ms). */
  function newerOf(circle: string, member: string, author: string, receipt: Receipt): number[] {
    return [...shownTo(circle, member).ids].flatMap((id) => {
      const post = posts.get(id);
      const isNewer = post?.author === author && post.receipt !== null && compareStatuses(post.receipt, receipt) > 0;
      return isNewer && post.receipt ? [Date.parse(post.receipt.acceptedAt)] : [];
    });
  }

  /** Whether all that lack it were sent a newer one, and something shows that this one was late by then. */
  function isOvertaken(circle: string, author: string, receipt: Receipt, lacking: readonly string[]): boolean {
    const newer = lacking.map((member) => newerOf(circle, member, author, receipt));
    const times = { acceptedAt: Date.parse(receipt.acceptedAt), overtakenAt: Math.min(...newer.flat()) };
    return newer.every(({ length }) => length > 0) && wasLate(times, waits.read().waits);
  }

  /** Acknowledged statuses that members of a circle were not shown, circle by circle. */
  function findMissing(): Missing[] {
    const missing: Missing[] = [];
    for (const { author, body, receipt } of posts.values()) {
      for (const circle of receipt?.circles ?? []) {
        const people = [...(members.get(circle) ?? [])];
        const lacking = receipt ? people.filter((member) => !hasSeen(circle, member, author, receipt)) : [];
        if (!receipt || lacking.length === 0) continue;
        // One that anybody was sent stands in the feed, so it is due to all; help is due in any case.
        const mayBeOvertaken =
          body.condition !== 'help' && !positions.get(circle)?.has(receipt.id) && isOvertaken(circle, author, receipt, lacking);
        missing.push({ id: receipt.id, circle, author, lacking, mayBeOvertaken });
      }
    }
    return missing;
  }

  return {
    broken,
    repeated: () => repeated,

    join(circle: string, member: string): void {
      members.set(circle, (members.get(circle) ?? new Set()).add(member));
    },

    /** Before the request leaves: a frame may be quicker than the answer. A retry keeps the first time. */
    send(author: string, body: PostStatus, now: number): void {
      if (!posts.has(body.id)) posts.set(body.id, { author, body, sentAt: now, receipt: null });
    },

    /** Answers whether it is the first receipt; a later one must say the same. */
    acknowledge(receipt: Receipt): boolean {
      const post = posts.get(receipt.id);
      if (!post) {
        broken.push(`a receipt for ${receipt.id}, which was not sent`);
        return false;
      }
      if (post.receipt === null) {
        post.receipt = receipt;
        if (!isReceiptFor(receipt, post.body, circlesOf(post.author)))
          broken.push(`the receipt of ${receipt.id} has other circles`);
        return true;
      }
      if (describeReceipt(post.receipt) !== describeReceipt(receipt)) broken.push(`${receipt.id} has two receipts`);
      return false;
    },

    /** One event on one member's socket at `now` (ms); null where it is no status of this ledger. */
    see(member: string, event: CircleEvent, now: number): Sighting | null {
      if (!members.get(event.circle)?.has(member)) broken.push(`${member} got an event of circle ${event.circle}`);
      const here = shownTo(event.circle, member);
      const seq = seqOf(event.position);
      if (seq <= here.seq) repeated += 1;
      else if (here.seq >= 0 && seq !== here.seq + 1)
        broken.push(`${member} was not sent ${here.seq + 1}…${seq - 1} of circle ${event.circle}`);
      if (seq > here.seq) Object.assign(here, { seq, position: event.position });
      if (event.t !== 'status') return null;

      const { id, author, condition, note } = event.status;
      const inFeed = positions.get(event.circle) ?? new Map<string, string>();
      positions.set(event.circle, inFeed);
      if ((inFeed.get(id) ?? event.position) !== event.position) broken.push(`${id} stands twice in circle ${event.circle}`);
      if (!inFeed.has(id)) waits.add(Date.parse(event.status.acceptedAt), now);
      inFeed.set(id, event.position);
      const post = posts.get(id);
      if (!post) {
        broken.push(`${member} was shown ${id}, which nobody sent`);
        return null;
      }
      if (author.id !== post.author || condition !== post.body.condition || note !== post.body.note)
        broken.push(`${id} was changed on the way`);
      const isFirst = !here.ids.has(id);
      here.ids.add(id);
      return { isFirst, isHelp: condition === 'help', author: post.author, sentAt: post.sentAt };
    },

    /** A board that the member was sent, at connection or instead of events that were too many. */
    seeBoard(
      member: string,
      { circle, position, members: rows }: Pick<Board, 'position' | 'members'> & { circle: { id: string } },
    ): void {
      if (!members.get(circle.id)?.has(member)) broken.push(`${member} got the board of circle ${circle.id}`);
      const here = shownTo(circle.id, member);
      Object.assign(here, { seq: seqOf(position), position });
      for (const row of rows) if (row.status) here.boards.set(row.member.id, row.status);
    },

    /** Where to go on after a lost connection. */
    positionsOf(member: string): Record<string, string> {
      return Object.fromEntries(circlesOf(member).map((circle) => [circle, shownTo(circle, member).position]));
    },

    /** Acknowledged, and not shown to a member of its circles: `<status> in <circle> to <member>`. */
    findLost(): string[] {
      const lost = findMissing().filter(({ mayBeOvertaken }) => !mayBeOvertaken);
      return lost.flatMap(({ id, circle, lacking }) => lacking.map((member) => `${id} in ${circle} to ${member}`));
    },

    /**
     * Statuses that nobody was shown, where all that lack one have a newer one of its author and others came as late: the
     * service keeps such a one to the author's history. Whether it stands there is for the caller to ask; where it does not, it is lost.
     */
    findOvertaken: () => findMissing().filter(({ mayBeOvertaken }) => mayBeOvertaken),

    /** What is wrong with a circle's board at the end: each author's row must be their newest acknowledged status. */
    judgeBoard(board: Board): string[] {
      const newest = new Map<string, Receipt>();
      for (const { author, receipt } of posts.values()) {
        const before = newest.get(author);
        if (receipt?.circles.includes(board.circle.id) && (!before || compareStatuses(before, receipt) < 0))
          newest.set(author, receipt);
      }
      const counted = Object.values(board.counts).reduce((sum, count) => sum + count, 0);
      const wrong = counted === members.get(board.circle.id)?.size ? [] : [`counts of ${board.circle.id} add up to ${counted}`];
      for (const { member, status } of board.members) {
        const expected = newest.get(member.id);
        // One that was never acknowledged may be there all the same: that is what "not confirmed" means.
        const isUnconfirmed = status !== null && posts.get(status.id)?.receipt === null;
        if (!isUnconfirmed && status?.id !== expected?.id)
          wrong.push(`board of ${board.circle.id} has ${status?.id} of ${member.id}, not ${expected?.id}`);
      }
      return wrong;
    },
  };
}

/** A position is `<epoch>-<seq>`, and `seq` goes on across epochs. */
function seqOf(position: string): number {
  return Number(position.slice(position.indexOf('-') + 1));
}

function describeReceipt({ acceptedAt, writtenAt, circles }: Receipt): string {
  return [acceptedAt, writtenAt, ...circles].join(' ');
}
