import type { Board } from '../../contract/circles.ts';
import type { ServerFrame } from '../../contract/frames.ts';
import { LAG_SECONDS } from '../../contract/limits.ts';
import { parsePosition } from '../../contract/position.ts';
import { compareStatuses } from '../../contract/status-order.ts';
import type { Status } from '../../contract/statuses.ts';
import type { RecordedFrame } from './live-recorder.ts';

export type Wanted = Pick<Status, 'id' | 'condition' | 'writtenAt' | 'acceptedAt'> & { author: string };

/**
 * Which of these sockets, each given as its frames, lacks a status of that circle. Has it: who was told it, or whose first frame
 * that reaches up to it is a board with it or a newer one of its author; for *help* only it counts. Where no socket was told
 * it, it came while all were down, or was overtaken: a board since then will do, or, where it stands in the history, more than
 * LAG_SECONDS after it was accepted a newer one; not for *help*.
 */
export function lacking(circle: string, wanted: Wanted, sockets: RecordedFrame[][], isInHistory: boolean): RecordedFrame[][] {
  const own = sockets.map((frames) => frames.filter(({ frame }) => circleOf(frame) === circle));
  const positions = own.flat().flatMap(({ frame }) => (isOf(frame, wanted) ? [seqOf(frame)] : []));
  return sockets.filter((_frames, index) => {
    const frames = own[index] as RecordedFrame[];
    if (frames.some(({ frame }) => isOf(frame, wanted))) return false;
    if (positions.length > 0) {
      return !positions.some((position) => {
        const reaching = frames.find(({ frame }) => seqOf(frame) >= position);
        return reaching?.frame.t === 'board' && shows(reaching.frame, wanted);
      });
    }
    const acceptedAt = Date.parse(wanted.acceptedAt);
    if (frames.some(({ at, frame }) => at >= acceptedAt && frame.t === 'board' && shows(frame, wanted))) return false;
    const isOvertaken = frames.some(
      ({ at, frame }) => frame.t === 'status' && at > acceptedAt + LAG_SECONDS * 1_000 && isNewer(frame.status, wanted),
    );
    return !(isOvertaken && isInHistory && wanted.condition !== 'help');
  });
}

function isOf(frame: ServerFrame, { id }: Wanted): boolean {
  return frame.t === 'status' && frame.status.id === id;
}

function shows(board: Board, wanted: Wanted): boolean {
  const shown = board.members.find(({ member }) => member.id === wanted.author)?.status;
  if (!shown || wanted.condition === 'help') return shown?.id === wanted.id;
  return compareStatuses(shown, wanted) >= 0;
}

function isNewer(status: Status, wanted: Wanted): boolean {
  return status.author.id === wanted.author && compareStatuses(status, wanted) > 0;
}

function circleOf(frame: ServerFrame): string | null {
  if (frame.t === 'board') return frame.circle.id;
  return 'position' in frame ? frame.circle : null;
}

/** Counts on across epochs. */
function seqOf(frame: ServerFrame): number {
  return 'position' in frame ? (parsePosition(frame.position)?.seq ?? -1) : -1;
}
