import type { ErrorCode } from '../../contract/errors.ts';
import { INVITE_DEFAULT_HOURS, INVITE_DEFAULT_USES } from '../../contract/limits.ts';
import { Form } from '../parts/form.tsx';
import { Refusal } from '../parts/refusal.tsx';
import { WayOn } from '../parts/way-on.tsx';
import { say, sayAloud, sayTime, Text, type Words } from '../words.tsx';

/** What is shown of an invite just made. The link is a way in, so it is shown to its maker only, and only for a while. */
export interface ShownInvite {
  url: string;
  expiresAt: string;
  maxUses: number;
  /** The link as a QR code, drawn by us as SVG. */
  qr: string;
}

export interface InviteProps {
  words: Words;
  /** Id of who invites. */
  person: string;
  circle: { id: string; name: string };
  invite: ShownInvite | null;
  refusal?: ErrorCode | undefined;
}

const HOURS = [1, 24, INVITE_DEFAULT_HOURS, 24 * 7, 24 * 30];
const USES = [1, 5, INVITE_DEFAULT_USES, 50, 1_000];

/** Inviting: a link to send and a code to scan, with how long and for how many they are good. */
export function InviteScreen({ words, person, circle, invite, refusal }: InviteProps) {
  return (
    <>
      <h1>
        <Text words={words} k="invite.title" circle={circle.name} />
      </h1>
      <Refusal words={words} code={refusal} />
      {invite ? <MadeInvite words={words} invite={invite} /> : <Explanation words={words} />}
      <p class="small">
        <Text words={words} k="invite.joiners" />
      </p>
      <Form person={person} action={`/circles/${circle.id}/invites`}>
        <div class="pair">
          <label class="field">
            <span>
              <Text words={words} k="invite.hours" />
            </span>
            <select name="expiresInHours">
              {HOURS.map((hours) => (
                <option value={hours} selected={hours === INVITE_DEFAULT_HOURS}>
                  {hours < 24
                    ? say(words, 'invite.hours.option', { count: hours })
                    : say(words, 'invite.days.option', { count: hours / 24 })}
                </option>
              ))}
            </select>
          </label>
          <label class="field">
            <span>
              <Text words={words} k="invite.uses" />
            </span>
            <select name="maxUses">
              {USES.map((uses) => (
                <option value={uses} selected={uses === INVITE_DEFAULT_USES}>
                  {uses}
                </option>
              ))}
            </select>
          </label>
        </div>
        <button type="submit" class={invite ? 'button secondary' : 'button'}>
          {invite ? <Text words={words} k="invite.again" /> : <Text words={words} k="invite.create" />}
        </button>
      </Form>
      <WayOn words={words} to={`/circles/${circle.id}`} k="nav.back" />
    </>
  );
}

function Explanation({ words }: { words: Words }) {
  return (
    <p>
      <Text words={words} k="invite.explain" />
    </p>
  );
}

function MadeInvite({ words, invite }: { words: Words; invite: ShownInvite }) {
  return (
    <section class="card made-invite">
      <label class="field">
        <span>
          <Text words={words} k="invite.link" />
        </span>
        <input id="invite-url" readOnly value={invite.url} dir="ltr" />
      </label>
      <div class="pair">
        <button type="button" class="button" data-copies="invite-url" hidden>
          <Text words={words} k="invite.copy" />
        </button>
        <button type="button" class="button secondary" data-share="invite-url" hidden>
          <Text words={words} k="invite.share" />
        </button>
      </div>
      <div class="qr" role="img" aria-label={sayAloud(words, 'invite.qr')} dangerouslySetInnerHTML={{ __html: invite.qr }} />
      <p>
        <Text words={words} k="invite.valid" time={sayTime(words, invite.expiresAt)} count={invite.maxUses} />
      </p>
      <p class="small">
        <Text words={words} k="invite.trust" />
      </p>
    </section>
  );
}
