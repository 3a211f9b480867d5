import { ALERT_LEVELS, type AlertLevel, type BoardRow, type Circle, type Invite } from '../../contract/circles.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { CIRCLE_NAME_MAX } from '../../contract/limits.ts';
import type { Member } from '../../contract/people.ts';
import { AvatarFields } from '../parts/avatar-fields.tsx';
import { Face } from '../parts/face.tsx';
import { Form } from '../parts/form.tsx';
import { MemberTags } from '../parts/member-tags.tsx';
import { NicknameField } from '../parts/person-fields.tsx';
import { Refusal } from '../parts/refusal.tsx';
import { WayOn } from '../parts/way-on.tsx';
import { sayTime, Text, type Words } from '../words.tsx';

export interface CircleSettingsProps {
  words: Words;
  circle: Circle;
  /** The reader as this circle knows them. */
  me: Member;
  alerts: AlertLevel;
  members: readonly BoardRow[];
  /** Null where the reader may not invite, and so sees none. */
  invites: readonly Invite[] | null;
  /** Somebody was removed just now, and links still lead in. */
  isOpenYet: boolean;
  refusal?: ErrorCode | undefined;
}

/** A circle beside its board: what of it reaches me, as whom I stand in it, who is in it, and what its keepers decide. */
export function CircleSettingsScreen(props: CircleSettingsProps) {
  const { words, circle, refusal } = props;
  return (
    <>
      <h1>
        <Text words={words} k="circle.manage.title" circle={circle.name} />
      </h1>
      <Refusal words={words} code={refusal} />
      {props.isOpenYet && <OpenYet {...props} />}
      <Members {...props} />
      <OwnFace {...props} />
      {props.invites && <OpenInvites {...props} invites={props.invites} />}
      {circle.role === 'keeper' && <CircleForm {...props} />}
      <section class="card">
        <Danger
          words={words}
          person={props.me.id}
          action={`/circles/${circle.id}/leave`}
          title="circle.leave"
          explain="circle.leave.explain"
        />
        {circle.role === 'keeper' && (
          <Danger
            words={words}
            person={props.me.id}
            action={`/circles/${circle.id}/delete`}
            title="circle.delete"
            explain="circle.delete.explain"
            button="circle.delete.yes"
          />
        )}
      </section>
      <WayOn words={words} to={`/circles/${circle.id}`} k="nav.back" />
    </>
  );
}

/** A circle remembers whom its keepers removed, and not who else they are: a link lets in whoever has it. */
function OpenYet({ words, circle, me }: CircleSettingsProps) {
  return (
    <Form person={me.id} action={`/circles/${circle.id}/invites/revoke`} class="notice">
      <p role="status">
        <Text words={words} k="removed.open" />
      </p>
      <button type="submit" class="button secondary">
        <Text words={words} k="removed.end" />
      </button>
    </Form>
  );
}

/** Who is in it; what a keeper can do about somebody stands on that person's page, so that this list stays short. */
function Members({ words, circle, members, me }: CircleSettingsProps) {
  return (
    <section class="card">
      <h2>
        <Text words={words} k="circle.people" /> <span class="faint">{members.length}</span>
      </h2>
      <ul class="people">
        {members.map(({ member }) => (
          <li class="who">
            <a href={`/circles/${circle.id}/members/${member.id}`}>
              <Face avatar={member.avatar} /> <b>{member.nickname}</b>
            </a>
            <MemberTags words={words} member={member} isMe={member.id === me.id} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function OwnFace({ words, circle, me, alerts }: CircleSettingsProps) {
  return (
    <section class="card">
      <h2>
        <Text words={words} k="circle.face" />
      </h2>
      <Form person={me.id} action={`/circles/${circle.id}/me`}>
        <fieldset class="audience">
          <legend>
            <Text words={words} k="circle.alerts" />
          </legend>
          {ALERT_LEVELS.map((level) => (
            <label class="chip">
              <input type="radio" name="alerts" value={level} checked={level === alerts} />
              <span>
                <Text words={words} k={`circle.alerts.${level}`} />
              </span>
            </label>
          ))}
        </fieldset>
        <NicknameField words={words} nickname={me.nickname} />
        <AvatarFields words={words} avatar={me.avatar} />
        <button type="submit" class="button">
          <Text words={words} k="action.save" />
        </button>
      </Form>
    </section>
  );
}

function OpenInvites({ words, circle, me, invites }: CircleSettingsProps & { invites: readonly Invite[] }) {
  return (
    <section class="card">
      <h2>
        <Text words={words} k="circle.open-invites" />
      </h2>
      {invites.length === 0 && (
        <p class="faint">
          <Text words={words} k="circle.open-invites.none" />
        </p>
      )}
      <ul class="devices">
        {invites.map(({ id, expiresAt, uses, maxUses }) => (
          <li>
            <p id={`invite-${id}`}>
              <Text words={words} k="circle.open-invite" time={sayTime(words, expiresAt)} uses={uses} count={maxUses} />
            </p>
            <Form person={me.id} action={`/circles/${circle.id}/invites/${id}/revoke`}>
              <button type="submit" class="quiet" aria-describedby={`invite-${id}`}>
                <Text words={words} k="circle.revoke" />
              </button>
            </Form>
          </li>
        ))}
      </ul>
      <a class="button secondary" href={`/circles/${circle.id}/invite`}>
        <Text words={words} k="board.invite" />
      </a>
    </section>
  );
}

function CircleForm({ words, circle, me }: CircleSettingsProps) {
  return (
    <section class="card">
      <h2>
        <Text words={words} k="circle.rename" />
      </h2>
      <Form person={me.id} action={`/circles/${circle.id}/settings`}>
        <label class="field">
          <span>
            <Text words={words} k="circle.name" />
          </span>
          <input name="name" required maxLength={2 * CIRCLE_NAME_MAX} autocomplete="off" value={circle.name} />
        </label>
        <fieldset class="audience">
          <legend>
            <Text words={words} k="circle.invites" />
          </legend>
          {(['keepers', 'members'] as const).map((policy) => (
            <label class="chip">
              <input type="radio" name="invites" value={policy} checked={policy === circle.invites} />
              <span>
                <Text words={words} k={`circle.invites.${policy}`} />
              </span>
            </label>
          ))}
        </fieldset>
        <button type="submit" class="button">
          <Text words={words} k="action.save" />
        </button>
      </Form>
    </section>
  );
}

interface DangerProps {
  words: Words;
  person: string;
  action: string;
  title: 'circle.leave' | 'circle.delete';
  explain: 'circle.leave.explain' | 'circle.delete.explain';
  button?: 'circle.delete.yes';
}

/** What cannot be undone takes two presses, the second under what it does. */
function Danger({ words, person, action, title, explain, button }: DangerProps) {
  return (
    <details>
      <summary>
        <Text words={words} k={title} />
      </summary>
      <Form person={person} action={action}>
        <p>
          <Text words={words} k={explain} />
        </p>
        <button type="submit" class="button secondary">
          <Text words={words} k={button ?? title} />
        </button>
      </Form>
    </details>
  );
}
